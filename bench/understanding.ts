import { parseArgs } from "node:util";
import { sampleReading } from "../src/local/sample-reading.ts";
import { slotsTold } from "../test/support/slots-told.ts";
import { outcomeOf, utterances, type Outcome } from "../test/support/utterances.ts";

/** How well texts are understood, part by part and command by command, and how long one takes. */
const { values } = parseArgs({
  options: { part: { type: "string" }, misses: { type: "boolean", default: false } },
});
const OUTCOMES: readonly Outcome[] = ["right", "asked back", "not helped", "wrong", "harmful"];
const { read, nameOf, committee } = await sampleReading();
await read("hello", "2019-09-25T09:00");
for (const part of ["tuning", "sealed"] as const) {
  if (values.part && values.part !== part) continue;
  const times: number[] = [];
  const rows = new Map<string, Record<Outcome, number>>();
  const told = { texts: 0, right: 0, whole: 0, slots: 0, missed: 0 };
  let conversations = 0;
  for (const utterance of utterances(part)) {
    const conversation = `${part} ${(conversations += 1)}`;
    if (utterance.after) await read(utterance.after, utterance.now, conversation);
    const begun = performance.now();
    const meaning = await read(utterance.text, utterance.now, conversation);
    times.push(performance.now() - begun);
    const outcome = outcomeOf(utterance, meaning, nameOf);
    const [name = ""] = [utterance.command].flat();
    const row = rows.get(name) ?? {
      right: 0,
      "asked back": 0,
      "not helped": 0,
      wrong: 0,
      harmful: 0,
    };
    row[outcome] += 1;
    rows.set(name, row);
    const { expected, missed } = slotsTold(utterance, meaning.slots, committee.districts);
    const isRight = outcome === "right";
    if (isRight) told.right += 1;
    if (isRight && missed.length === 0) told.whole += 1;
    if (isRight && expected > 0) {
      told.texts += 1;
      told.slots += expected;
      told.missed += missed.length;
    }
    if (values.misses && isRight && missed.length > 0 && part === "tuning")
      console.log(
        `slot: ${JSON.stringify(utterance.text)} at ${utterance.now} names ${missed.join(", ")}, not ${JSON.stringify(meaning.slots)} (${meaning.command})`,
      );
    if (values.misses && outcome !== "right" && part === "tuning")
      console.log(
        `${outcome}: ${JSON.stringify(utterance.text)} ${utterance.after ? `after ${JSON.stringify(utterance.after)} ` : ""}is ${[utterance.command].flat().join(" or ")}, not ${nameOf.get(meaning.command) ?? meaning.command} ${meaning.confidence.toFixed(2)} ${JSON.stringify(meaning.slots)}`,
      );
  }
  const sum = (outcome: Outcome) =>
    [...rows.values()].reduce((total, row) => total + row[outcome], 0);
  console.table(Object.fromEntries([...rows].toSorted(([a], [b]) => (a < b ? -1 : 1))));
  console.log(
    `${part}: ${times.length} utterances, ${OUTCOMES.map((outcome) => `${outcome} ${sum(outcome)} (${((100 * sum(outcome)) / times.length).toFixed(1)} %)`).join(", ")}`,
  );
  console.log(
    `${part}: right ${told.right}, and with all that the text names ${told.whole} (${((100 * told.whole) / times.length).toFixed(1)} %); of ${told.slots} slots named in ${told.texts} right ones ${told.missed} are missing or others`,
  );
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))]?.toFixed(2);
  console.log(`${part}: median ${at(0.5)} ms, 99 of 100 under ${at(0.99)} ms`);
}
