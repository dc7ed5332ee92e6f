import { ActivityTypes, type TurnContext } from "botbuilder";
import type { Logger } from "pino";
import { z } from "zod/v4";
import { fill, type Card } from "../card-template.ts";
import { within } from "../deadline.ts";
import type { Turn } from "../feature.ts";
import type { Search, SearchAnswer, SearchResult } from "../searching.ts";
import { WAY_OUT } from "../way-out.ts";
import type { Leave } from "./limits.ts";

interface SearchParts {
  readonly search: Search;
  readonly leaveFor: (context: TurnContext) => Promise<Leave>;
  /** The turn, or in words why there is none. */
  readonly reachable: (context: TurnContext) => Promise<Turn | string>;
  readonly log: Logger;
}

/** Teams gives up after five seconds, and then asks twice again. */
const LONGEST_SEARCH_MS = 3500;
/** So many lines a page of the message extension has, and so many a list that is typed into. */
const MOST_RESULTS = 25;
const MOST_CHOICES = 15;
const CHOICES_FOR_A_MESSAGE = 6;
const LONGEST_TEXT = 1000;
const ADAPTIVE_CARD = "application/vnd.microsoft.card.adaptive";
const THUMBNAIL = "application/vnd.microsoft.card.thumbnail";
const ASK = "Type what somebody needs: men's shed in Fenland, debt, lonely.";
const NOTHING = `Try fewer or other words, or ask the bot: it can search wider. ${WAY_OUT}`;
const LONGEST_REPEATED = 100;
const NO_WORDS = "That message has no words to search for. Choose another message.";
const FAULT =
  "I cannot search at the moment. Wait a minute, then try again. If somebody is in danger now, call 999.";
const NO_ROOM =
  "Many people are asking me at the moment. Wait ten seconds, then go on. If somebody is in danger now, call 999.";
const CROWDED =
  "You are typing faster than I can search. Wait ten seconds, then go on. If somebody is in danger now, call 999.";

const Query = z.object({
  parameters: z.array(z.object({ name: z.string().default(""), value: z.unknown() })).default([]),
  queryOptions: z
    .object({ skip: z.number().int().min(0).catch(0), count: z.number().int().min(1).catch(10) })
    .default({ skip: 0, count: 10 }),
});
const FromMessage = z.object({
  messagePayload: z
    .object({ body: z.object({ content: z.string().default("") }).default({ content: "" }) })
    .default({ body: { content: "" } }),
});
const Chosen = z.object({ data: z.object({ text: z.string(), service: z.string() }) });
const Typed = z.object({
  queryText: z.string().default(""),
  dataset: z.string(),
  queryOptions: z.object({ skip: z.number().int().min(0).catch(0) }).default({ skip: 0 }),
});

/** What the compose box, a message's menu and lists that are typed into ask for. Nothing is kept. */
export function createSearching({ search, leaveFor, reachable, log }: SearchParts) {
  return {
    "composeExtension/query": answering(answerQuery),
    "composeExtension/fetchTask": answering(offerForMessage),
    "composeExtension/submitAction": answering(insertChosen),
    "application/search": answering(answerTyping),
  };

  async function answerQuery(context: TurnContext): Promise<object> {
    const query = Query.safeParse(context.activity.value);
    // The manifest names one parameter; before anything is typed there is another in its place.
    const asked = query.data?.parameters.find(({ name }) => name !== "initialRun")?.value;
    const text = typeof asked === "string" ? asked.trim() : "";
    if (!query.success || !text) return said(ASK);
    const { skip, count } = query.data.queryOptions;
    const found = await find(context, text, {
      ...{ skip, count: Math.min(count, MOST_RESULTS), written: "being typed" },
    });
    if (typeof found === "string") return said(found);
    const { results, remarks } = found;
    if (results.length === 0 && skip === 0) return said(nothingFor(found, text));
    return listed(results, skip === 0 ? remarks : []);
  }

  /** "Find a service for this", on a message. */
  async function offerForMessage(context: TurnContext): Promise<object> {
    const read = FromMessage.safeParse(context.activity.value);
    const text = plainText(read.data?.messagePayload.body.content ?? "");
    if (!text) return dialog(fill("teams/said", { text: NO_WORDS }));
    const found = await find(context, text, {
      ...{ skip: 0, count: CHOICES_FOR_A_MESSAGE, written: "whole" },
    });
    if (typeof found === "string") return dialog(fill("teams/said", { text: found }));
    const { results, remarks, place } = found;
    const [first] = results;
    if (!first) return dialog(fill("teams/said", { text: nothingFor(found, text) }));
    if (first.isUrgent) return dialog(first.card);
    const choices = results.map(({ id, title, text: where }) => ({
      title: where ? `${title} (${where})` : title,
      value: id,
    }));
    const card = fill("teams/pick", {
      text: text.slice(0, LONGEST_TEXT),
      choices,
      first: first.id,
      ...{ place, hasPlace: place !== "" },
      remarks: remarks.map((remark) => ({ remark })),
    });
    return dialog(card);
  }

  async function insertChosen(context: TurnContext): Promise<object> {
    const chosen = Chosen.safeParse(context.activity.value);
    if (!chosen.success) return said(ASK);
    const { text, service } = chosen.data.data;
    const found = await find(context, text, { skip: 0, count: CHOICES_FOR_A_MESSAGE });
    if (typeof found === "string") return said(found);
    return listed(found.results.filter(({ id }) => id === service));
  }

  /** A form's list that is typed into. It has no place for words of ours, so trouble is no choice. */
  async function answerTyping(context: TurnContext): Promise<object> {
    const typed = Typed.safeParse(context.activity.value);
    const text = typed.data?.dataset === "services" ? typed.data.queryText.trim() : "";
    const page = { skip: typed.data?.queryOptions.skip ?? 0, count: MOST_CHOICES };
    const found = text ? await find(context, text, page) : "";
    const results = (typeof found === "string" ? [] : found.results).map(({ id, title }) => ({
      title,
      value: id,
    }));
    return {
      statusCode: 200,
      type: "application/vnd.microsoft.search.searchResponse",
      value: { results },
    };
  }

  /** What fits, or in words why nothing can be said. The text goes into no log. */
  async function find(
    context: TurnContext,
    text: string,
    page: Parameters<Search>[2],
  ): Promise<SearchAnswer | string> {
    const leave = await leaveFor(context);
    if (leave !== "go on") return leave === "no room" ? NO_ROOM : CROWDED;
    const turn = await reachable(context);
    if (typeof turn === "string") return turn;
    try {
      return await within(LONGEST_SEARCH_MS, () => search(turn, text, page));
    } catch (error) {
      log.error({ err: error }, "a search failed");
      return FAULT;
    }
  }
}

/** What was looked for and where, what was made of it, and where to go on from there. */
function nothingFor({ remarks, place, instead = "" }: SearchAnswer, text: string): string {
  const asked = text.length > LONGEST_REPEATED ? `${text.slice(0, LONGEST_REPEATED)}…` : text;
  const nothing = `Nothing fits “${asked.toWellFormed()}” in ${place || "the whole county"}.`;
  return [nothing, ...remarks, NOTHING, instead].filter(Boolean).join(" ");
}

function dialog(card: Card): object {
  const value = { title: "Find a service", card: { contentType: ADAPTIVE_CARD, content: card } };
  return { task: { type: "continue", value } };
}

/** A list has no room for words of its own: what was made of the text stands on its first line. */
function listed(found: readonly SearchResult[], remarks: readonly string[] = []): object {
  const attachments = found.map(({ title, text, card }, at) => ({
    ...{ contentType: ADAPTIVE_CARD, content: card },
    preview: {
      contentType: THUMBNAIL,
      content: {
        title: escaped(title),
        text: escaped([...(at === 0 ? remarks : []), text].filter(Boolean).join(" · ")),
      },
    },
  }));
  return { composeExtension: { type: "result", attachmentLayout: "list", attachments } };
}

function said(text: string): object {
  return { composeExtension: { type: "message", text } };
}

/** Thumbnail cards show HTML. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The words of a message, which comes as HTML. It is searched for, and shown only escaped. */
function plainText(html: string): string {
  return html
    .slice(0, LONGEST_TEXT * 20)
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/&nbsp;|&#160;/g, " ")
    .replaceAll(/&(?:#39|apos);/g, "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function answering(answer: (context: TurnContext) => Promise<object>) {
  return async (context: TurnContext): Promise<void> => {
    const body = await answer(context);
    await context.sendActivity({
      type: ActivityTypes.InvokeResponse,
      value: { status: 200, body },
    });
  };
}
