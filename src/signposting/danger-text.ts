/** Longer than any message that Teams delivers. */
const LONGEST_TEXT = 40_000;

/** A stretch is read by itself when nobody punctuates, with as many words of the one before. */
const STRETCH = 60;
const OVERLAP = 15;
/** No word of danger is longer, and a letter held down takes no time. */
const LONGEST_WORD = 24;

/** Text as it is read: small letters, without signs and mentions. */
function shown(text: string): string {
  return text
    .slice(0, LONGEST_TEXT)
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/(?<=[a-z])\p{M}+/gu, "")
    .normalize("NFC")
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(/<at\b[^<>]{0,100}>[^<>]{0,100}<\/at>/g, "\n")
    .replaceAll(/<[^<>]{0,200}>/g, " ");
}

/** The sentences of a text with their commas, none longer than a stretch. */
export function sentencesOf(text: string): readonly string[] {
  return shown(text)
    .split(/[.;!?\n\r]+/)
    .flatMap(stretchesOf)
    .filter(Boolean);
}

/** A text without its stops, in stretches: what one sentence says another may take back. */
export function passagesOf(text: string): readonly string[] {
  return stretchesOf(shown(text).replaceAll(/[.;!?\n\r]+/g, " ")).filter(Boolean);
}

/** The plain parts of a sentence between commas. */
export function partsOf(sentence: string): readonly string[] {
  return sentence
    .split(/,+|\s[–—-]+\s|\b(?:also|but|because|cos|actually|btw)\b/)
    .map(plain)
    .filter(Boolean);
}

function stretchesOf(part: string): readonly string[] {
  const words = part.trim().split(/\s+/);
  const stretches: string[] = [];
  for (let start = 0; start === 0 || start + OVERLAP < words.length; start += STRETCH - OVERLAP) {
    stretches.push(words.slice(start, start + STRETCH).join(" "));
  }
  return stretches;
}

/** "He's" and "hes" are read as "he s", "isn't" as "isnt", signs and emoji as spaces. */
export function plain(part: string): string {
  return part
    .replaceAll(/(?<=\p{L})[’'`´](?=(?:s|m|re|ve|ll|d)(?!\p{L}))/gu, " ")
    .replaceAll(/[’'`´]/g, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .replaceAll(/\b(he|she|someone|somebody|some1|there|who|ones?|that|what|it)s\b/g, "$1 s")
    .replaceAll(/\b(?:(they)(re|ve)|(we)(ve)|(i)(m|ve))\b/g, "$1$3$5 $2$4$6")
    .replaceAll(/\b(?:that|who|which) (?=(?:is|s|are|has|have|keeps)\b)/g, "")
    .replaceAll(/\p{L}+/gu, spelt)
    .trim();
}

/** They are a letter away from a word of danger, and mean something else. */
const OTHER_WORDS = "tying casing sacred scarred tapped rapping tables bother being sooting".split(
  " ",
);

/** Words that people in a hurry get wrong, without which a sentence would not be heard. */
const SPELT: ReadonlyMap<string, string> =
  spellings(`unconscious breathing strangling attacking attacked
  threatening threatened stabbed stabbing suicidal suicide overdose overdosed bleeding hitting beating punching
  kicking screaming collapsed ambulance boyfriend girlfriend husband daughter brother tablets paracetamol choking
  drowning burning kidnapped killing hurting dragging trapped locked shooting shouting scared
  frightened terrified someone neighbour children machete raping biting swallowed trying explosion seizure
  tonight wandering chasing following smashing`);

/** Each spelling with a letter left out, doubled or swapped; the first is kept, the last unless "g". */
function spellings(list: string): ReadonlyMap<string, string> {
  const words = list.trim().split(/\s+/);
  const found = new Map<string, string>([
    ["nife", "knife"],
    ["kinfe", "knife"],
    ["knive", "knife"],
    ["mi", "my"],
  ]);
  for (const word of words) {
    for (let at = 1; at < word.length; at += 1) {
      const before = word.slice(0, at);
      const letter = word.charAt(at);
      const after = word.slice(at + 1);
      if (after !== "" || letter === "g") found.set(before + after, word);
      found.set(before + letter + letter + after, word);
      found.set(before + after.charAt(0) + letter + after.slice(1), word);
    }
  }
  for (const word of [...words, ...OTHER_WORDS]) found.delete(word);
  return found;
}

function spelt(word: string): string {
  return SPELT.get(word) ?? word.slice(0, LONGEST_WORD);
}
