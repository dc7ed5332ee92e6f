/** An index as it can be written down: what stands for each word is told by the order alone. */
export interface PackedWords {
  readonly documents: number;
  readonly words: readonly string[];
  /** How many postings each word has, and the steps from each posting to the next, word by word. */
  readonly counts: Uint32Array;
  readonly steps: Uint32Array;
}

/** Gives the postings of a packed word by its number, one word at a time. */
export function listsOf(packed: PackedWords | undefined): (number: number) => number[] {
  const { counts = new Uint32Array(), steps = new Uint32Array() } = packed ?? {};
  let before = 0;
  const starts = counts.map((count) => {
    before += count;
    return before - count;
  });
  return (number) => {
    const list: number[] = [];
    const from = starts[number] ?? 0;
    const end = from + (counts[number] ?? 0);
    for (let at = from, posting = 0; at < end; at += 1) {
      posting += steps[at] ?? 0;
      list.push(posting);
    }
    return list;
  };
}
