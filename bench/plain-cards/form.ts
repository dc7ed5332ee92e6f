import { escapeMarkdown } from "../../src/card-template.ts";

interface Form {
  readonly districtName: string;
  readonly hasProblem: boolean;
  readonly problem: string;
  readonly hasNote: boolean;
  readonly note: string;
  readonly isLate: boolean;
  readonly theirs: readonly Theirs[];
  readonly hasOthers: boolean;
  readonly others: readonly { line: string }[];
  readonly champion: string;
  readonly meeting: string;
  readonly deadline: string;
  readonly openUntil: string;
  readonly month: string;
  readonly months: readonly { title: string; month: string }[];
  readonly updates: string;
  readonly contacts: string;
  readonly goodPractice: string;
  readonly hasCarry: boolean;
  readonly hasNoCarry: boolean;
  readonly carryName: string;
  readonly chosenCarry: string;
  readonly carryChoices: readonly { title: string; value: string }[];
  readonly chosenPriorities: string;
  readonly priorityChoices: readonly { name: string; id: string }[];
  readonly district: string;
  readonly openedFor: string;
  readonly version: string;
  readonly operation: string;
  readonly saved: string;
  readonly keptCarry: string;
  readonly carryFrom: string;
}

interface Theirs {
  readonly by: string;
  readonly hasUpdates: boolean;
  readonly updates: readonly { item: string }[];
  readonly hasContacts: boolean;
  readonly contacts: readonly { item: string }[];
  readonly hasGoodPractice: boolean;
  readonly goodPractice: readonly { item: string }[];
  readonly hasPriorities: boolean;
  readonly priorityNames: string;
}

const PROBLEM = title("There is a problem");
const OTHER_TEXT = title("The other text");
const UPDATES = title("Updates");
const CONTACTS = title("New contacts, projects and priorities");
const GOOD_PRACTICE = title("Community good practice");
const PRIORITIES = title("Priorities");
const OTHER_DRAFTS = title("Your other drafts");
const LATE = {
  type: "Container",
  style: "warning",
  items: [
    {
      type: "TextBlock",
      text: "The agenda is published. What you submit now is kept and marked, and the officer is told.",
      wrap: true,
    },
  ],
};
const HOW_TO_OPEN = {
  type: "TextBlock",
  text: "Only you can see them. Type my updates to open one.",
  wrap: true,
  spacing: "Small",
};
const HOW_TO_WRITE = {
  type: "TextBlock",
  text: "Write one item on each line, and up to 6,000 characters in a section. Leave a section empty if there is nothing to say. Do not name residents.",
  wrap: true,
  spacing: "Medium",
};
const CARRY_TARGETS = ["carryForward"];
const NO_CARRY = {
  type: "TextBlock",
  text: "Nothing was sent in writing in the last six months, so there is nothing to carry forward.",
  wrap: true,
  isSubtle: true,
  spacing: "Medium",
};

/** What `cards/champions/form.json` gives, by hand. */
export function formCard(form: Form): object {
  return {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.5",
    body: bodyOf(form),
    actions: [
      {
        type: "Action.Execute",
        title: "Submit",
        verb: "champions.submit",
        data: kept(form),
        style: "positive",
      },
      {
        type: "Action.Execute",
        title: "Save draft",
        verb: "champions.save",
        data: kept(form),
      },
      {
        type: "Action.Execute",
        title: "Discard",
        verb: "champions.discard",
        data: kept(form),
      },
    ],
  };
}

function kept(form: Form): object {
  const { district, openedFor, version, operation, saved, keptCarry, carryFrom } = form;
  return { district, openedFor, version, operation, saved, carry: keptCarry, carryFrom };
}

function bodyOf(form: Form): object[] {
  const body: object[] = [];
  body.push({
    type: "TextBlock",
    text: `Monthly update for ${escapeMarkdown(form.districtName)}`,
    style: "heading",
    size: "Large",
    weight: "Bolder",
    wrap: true,
  });
  if (form.hasProblem) body.push(problem(form));
  if (form.hasNote) body.push(note(form));
  if (form.isLate) body.push(LATE);
  for (const theirs of form.theirs)
    body.push({ type: "Container", style: "emphasis", items: theirItems(theirs) });
  if (form.hasOthers)
    body.push({ type: "Container", style: "emphasis", items: otherItems(form.others) });
  body.push(
    {
      type: "FactSet",
      facts: [
        { title: "Community Champion", value: escapeMarkdown(form.champion) },
        { title: "Place", value: escapeMarkdown(form.districtName) },
        { title: "Goes to the meeting on", value: escapeMarkdown(form.meeting) },
        { title: "Draft deadline", value: escapeMarkdown(form.deadline) },
        { title: "Open for changes until", value: escapeMarkdown(form.openUntil) },
      ],
    },
    {
      type: "Input.ChoiceSet",
      id: "month",
      label: "Month",
      style: "compact",
      value: form.month,
      choices: form.months.map(({ title, month }) => ({ title, value: month })),
    },
    HOW_TO_WRITE,
    {
      type: "Input.Text",
      id: "updates",
      label: "Updates",
      placeholder: "What has happened since the last update",
      isMultiline: true,
      value: form.updates,
    },
    {
      type: "Input.Text",
      id: "contacts",
      label: "New contacts, projects and priorities",
      placeholder: "Who you met, what is starting, what matters now",
      isMultiline: true,
      value: form.contacts,
    },
    {
      type: "Input.Text",
      id: "goodPractice",
      label: "Community good practice",
      placeholder: "What works well and others could copy",
      isMultiline: true,
      value: form.goodPractice,
    },
  );
  if (form.hasCarry) body.push(carry(form));
  if (form.hasNoCarry) body.push(NO_CARRY);
  body.push({
    type: "Input.ChoiceSet",
    id: "priorities",
    label: "Priorities of the committee that this is about",
    style: "expanded",
    isMultiSelect: true,
    wrap: true,
    value: form.chosenPriorities,
    choices: form.priorityChoices.map(({ name, id }) => ({ title: name, value: id })),
  });
  if (form.hasProblem) body.push(problem(form));
  if (form.hasNote) body.push(note(form));
  return body;
}

function problem({ problem }: Form): object {
  return {
    type: "Container",
    style: "attention",
    bleed: false,
    items: [PROBLEM, small(escapeMarkdown(problem))],
  };
}

function note({ note }: Form): object {
  const items = [{ type: "TextBlock", text: escapeMarkdown(note), wrap: true }];
  return { type: "Container", style: "good", items };
}

function carry({ carryName, chosenCarry, carryChoices }: Form): object {
  const toggle = {
    type: "Action.ToggleVisibility",
    title: `Carry forward items from ${carryName}`,
    targetElements: CARRY_TARGETS,
  };
  const choice = {
    type: "Input.ChoiceSet",
    id: "carry",
    label: `Items of ${carryName} that are still going on. They are added when you save or submit.`,
    style: "expanded",
    isMultiSelect: true,
    wrap: true,
    value: chosenCarry,
    choices: carryChoices.map(({ title, value }) => ({ title, value })),
  };
  return {
    type: "Container",
    spacing: "Medium",
    items: [
      { type: "ActionSet", actions: [toggle] },
      { type: "Container", id: "carryForward", isVisible: false, items: [choice] },
    ],
  };
}

function theirItems(theirs: Theirs): object[] {
  const items: object[] = [OTHER_TEXT, small(escapeMarkdown(theirs.by))];
  if (theirs.hasUpdates) items.push(listed(UPDATES, theirs.updates));
  if (theirs.hasContacts) items.push(listed(CONTACTS, theirs.contacts));
  if (theirs.hasGoodPractice) items.push(listed(GOOD_PRACTICE, theirs.goodPractice));
  if (theirs.hasPriorities)
    items.push({
      type: "Container",
      spacing: "Medium",
      items: [PRIORITIES, small(escapeMarkdown(theirs.priorityNames))],
    });
  return items;
}

function listed(title: object, list: readonly { item: string }[]): object {
  const items = [title];
  for (const { item } of list) items.push(small(`- ${escapeMarkdown(item)}`));
  return { type: "Container", spacing: "Medium", items };
}

function otherItems(others: readonly { line: string }[]): object[] {
  const items: object[] = [OTHER_DRAFTS];
  for (const { line } of others) items.push(small(`- ${escapeMarkdown(line)}`));
  items.push(HOW_TO_OPEN);
  return items;
}

function small(text: string): object {
  return { type: "TextBlock", text, wrap: true, spacing: "None" };
}

function title(text: string): object {
  return { type: "TextBlock", text, wrap: true, weight: "Bolder" };
}
