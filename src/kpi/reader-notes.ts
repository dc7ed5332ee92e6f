/** Where one sentence of a note ends and another begins. */
const SENTENCE = /\.\s+(?=[A-Z])|\.$/;
/** How a paper words, labels or prints something: for those who keep the data, not its readers. */
const FOR_KEEPERS =
  /^(?:label in text|heading reads|text(?: says)?:? "|printed (?:as|in words)|as above)/i;
const TO_KEEPERS = /; never add .*$/;

/** What a reader of a report needs of a figure's note, a sentence each. The card shows all of it. */
export function notesForReaders(note = ""): string[] {
  return note
    .split(SENTENCE)
    .map((sentence) => sentence.trim().replace(TO_KEEPERS, ""))
    .filter((sentence) => sentence !== "" && !FOR_KEEPERS.test(sentence));
}
