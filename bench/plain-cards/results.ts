import { escapeMarkdown } from "../../src/card-template.ts";

interface Results {
  readonly heading: string;
  readonly searched: string;
  readonly remarks: readonly { remark: string }[];
  readonly hasSafety: boolean;
  readonly safety: string;
  readonly services: readonly Service[];
  readonly districts: readonly { title: string; value: string }[];
  readonly text: string;
  readonly calm: string;
  readonly district: string;
  readonly hasPrevious: boolean;
  readonly previous: number;
  readonly canBeFewer: boolean;
  readonly hasNext: boolean;
  readonly isTaken: boolean;
  readonly taken: string;
  readonly next: number;
  readonly few: number;
}

interface Service {
  readonly id: string;
  readonly name: string;
  readonly isClosed: boolean;
  readonly before: string;
  readonly hasBefore: boolean;
  readonly offer: string;
  readonly hasAlert: boolean;
  readonly alert: string;
  readonly facts: readonly { title: string; value: string }[];
  readonly freshness: string;
  readonly isOld: boolean;
  readonly isFresh: boolean;
  readonly hasWhy: boolean;
  readonly why: string;
  readonly links: readonly { link: string; url: string }[];
  readonly text: string;
  readonly district: string;
  readonly page: number;
  readonly count: number;
  readonly calm: string;
  readonly canShare: boolean;
  readonly canPost: boolean;
}

const FIRST = { type: "TextBlock", text: "First", wrap: true, weight: "Bolder" };
const CLOSED = {
  type: "TextBlock",
  text: "Temporarily closed",
  wrap: true,
  weight: "Bolder",
  color: "Attention",
  spacing: "None",
};

/** What `cards/directory/results.json` gives, by hand. */
export function resultsCard(results: Results): object {
  return {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.5",
    body: bodyOf(results),
    actions: actionsOf(results),
  };
}

function bodyOf(results: Results): object[] {
  const body: object[] = [];
  body.push(
    {
      type: "TextBlock",
      text: escapeMarkdown(results.heading),
      style: "heading",
      size: "Large",
      weight: "Bolder",
      wrap: true,
    },
    { type: "TextBlock", text: escapeMarkdown(results.searched), wrap: true, spacing: "None" },
  );
  for (const { remark } of results.remarks)
    body.push({
      type: "TextBlock",
      text: escapeMarkdown(remark),
      wrap: true,
      weight: "Bolder",
      spacing: "Small",
    });
  if (results.hasSafety)
    body.push({
      type: "Container",
      style: "attention",
      bleed: false,
      items: [
        FIRST,
        { type: "TextBlock", text: escapeMarkdown(results.safety), wrap: true, spacing: "None" },
      ],
    });
  for (const service of results.services)
    body.push({
      type: "Container",
      spacing: "Medium",
      separator: true,
      items: serviceItems(service),
    });
  const choices: object[] = [];
  for (const { title, value } of results.districts) choices.push({ title, value });
  body.push({
    type: "Input.ChoiceSet",
    id: "district",
    label: "Search in another district",
    style: "compact",
    value: results.district,
    choices,
    separator: true,
  });
  return body;
}

function serviceItems(service: Service): object[] {
  const { isClosed, hasAlert, alert, freshness, isOld, isFresh, hasWhy, why } = service;
  const items: object[] = [];
  if (service.hasBefore)
    items.push({
      type: "TextBlock",
      text: escapeMarkdown(service.before),
      wrap: true,
      weight: "Bolder",
    });
  items.push({
    type: "TextBlock",
    text: escapeMarkdown(service.name),
    wrap: true,
    style: "heading",
    weight: "Bolder",
    size: "Medium",
  });
  if (isClosed) items.push(CLOSED);
  items.push({
    type: "TextBlock",
    text: escapeMarkdown(service.offer),
    wrap: true,
    spacing: "None",
  });
  if (hasAlert)
    items.push({
      type: "TextBlock",
      text: `Alert: ${escapeMarkdown(alert)}`,
      wrap: true,
      weight: "Bolder",
    });
  const facts: object[] = [];
  for (const { title, value } of service.facts)
    facts.push({ title: escapeMarkdown(title), value: escapeMarkdown(value) });
  items.push({ type: "FactSet", spacing: "Small", facts });
  if (isOld)
    items.push({
      type: "TextBlock",
      text: escapeMarkdown(freshness),
      wrap: true,
      size: "Small",
      color: "Attention",
    });
  if (isFresh)
    items.push({
      type: "TextBlock",
      text: escapeMarkdown(freshness),
      wrap: true,
      size: "Small",
      isSubtle: true,
    });
  if (hasWhy)
    items.push({
      type: "TextBlock",
      text: `Why it is here: ${escapeMarkdown(why)}`,
      wrap: true,
      size: "Small",
      isSubtle: true,
      spacing: "Small",
    });
  items.push({ type: "ActionSet", actions: serviceActions(service) });
  return items;
}

function serviceActions(service: Service): object[] {
  const { id, name, text, district, page, count } = service;
  const actions: object[] = [];
  for (const { link, url } of service.links)
    actions.push({ type: "Action.OpenUrl", title: link, url });
  actions.push({
    type: "Action.Execute",
    title: "Tell me more",
    verb: "directory.show",
    data: { id, text, calm: service.calm, district, page, count },
    tooltip: `Tell me more about ${name}`,
  });
  if (service.canShare)
    actions.push({
      type: "Action.Execute",
      title: "Share here",
      verb: "directory.share",
      data: { id },
      tooltip: `Show ${name} to everybody in this chat`,
    });
  if (service.canPost)
    actions.push({
      type: "Action.Execute",
      title: "Share here",
      verb: "directory.post",
      data: { id },
      tooltip: `Show ${name} to everybody in this chat`,
    });
  actions.push({
    type: "Action.Execute",
    title: "Suggest a correction",
    verb: "directory.suggest",
    data: { id },
    tooltip: `Suggest a correction for ${name}`,
  });
  return actions;
}

function actionsOf(results: Results): object[] {
  const { text, calm, district, previous, next, few, taken } = results;
  const actions: object[] = [];
  if (results.isTaken)
    actions.push({
      type: "Action.Execute",
      title: `I did not mean ${taken}`,
      tooltip: "Search the whole county instead",
      verb: "directory.everywhere",
      data: { text, calm },
    });
  actions.push({
    type: "Action.Execute",
    title: "Search there",
    verb: "directory.find",
    data: { text, calm },
  });
  if (results.hasPrevious)
    actions.push({
      type: "Action.Execute",
      title: "Back",
      verb: "directory.find",
      data: { text, calm, district, page: previous, count: few },
    });
  if (results.canBeFewer)
    actions.push({
      type: "Action.Execute",
      title: "Fewer services",
      verb: "directory.find",
      data: { text, calm, district, page: 1, count: 1 },
      tooltip: "Show only the best one",
    });
  if (results.hasNext)
    actions.push({
      type: "Action.Execute",
      title: "More services",
      verb: "directory.find",
      data: { text, calm, district, page: next, count: few },
    });
  return actions;
}
