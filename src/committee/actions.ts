import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import {
  ANYWHERE,
  EVERYONE,
  holds,
  IN_PERSON,
  type Command,
  type Trouble,
  type Turn,
  type Verb,
} from "../feature.ts";
import type { Slots } from "../slots.ts";
import { actionCard, actionFormCard, actionsCard } from "./action-cards.ts";
import {
  chosen,
  isOwnedBy,
  isSameAction,
  ownersOf,
  readAction,
  readMinute,
  readSaid,
  withNews,
} from "./action-rules.ts";
import { readActionWish } from "./action-wish.ts";
import { canSeeHistory } from "./history.ts";
import { historyCard } from "./history-cards.ts";
import type { CommitteeParts } from "./index.ts";
import { ActionFilter, ActionForm, ActionReference, type Action, type Stored } from "./schema.ts";
import said from "./said.json" with { type: "json" };

/** The action log: reading it, and keeping it. */
export function actionLog({ store, audit }: CommitteeParts) {
  const anyone = { roles: EVERYONE, places: ANYWHERE };
  const officer = { roles: ["officer"], places: IN_PERSON } as const;
  const task = "Actions";
  const commands: Command[] = [
    {
      id: "committee.actions",
      name: "actions",
      full: "actions[ for {person}][ {meeting}]",
      examples: said.actions,
      phrases: [
        "open actions",
        "show actions",
        "action log",
        "all actions",
        "complete actions",
        "completed actions",
        "actions all",
        "actions complete",
        "actions open",
        "actions {anything}",
        "show actions {anything}",
        "open actions {anything}",
        "all actions {anything}",
        "complete actions {anything}",
      ],
      purpose: "See what is open in the action log: actions for Adrian Chapman.",
      task,
      needs: anyone,
      run: showActions,
    },
    {
      id: "committee.myActions",
      name: "my actions",
      examples: said.myActions,
      phrases: ["show my actions", "what are my actions"],
      purpose: "See the actions that have your name.",
      task,
      needs: anyone,
      run: showActions,
    },
    {
      id: "committee.action",
      name: "action",
      full: "action {action}[ {status}]",
      examples: said.action,
      phrases: ["action {anything}", "show action {anything}", "change action {anything}"],
      purpose: "See one action: action 187d. An officer adds what is new: action 187d complete: …",
      task,
      needs: anyone,
      run: showOne,
    },
    {
      id: "committee.addAction",
      name: "add action",
      full: "add action[ {action}][ for {person}]",
      changes: true,
      examples: said.addAction,
      phrases: ["new action", "add action {anything}"],
      purpose: "Put an action into the log, under its minute number.",
      task,
      needs: officer,
      run: async (_turn, { typed = "", action = "", person: owner = "" }) =>
        actionFormCard({ ...EMPTY, minute: readSaid(typed)?.minute ?? action, owner }),
    },
  ];
  const verbs: Record<string, Verb> = {
    "committee.actions": {
      needs: anyone,
      run: async (turn, data) => list(turn, checked(ActionFilter, data)),
      justForMe: true,
    },
    "committee.action": { needs: anyone, run: open, justForMe: true },
    "committee.openAction": { needs: officer, run: openForm },
    "committee.saveAction": { needs: officer, run: save, again: showAgain },
  };
  return { commands, verbs };

  async function showActions(turn: Turn, slots: Slots): Promise<Card> {
    const actions = await store.actionsOf(turn.committee.id);
    const { filter, note } = readActionWish(slots, turn.person.name, actions);
    return list(turn, filter, note);
  }

  async function list({ committee }: Turn, filter: ActionFilter, note = ""): Promise<Card> {
    const actions = await store.actionsOf(committee.id);
    const { owner } = filter;
    if (owner && !actions.some((action) => isOwnedBy(action, owner))) {
      const names = [
        ...new Set(
          chosen(actions, { ...filter, show: "open", owner: "", meetings: "" }).flatMap(ownersOf),
        ),
      ];
      const open = names.length > 0 ? ` Open actions are with ${names.toSorted().join(", ")}.` : "";
      return actionsCard(committee.name, [], filter, `The log has no action for ${owner}.${open}`);
    }
    return actionsCard(committee.name, chosen(actions, filter), filter, note);
  }

  /** An officer who says something new of an action gets its form with that in it. Nothing is written yet. */
  async function showOne(turn: Turn, { typed = "", action, status: wish }: Slots): Promise<Card> {
    const read = readSaid(typed) ?? (action ? readSaid(`action ${action}`) : undefined);
    // "Close action 187d": whoever may not change it sees what it says.
    const isClosed = wish === "complete" && canEdit(turn) && read?.status === undefined;
    const said = read && isClosed ? { ...read, status: COMPLETE } : read;
    if (!said) return list(turn, checked(ActionFilter, {}), WHICH);
    const stored = await find(turn, said.minute);
    if (canSeeHistory(turn) && /\bhistory\b/i.test(typed)) {
      const entries = await store.actionHistory(turn.committee.id, said.minute);
      return historyCard({ of: "action", record: said.minute, page: 1 }, entries);
    }
    const isChange = said.status !== undefined || said.comments !== "" || /\bchange\b/i.test(typed);
    if (!isChange) return actionCard(stored.value, { canEdit: canEdit(turn) });
    if (!canEdit(turn))
      throw new UserError(
        holds(turn.person, "officer")
          ? "Changing an action works in a personal chat with me. Open a chat with me and type it there."
          : `Only an officer changes the action log. Type action ${said.minute} to see it.`,
      );
    const form = formOf(stored);
    const comments = withNews(form.comments, said.comments);
    return actionFormCard({ ...form, comments, status: said.status ?? form.status });
  }

  async function open(turn: Turn, data: unknown): Promise<Card> {
    const { minute } = checked(ActionReference, data);
    if (!minute) throw new UserError("Choose the action.");
    return actionCard((await find(turn, minute)).value, { canEdit: canEdit(turn) });
  }

  async function openForm(turn: Turn, data: unknown): Promise<Card> {
    return actionFormCard(formOf(await find(turn, checked(ActionReference, data).minute)));
  }

  async function save(turn: Turn, data: unknown): Promise<Card> {
    const form = checked(ActionForm, data);
    const { committee, person, now } = turn;
    const action = readAction(form);
    const before = await store.findAction(committee.id, action.minute);
    // Pressed twice, or nothing was different.
    if (before && isSameAction(before.value, action))
      return actionCard(action, { canEdit: true, note: "The log says so." });
    if ((before?.version ?? 0) !== form.version) throw overtaken(form, before);
    const what = before ? "changed an action" : "added an action";
    const author = { name: person.name, at: now.toString() };
    const edit = { before, after: action, what };
    if (!(await store.changeActions(committee.id, [edit], author)))
      throw overtaken(form, await store.findAction(committee.id, action.minute));
    await audit(turn, what, action.minute);
    return actionCard(action, { canEdit: true, note: before ? "Changed." : "Added." });
  }

  /** The form as it was filled in, with the version that holds now: pressing Save again is on purpose. */
  async function showAgain(
    { committee }: Turn,
    data: unknown,
    { problem, canRead }: Trouble,
  ): Promise<Card> {
    const form = checked(ActionForm, data);
    const isKnown = canRead && form.version > 0;
    const stored = isKnown
      ? await store.findAction(committee.id, readMinute(form.minute))
      : undefined;
    return actionFormCard({ ...form, version: stored?.version ?? form.version }, problem);
  }

  async function find({ committee }: Turn, minute: string): Promise<Stored<Action>> {
    const stored = /^\d{1,6}[a-z]?$/.test(minute)
      ? await store.findAction(committee.id, minute)
      : undefined;
    if (stored) return stored;
    const number = /^\d+/.exec(minute)?.[0] ?? "";
    const actions = await store.actionsOf(committee.id);
    const near = actions.filter((each) => /^\d+/.exec(each.minute)?.[0] === number);
    const others =
      near.length > 0 ? ` There are ${near.map((each) => each.minute).join(", ")}.` : "";
    throw new UserError(
      `The log has no action ${minute}.${others} Type actions to see those that are open.`,
    );
  }
}

const WHICH = "Which action? Choose it below, or type its minute number, like 187d.";
const COMPLETE = "ACTION COMPLETE";
const EMPTY: ActionForm = {
  ...{ minute: "", version: 0, meeting: "", report: "", owner: "", background: "", action: "" },
  ...{ comments: "", status: "ACTION ONGOING" },
};

function formOf({ value, version }: Stored<Action>): ActionForm {
  const { meeting = "", background = "", ...action } = value;
  return { ...action, version, meeting, background };
}

/** What the other one wrote, so that nobody's words go unseen. */
function overtaken(form: ActionForm, now: Stored<Action> | undefined): UserError {
  if (!now) return new UserError(`The log has no action ${form.minute} any more.`);
  const { minute, status, comments } = now.value;
  return new UserError(
    form.version === 0
      ? `The log has an action ${minute} already. Choose another number, or type action ${minute} to change that one.`
      : `Somebody changed action ${minute} since you opened it. It now says ${status}, and: “${comments}” What you typed is still here: add to it what should stay, then press Save again.`,
  );
}

function canEdit({ person, place }: Turn): boolean {
  return place.kind === "personal" && holds(person, "officer");
}
