import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import MiniSearch from "minisearch";
import { z } from "zod/v4";
import { Committee } from "../src/council.ts";
import { Service } from "../src/directory/schema.ts";
import { createServiceSearch } from "../src/directory/search.ts";
import { manyServices, mistypedQuestions } from "./directory-services.ts";
import { percentile } from "./statistics.ts";

/**
 * The search of services beside MiniSearch, a well-known search package, on the same services and
 * questions in the same run: time on one core, memory, and how often the right service comes first.
 */

const SERVICES = 50_000;
const QUESTIONS = 400;
/** What the product promises of a search. How soon it is ready is for `bench/directory-start.ts`. */
const AIMS = { p50Ms: 10, p99Ms: 50 };

/** A directory that can be searched: the ids of the best three. */
interface Contender {
  readonly name: string;
  load(services: readonly Service[]): void;
  best(question: string): string[];
}

const Questions = z.array(z.object({ question: z.string(), right: z.array(z.string()) }));
/** The first ones have been tuned for since; the second ones never are. */
const QuestionsFile = z.object({ first: Questions, second: Questions });
const committee = Committee.parse(read("data/committee.json"));
const sample = z.object({ services: z.array(Service) }).parse(read("data/directory.json")).services;
const questions = QuestionsFile.parse(read("test/directory-questions.json"));

const services = manyServices(SERVICES);
const mistyped = mistypedQuestions(QUESTIONS);
const contenders = [own, miniSearch, miniSearchExactFirst];
for (const contender of contenders) measureSpeed(contender());
for (const contender of contenders) measureQuality(contender());
if (process.argv.includes("--each")) sayEach(own());

function own(): Contender {
  const search = createServiceSearch();
  return {
    name: "this search",
    load: (all) => {
      for (const service of all) search.put(service, committee);
    },
    best: (text) =>
      search.search({ text, committee, count: 3 }).hits.map(({ service }) => service.id),
  };
}

/** As its own documentation advises for typing errors. */
function miniSearch(): Contender {
  const index = newMiniSearch();
  return {
    name: "minisearch, fuzzy",
    load: (all) => index.addAll(all.map(plain)),
    best: (text) => topThree(index.search(text, { prefix: true, fuzzy: 0.2 })),
  };
}

/** Whole words and prefixes first, typing errors only when that finds less than three. */
function miniSearchExactFirst(): Contender {
  const index = newMiniSearch();
  return {
    name: "minisearch, exact first",
    load: (all) => index.addAll(all.map(plain)),
    best: (text) => {
      const exact = index.search(text, { prefix: true, combineWith: "AND" });
      return topThree(exact.length >= 3 ? exact : index.search(text, { prefix: true, fuzzy: 0.2 }));
    },
  };
}

function newMiniSearch(): MiniSearch {
  return new MiniSearch({
    fields: ["name", "terms", "organization", "eligibility", "places", "description"],
    searchOptions: { boost: { name: 4, terms: 3, places: 2 } },
  });
}

function plain(service: Service) {
  return {
    ...{ id: service.id, name: service.name, description: service.description },
    terms: service.taxonomyTerms.map(({ name }) => name).join(" "),
    organization: service.organization.name,
    eligibility: service.eligibility ?? "",
    places: service.locations.map(({ name, address }) => `${name} ${address}`).join(" "),
  };
}

function topThree(results: readonly { id: unknown }[]): string[] {
  return results.slice(0, 3).map(({ id }) => String(id));
}

/** In time of one core, so that it is the same figure on a machine that does other things too. */
function measureSpeed(contender: Contender): void {
  const before = heapMb();
  const ready = timed(() => contender.load(services));
  const memory = heapMb() - before;
  for (const text of mistyped.slice(0, 50)) contender.best(text);
  const times = mistyped.map((text) => timed(() => contender.best(text)));
  const [p50, p99] = [0.5, 0.99].map((share) =>
    percentile(
      times.map(({ coreMs }) => coreMs),
      share,
    ),
  );
  const waited = percentile(
    times.map(({ wallMs }) => wallMs),
    0.99,
  );
  const isMet = (p50 ?? 0) <= AIMS.p50Ms && (p99 ?? 0) <= AIMS.p99Ms;
  print(
    contender.name,
    `${SERVICES} services indexed in ${ready.coreMs.toFixed(0)} ms (by the clock ${ready.wallMs.toFixed(0)}), +${memory.toFixed(0)} MB of heap; two words, one mistyped: p50 ${p50?.toFixed(2)} ms, p99 ${p99?.toFixed(2)} ms (by the clock ${waited.toFixed(2)}); aim ${isMet ? "met" : "NOT MET"}`,
  );
}

function timed(work: () => unknown) {
  const start = performance.now();
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return { coreMs: (user + system) / 1000, wallMs: performance.now() - start };
}

function measureQuality(contender: Contender): void {
  contender.load(sample);
  for (const [part, asked] of Object.entries(questions)) {
    const places = asked.map(({ question, right }) =>
      contender.best(question).findIndex((id) => right.includes(id)),
    );
    const first = places.filter((place) => place === 0).length;
    const three = places.filter((place) => place >= 0).length;
    print(
      contender.name,
      `right service of the ${asked.length} ${part} questions: first ${first}, among three ${three}`,
    );
  }
}

/** What was found instead, for each question whose right service is not the first. */
function sayEach(contender: Contender): void {
  contender.load(sample);
  for (const { question, right } of Object.values(questions).flat()) {
    const best = contender.best(question);
    if (right.includes(best[0] ?? "")) continue;
    print(question, `${best.join(", ") || "nothing"}, and not ${right.join(" or ")}`);
  }
}

function heapMb(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
  return process.memoryUsage().heapUsed / 1e6;
}

function print(name: string, what: string): void {
  process.stdout.write(`${name.padEnd(24)} ${what}\n`);
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, "..", file), "utf8"));
}
