import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { featuresIn, isDangerBy } from "../src/signposting/danger.ts";
import { ready } from "../src/signposting/danger-learned.ts";
import { passagesOf } from "../src/signposting/danger-text.ts";
import { dangerLessons, type Lesson } from "../test/support/danger-lessons.ts";
import { learnDanger, type Example } from "./danger-learning.ts";

/**
 * Makes src/signposting/danger-learned.json from every sentence that is not sealed. With --crossed
 * it writes nothing, but says how well sentences are judged that nothing was learned from.
 */
const { values } = parseArgs({
  options: {
    crossed: { type: "boolean", default: false },
    misses: { type: "boolean", default: false },
  },
});
/** Disclosures are not danger now, but near it: they pull half as much. */
const COUNTS: Readonly<Partial<Record<Lesson["from"], number>>> = { disclosures: 0.5, everyday: 2 };
/** Danger that is missed is worse than 999 shown once too often. */
const DANGER_COUNTS = 1.4;
const FOLDS = 8;

const lessons = dangerLessons();
const examples = lessons.map(({ text, danger, from }): Example => {
  const [passage = ""] = passagesOf(text);
  return {
    danger,
    features: featuresIn(passage),
    counts: COUNTS[from] ?? (danger ? DANGER_COUNTS : 1),
  };
});
if (values.crossed) crossed();
else {
  const file = join(import.meta.dirname, "..", "src", "signposting", "danger-learned.json");
  const learned = learnDanger(examples);
  writeFileSync(file, `${JSON.stringify(learned, null, 2)}\n`);
  console.log(`${Object.keys(learned.weights).length} weights from ${examples.length} sentences`);
}

function crossed(): void {
  const wrong = new Map<string, { of: number; wrong: number }>();
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const learned = ready(learnDanger(examples.filter((_, at) => at % FOLDS !== fold)));
    for (const { text, danger, from } of lessons.filter((_, at) => at % FOLDS === fold)) {
      const kind = `${from}, ${danger ? "danger missed" : "ordinary alarms"}`;
      const row = wrong.get(kind) ?? { of: 0, wrong: 0 };
      wrong.set(kind, row);
      row.of += 1;
      if (isDangerBy(learned, text) === danger) continue;
      row.wrong += 1;
      if (values.misses) console.log(`${kind}: ${text}`);
    }
  }
  for (const kind of [...wrong.keys()].toSorted()) {
    const { of, wrong: count } = wrong.get(kind) ?? { of: 1, wrong: 0 };
    console.log(`${kind}: ${count} of ${of}, ${((100 * count) / of).toFixed(2)} %`);
  }
}
