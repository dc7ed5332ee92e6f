import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import { gunzip, gunzipSync, gzip } from "node:zlib";
import placesFile from "../../data/places.json" with { type: "json" };
import type { Committee } from "../council.ts";
import { VERSION } from "../version.ts";
import type { Entry } from "./entry.ts";
import { FIRST_SERVICES } from "./first-services.ts";
import type { Service } from "./schema.ts";
import { createServiceSearch, type PackedSearch } from "./search.ts";
import { chunks } from "./service-rows.ts";
import type { PackedWords } from "./packed-words.ts";

/** An entry without its service. */
type Head = readonly [
  id: string,
  name: string,
  isClosed: boolean,
  districts: readonly string[],
  towns: readonly string[],
  onlyFor: readonly string[],
  around: readonly string[],
  audience: Entry["audience"],
];

/** Each service that is shown has its block unpacked first, which takes half a millisecond. */
const IN_BLOCK = 50;
/** A higher level saves one part in five and takes three times as long. */
const COMPRESSION = { level: 1 };
const packed = promisify(gzip);
const unpacked = promisify(gunzip);

/**
 * A search as bytes, compressed part by part: the words, their postings, the entries, and then the
 * services in blocks, which stay compressed until one of them is shown.
 */
export async function bytesOf({ index, entries }: PackedSearch): Promise<Buffer[]> {
  const { documents, words, counts, steps } = index;
  const heads = entries.map((entry) => (entry ? headOf(entry) : null));
  const parts = [
    await packed(JSON.stringify({ documents, words }), COMPRESSION),
    await packed(counts, COMPRESSION),
    await packed(steps, COMPRESSION),
    await packed(JSON.stringify(heads), COMPRESSION),
  ];
  const kept = entries.filter((entry) => entry !== undefined);
  for (const some of chunks(kept, IN_BLOCK))
    parts.push(await packed(JSON.stringify(some.map(({ read }) => read())), COMPRESSION));
  return parts;
}

/** The search that such bytes hold. Whoever read them knows that they are the ones written. */
export async function searchFrom(parts: readonly Buffer[]): Promise<PackedSearch> {
  const [about, counts, steps, heads, ...blocks] = parts;
  if (!about || !counts || !steps || !heads) throw new Error("A part of the snapshot is missing");
  const [ofWords, ofHeads, ...numbers] = await Promise.all([
    unpacked(about),
    unpacked(heads),
    unpacked(counts).then(numbersIn),
    unpacked(steps).then(numbersIn),
  ]);
  // `bytesOf` wrote both.
  const { documents, words } = JSON.parse(ofWords.toString()) as PackedWords;
  // Other turns come in between, as the whole takes a tenth of a second.
  await setImmediate();
  const listed = JSON.parse(ofHeads.toString()) as (Head | null)[];
  await setImmediate();
  const [each, all] = numbers;
  const readers = blocks.map(blockReader);
  let kept = 0;
  const entries = listed.map((head) => {
    if (!head) return undefined;
    const [id, name, isClosed, districts, towns, onlyFor, around, audience] = head;
    const readBlock = readers[Math.floor(kept / IN_BLOCK)];
    const at = kept % IN_BLOCK;
    kept += 1;
    if (!readBlock) throw new Error("A block of the snapshot is missing");
    const known = { id, name, isClosed, districts, towns, onlyFor, around, audience };
    return { ...known, read: () => readBlock(at) };
  });
  return { index: { documents, words, counts: each, steps: all }, entries };
}

/**
 * What must be the same for a snapshot to be of use: the release, what this code makes of a few
 * services, and the places and districts that it knows.
 */
export function formatOf(council: Committee): string {
  const search = createServiceSearch();
  for (const service of FIRST_SERVICES) search.put(service, council);
  const { index, entries } = search.pack();
  const words = { ...index, counts: [...index.counts], steps: [...index.steps] };
  const heads = entries.map((entry) => entry && headOf(entry));
  const known = { VERSION, IN_BLOCK, words, heads, placesFile, districts: council.districts };
  return createHash("sha256").update(JSON.stringify(known)).digest("hex");
}

function headOf(entry: Entry): Head {
  const { id, name, isClosed, districts, towns, onlyFor, around, audience } = entry;
  return [id, name, isClosed, districts, towns, onlyFor, around, audience];
}

function blockReader(bytes: Buffer): (at: number) => Service {
  let packedBytes: Buffer | undefined = bytes;
  let services: readonly Service[] = [];
  return (at) => {
    if (packedBytes) services = JSON.parse(gunzipSync(packedBytes).toString()) as Service[];
    packedBytes = undefined;
    const service = services[at];
    if (!service) throw new Error("A service of the snapshot is missing");
    return service;
  };
}

function numbersIn(bytes: Buffer): Uint32Array {
  const { buffer, byteOffset, length } = bytes;
  return new Uint32Array(buffer.slice(byteOffset, byteOffset + length));
}
