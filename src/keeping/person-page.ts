import { timeAndDate } from "../calendar.ts";
import type { PersonCopy } from "./person.ts";
import { isPlain } from "./record.ts";

/** What each table is about, for whoever reads the copy. A table without words has its name. */
const ABOUT: Readonly<Record<string, string>> = {
  absences: "Away from the committee",
  acknowledgements: "Digests marked as read",
  actions: "Action log",
  agenda: "Agenda items",
  audit: "What they did with the bot",
  conversations: "Where the bot writes to them",
  deliveries: "Messages answered",
  directory: "Suggested corrections to the directory",
  imports: "Lists brought in",
  lists: "Lists shown before their import",
  meetings: "Meetings",
  nudges: "Reminders sent to them",
  offers: "Papers offered to them",
  people: "Roles",
  posts: "Posts",
  settings: "Settings changed",
  signposts: "Signposting they recorded",
  updates: "Champions' updates and drafts",
};
const FOUND = {
  id: "",
  chat: " (in their chat with the bot)",
  name: " (by name only: check that it is this person)",
};

/** The copy as a page of plain text that can be read and printed. */
export function personPage({ id, names, madeAt, tables }: PersonCopy): string {
  const entries = Object.entries(tables);
  const count = entries.reduce((sum, [, records]) => sum + records.length, 0);
  return [
    `# What the bot holds about ${names.join(", ") || id}`,
    "",
    `Made: ${timeAndDate(madeAt)}. Account: ${id ?? "not known"}. Records: ${count}.`,
    "",
    "Other people can be named in these records. Check them before this copy is handed on.",
    ...entries.flatMap(([table, records]) => [
      "",
      `## ${ABOUT[table] ?? table}`,
      ...records.flatMap(({ partition, row, values, foundBy }) => [
        "",
        `### ${[...partition, ...row].join(", ")}${FOUND[foundBy]}`,
        "",
        ...Object.entries(values).flatMap(([name, value]) => linesOf(name, value, "")),
      ]),
    ]),
    "",
  ].join("\n");
}

function linesOf(name: string, value: unknown, indent: string): string[] {
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return [
      `${indent}- ${name}:`,
      ...value.flatMap((each, at) => linesOf(String(at + 1), each, inner)),
    ];
  if (isPlain(value))
    return [
      `${indent}- ${name}:`,
      ...Object.entries(value).flatMap(([each, its]) => linesOf(each, its, inner)),
    ];
  return [`${indent}- ${name}: ${String(value).replaceAll("\n", `\n${inner}`)}`];
}
