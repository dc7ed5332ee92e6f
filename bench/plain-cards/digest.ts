import { escapeMarkdown } from "../../src/card-template.ts";

interface Digest {
  readonly heading: string;
  readonly hasSince: boolean;
  readonly since: string;
  readonly hasNote: boolean;
  readonly note: string;
  readonly committee: string;
  readonly time: string;
  readonly venue: string;
  readonly isPaged: boolean;
  readonly page: number;
  readonly pages: number;
  readonly isFirstPage: boolean;
  readonly draftDeadline: string;
  readonly publication: string;
  readonly sections: readonly Section[];
  readonly asOf: string;
  readonly whole: readonly { title: string; verb: string; data: unknown }[];
  readonly canAcknowledge: boolean;
  readonly isAcknowledged: boolean;
  readonly acknowledged: string;
  readonly meeting: string;
  readonly kind: string;
  readonly canPost: boolean;
  readonly hasPrevious: boolean;
  readonly previous: number;
  readonly hasNext: boolean;
  readonly next: number;
}

interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

interface Block {
  readonly hasHead: boolean;
  readonly head: string;
  readonly lines: readonly { line: string }[];
}

const POST_DIGEST = {
  type: "Action.Submit",
  title: "post digest",
  data: { say: "post digest" },
};

/** What `cards/digest/digest.json` gives, by hand. */
export function digestCard(digest: Digest): object {
  return {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.5",
    body: bodyOf(digest),
    actions: actionsOf(digest),
  };
}

function bodyOf(digest: Digest): object[] {
  const { committee, time, venue, page, pages } = digest;
  const body: object[] = [];
  body.push({
    type: "TextBlock",
    text: escapeMarkdown(digest.heading),
    style: "heading",
    size: "Large",
    weight: "Bolder",
    wrap: true,
  });
  if (digest.hasSince)
    body.push({
      type: "TextBlock",
      text: escapeMarkdown(digest.since),
      wrap: true,
      weight: "Bolder",
    });
  if (digest.hasNote)
    body.push({ type: "TextBlock", text: escapeMarkdown(digest.note), wrap: true });
  body.push({
    type: "TextBlock",
    text: `${escapeMarkdown(committee)}, ${escapeMarkdown(time)}, ${escapeMarkdown(venue)}`,
    wrap: true,
  });
  if (digest.isPaged)
    body.push({
      type: "TextBlock",
      text: `Page ${page} of ${pages}. Use the buttons at the end to turn the page.`,
      wrap: true,
      size: "Small",
      isSubtle: true,
    });
  if (digest.isFirstPage)
    body.push({
      type: "FactSet",
      facts: [
        { title: "Draft deadline", value: escapeMarkdown(digest.draftDeadline) },
        { title: "Publication of the agenda", value: escapeMarkdown(digest.publication) },
      ],
    });
  for (const section of digest.sections)
    body.push({
      type: "Container",
      spacing: "Medium",
      separator: true,
      items: sectionItems(section),
    });
  body.push({
    type: "TextBlock",
    text: `As it stood at ${escapeMarkdown(digest.asOf)}.`,
    wrap: true,
    size: "Small",
    isSubtle: true,
  });
  if (digest.isAcknowledged)
    body.push({
      type: "TextBlock",
      text: `You acknowledged this at ${escapeMarkdown(digest.acknowledged)}.`,
      wrap: true,
      weight: "Bolder",
    });
  return body;
}

function sectionItems({ title, blocks }: Section): object[] {
  const items: object[] = [];
  items.push({
    type: "TextBlock",
    text: escapeMarkdown(title),
    wrap: true,
    weight: "Bolder",
    style: "heading",
  });
  for (const block of blocks)
    items.push({ type: "Container", spacing: "Small", items: blockItems(block) });
  return items;
}

function blockItems({ hasHead, head, lines }: Block): object[] {
  const items: object[] = [];
  if (hasHead)
    items.push({ type: "TextBlock", text: escapeMarkdown(head), weight: "Bolder", wrap: true });
  for (const { line } of lines)
    items.push({
      type: "TextBlock",
      text: `- ${escapeMarkdown(line)}`,
      wrap: true,
      spacing: "None",
    });
  return items;
}

function actionsOf(digest: Digest): object[] {
  const { meeting, kind, page, previous, next } = digest;
  const actions: object[] = [];
  for (const { title, verb, data } of digest.whole)
    actions.push({ type: "Action.Execute", title, verb, data });
  if (digest.canAcknowledge)
    actions.push({
      type: "Action.Execute",
      title: "Acknowledge",
      verb: "digest.acknowledge",
      data: { meeting, kind, page },
    });
  if (digest.canPost) actions.push(POST_DIGEST);
  if (digest.hasPrevious)
    actions.push({
      type: "Action.Execute",
      title: "Previous page",
      verb: "digest.page",
      data: { meeting, page: previous, kind },
    });
  if (digest.hasNext)
    actions.push({
      type: "Action.Execute",
      title: "Next page",
      verb: "digest.page",
      data: { meeting, page: next, kind },
    });
  return actions;
}
