import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod/v4";
import blind from "../danger-blind.json" with { type: "json" };
import everyday from "../danger-everyday.json" with { type: "json" };
import told from "../danger-told.json" with { type: "json" };
import { dangerFirst, ordinaryFirst } from "./danger-sentences-0.ts";
import { dangerOne, ordinaryOne } from "./danger-sentences-1.ts";
import { dangerTwo, ordinaryTwo } from "./danger-sentences-2.ts";
import { dangerThree, ordinaryThree } from "./danger-sentences-3.ts";
import { dangerFour, ordinaryFour } from "./danger-sentences-4.ts";
import { dangerFive, ordinaryFive } from "./danger-sentences-5.ts";
import { dangerSix, toldSix } from "./danger-sentences-6.ts";
import { utterances } from "./utterances.ts";

/** A sentence that hearing danger is learned from. */
export interface Lesson {
  readonly text: string;
  readonly danger: boolean;
  readonly from:
    "lists" | "told" | "blind" | "utterances" | "commands" | "disclosures" | "everyday";
}

const Said = z.record(z.string(), z.array(z.string()));
/** Commands for which people tell what happened to somebody: not now, but near it. */
const TOLD = ["signpost", "hateCrime", "adult", "child"];
/** What stands for the markers in the commands' examples. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  place: ["Ely", "March", "St Ives", "Wisbech", "Soham", "Whittlesey"],
  district: ["Fenland", "East Cambs", "Cambridge", "Hunts", "South Cambs", "Peterborough"],
  period: ["this quarter", "April to June 2019", "last year", "in 2019"],
  month: ["October", "March", "last month", "August"],
  date: ["8 August", "the 10th of October", "Thursday", "12 March 2020"],
  number: ["187d", "42", "5"],
  committee: ["adults committee", "community champions"],
  person: ["Jo Bell", "Amira Khan", "Sam Ashe", "Dana Reid"],
  reference: ["K7BD2QXM", "Q4ZM8TRC"],
  need: [
    "carers support",
    "food bank",
    "debt advice",
    "lunch club",
    "counselling",
    "somewhere warm",
  ],
  indicator: ["library visits", "people killed or seriously injured on roads", "bus journeys"],
};

/** Every sentence that may be learned from: nothing of what is sealed. */
export function dangerLessons(): Lesson[] {
  const lists = [
    ...both("lists", dangerFirst, ordinaryFirst),
    ...both("lists", dangerOne, ordinaryOne),
    ...both("lists", dangerTwo, ordinaryTwo),
    ...both("lists", dangerThree, ordinaryThree),
    ...both("lists", dangerFour, ordinaryFour),
    ...both("lists", dangerFive, ordinaryFive),
    ...both("lists", dangerSix, []),
    ...both("disclosures", [], toldSix),
  ];
  const tuning = blind.filter(({ part }) => part === "tuning");
  return [
    ...lists,
    ...both("told", told.danger, told.ordinary),
    ...both("everyday", [], everyday),
    ...tuning.map(({ text, danger }) => ({ text, danger, from: "blind" as const })),
    ...utterances("tuning").map(({ text, command }) => ({
      text,
      danger: command === "emergency",
      from: "utterances" as const,
    })),
    ...commandsExamples(),
  ];
}

/** The examples of every feature's commands, with names in them. */
function commandsExamples(): Lesson[] {
  const src = join(import.meta.dirname, "..", "..", "src");
  const files = readdirSync(src, { recursive: true, encoding: "utf8" });
  let turn = 0;
  const named = (_marker: string, kind: string) => {
    const names = NAMED[kind] ?? [kind];
    return names[(turn += 1) % names.length] ?? kind;
  };
  return files
    .filter((file) => file.endsWith("said.json"))
    .toSorted()
    .flatMap((file) => {
      const said = Said.parse(JSON.parse(readFileSync(join(src, file), "utf8")));
      return Object.entries(said).flatMap(([command, examples]) => {
        const isTold = file.startsWith("signposting") && TOLD.includes(command);
        const from = isTold ? "disclosures" : command === "nothing" ? "everyday" : "commands";
        return examples.map((example): Lesson => ({
          text: example.replaceAll(/\{(\w+)\}/g, named),
          danger: false,
          from,
        }));
      });
    });
}

function both(
  from: Lesson["from"],
  danger: readonly string[],
  ordinary: readonly string[],
): Lesson[] {
  return [
    ...danger.map((text) => ({ text, danger: true, from })),
    ...ordinary.map((text) => ({ text, danger: false, from })),
  ];
}
