import { dayOf } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import { EVERYONE, IN_PERSON, type Trouble, type Turn, type Verb } from "../feature.ts";
import type { Search, SearchResult } from "../searching.ts";
import { isAge, personalDataIn } from "../personal-data.ts";
import * as cards from "./cards.ts";
import { soundsLikeDanger } from "./danger.ts";
import type { SignpostingParts } from "./index.ts";
import { formHeld, kindOf } from "./pointing.ts";
import { isOver, type publishing } from "./publishing.ts";
import * as rules from "./rules.ts";
import { SignpostForm, type Signpost } from "./schema.ts";
import type { setting } from "./setting.ts";

/** Another record has the same reference by chance this often in a row only if something is wrong. */
const MOST_ATTEMPTS = 5;
/** A service is searched for with so many characters at most. */
const LONGEST_SEARCH = 1000;

/** The count: the closed choices that a worker fills in, and the one record that they make. */
export function recording(
  { store }: SignpostingParts,
  { around }: ReturnType<typeof setting>,
  keepRoutes: ReturnType<typeof publishing>["keepRoutes"],
) {
  const anyone = { roles: EVERYONE, places: IN_PERSON } as const;
  const verbs: Record<string, Verb> = {
    "signposting.submit": { needs: anyone, run: submit, again: showAgain },
    "signposting.goOn": { needs: anyone, run: goOn },
  };
  return { verbs };

  async function submit(turn: Turn, data: unknown): Promise<Card> {
    const form = checked(SignpostForm, data);
    const isAsked = form.note !== "" && form.note === form.asked;
    if (form.danger === "true" || (!isAsked && soundsLikeDanger(form.note)))
      return cards.dangerCard(form);
    const about = await around(turn);
    const kind = kindOf(form, about);
    if (!rules.kindsOn(dayOf(turn.now), about.setup).includes(kind))
      throw new UserError(
        "Your council does not count this kind at the moment, so nothing was saved. The routes are one press back.",
      );
    const choices = rules.readForm(form, kind, about);
    const takeOut = noteProblem(form, about.setup.settings.noteIsOn);
    if (takeOut) return cards.formCard(form, kind, about, takeOut);
    const note = about.setup.settings.noteIsOn ? choices.note : "";
    await keepRoutes(about);
    const signpost = await file(turn, { ...choices, note }, form.operation);
    return cards.filedCard(signpost, about);
  }

  /**
   * Writes the record, or finds the one that the same form made before. A form whose first press
   * failed in an earlier month is recorded there, unless that month may have been counted since:
   * then it counts in the month of this press.
   */
  async function file(
    turn: Turn,
    choices: ReturnType<typeof rules.readForm>,
    operation: string,
  ): Promise<Signpost> {
    const { committee, person } = turn;
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const reference = rules.referenceOf(operation, person.id, attempt);
      const claim = await store.claim(
        committee.id,
        { reference, month: choices.month, operation },
        (month) => isOver(month, turn.now),
      );
      if (claim.operation !== operation) continue;
      const wanted = { ...choices, reference, by: person.id, operation, followUp: "" } as const;
      const there = await store.create(committee.id, { ...wanted, month: claim.month });
      await store.mend(committee.id, there);
      return there;
    }
    throw new Error("No free reference was found");
  }

  /** Back from 999 to the form, as it was filled in. */
  async function goOn(turn: Turn, data: unknown): Promise<Card> {
    const form = formHeld(data);
    return showForm(turn, { ...form, asked: form.note }, "");
  }

  async function showAgain(turn: Turn, data: unknown, { problem }: Trouble): Promise<Card> {
    const form = checked(SignpostForm, data);
    return form.danger === "true" ? cards.dangerCard(form) : showForm(turn, form, problem);
  }

  /** A kind that was switched off in the meantime still shows its form, so that nothing is lost. */
  async function showForm(turn: Turn, form: SignpostForm, problem: string): Promise<Card> {
    const about = await around(turn);
    const kind = kindOf(form, about);
    return cards.formCard(form, kind, about, { problem });
  }
}

const IN_CONFIDENCE = /\b(?:signpost|safeguard|hate|abus|assault|attack|rap(?:e|ed|ing)\b)/i;

/** Looked at before anything else, wherever it is typed: 999 comes first. */
export async function urgent(_turn: Turn, text: string): Promise<Card | undefined> {
  if (!soundsLikeDanger(text)) return undefined;
  // What is told of abuse or hate is not repeated, not even behind a button.
  return cards.dangerCard(undefined, "form", IN_CONFIDENCE.test(text) ? "" : impersonal(text));
}

/** What a search may be given of a text: nothing that tells who somebody is. */
function impersonal(text: string): string {
  const named = personalDataIn(text).parts.filter((part) => !isAge(part.text));
  const rest = named.reduce((left, part) => left.replaceAll(part.text, " "), text);
  return rest.replaceAll(/\s+/g, " ").trim().slice(0, LONGEST_SEARCH).toWellFormed();
}

/**
 * The same before a search that answers outside a chat with the bot. It asks no table, so it is
 * there when the directory is not.
 */
export function dangerFirst(search: Search): Search {
  return async (turn, text, page) => {
    if (!soundsLikeDanger(text)) return search(turn, text, page);
    // What the same person had typed before it is no need that is counted.
    void search(turn, "", page).catch(() => undefined);
    return { results: page.skip === 0 ? [urgentResult()] : [], place: "", remarks: [] };
  };
}

/** What a search finds where its words sound like danger. Its id is that of the directory's entry. */
function urgentResult(): SearchResult {
  return {
    ...{ id: "emergency-999", title: "Call 999 now", isUrgent: true },
    text: "Do that first. If nobody is in danger now, search in other words.",
    card: cards.dangerAlone(),
  };
}

/** What has to come out of a note before it is kept, or nothing. */
function noteProblem({ note }: SignpostForm, isOn: boolean) {
  if (!isOn || note === "") return undefined;
  if (note.length > rules.LONGEST_NOTE)
    return {
      problem: `Shorten your note from ${note.length} characters to ${rules.LONGEST_NOTE} or fewer.`,
    };
  const { parts } = personalDataIn(note);
  if (parts.length === 0) return undefined;
  return {
    problem: "Your note seems to say who it was, so nothing was saved.",
    takeOut: parts.map(({ kind, text }) => ({ what: kind, found: text })),
  };
}
