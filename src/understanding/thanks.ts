import { wordsOf } from "./words.ts";

/** What people say when they have what they wanted. */
const THANKS = [
  ...["thanks", "thank you", "cheers", "ta", "ta very much", "thanks very much", "many thanks"],
  ...["thank you very much", "thanks a lot", "thanks so much", "cheers mate", "cheers for that"],
  ...["thanks for that", "thanks for help", "brilliant thanks", "great thanks", "lovely thanks"],
  ...["ok thanks", "perfect thanks", "that's great thanks", "thanks bot", "ta love"],
];
const all = new Set(THANKS.map((words) => wordsOf(words).join(" ")));

/** Whether a text is thanks and nothing else. */
export function isThanks(text: string): boolean {
  return all.has(wordsOf(text).join(" "));
}
