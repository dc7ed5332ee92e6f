// The peer of the start: what it costs to load the SDKs that the bot is built on and to listen,
// with nothing of the bot itself. Whatever the bot takes beyond this is the bot's own doing.

import "@azure/data-tables";
import "@azure/identity";
import "@js-temporal/polyfill";
import "@microsoft/teams-ai/lib/Application.js";
import "adaptivecards-templating";
import "botbuilder";
import "pino";
import restify from "restify";
import "zod/v4";

const server = restify.createServer();
server.get("/healthz", async (_request, response) => {
  response.send(200, { status: "ok" });
});
server.listen(Number(process.argv[2]), "127.0.0.1");
