import {
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type TurnContext,
} from "botbuilder";
import restify from "restify";

// The peer of the turns: the smallest bot that the SDK allows, written the way its samples are.
// It knows nobody, reads nothing and stores nothing, so nothing of ours can be cheaper than it.

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post("/api/messages", async (request, response) => {
  await adapter.process(request, response, echo);
});
server.get("/healthz", async (_request, response) => {
  response.send(200, { status: "ok" });
});
server.listen(Number(process.argv[2]), "127.0.0.1");

async function echo(context: TurnContext): Promise<void> {
  if (context.activity.type === ActivityTypes.Message)
    await context.sendActivity(`You said ${context.activity.text}`);
}
