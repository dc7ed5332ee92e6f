import disclosures from "./disclosures-blind.json" with { type: "json" };
import blind from "./danger-blind.json" with { type: "json" };
import { soundsLikeDanger } from "../src/signposting/danger.ts";
import { dangerLessons } from "./support/danger-lessons.ts";
import { dangerFirst, ordinaryFirst } from "./support/danger-sentences-0.ts";
import { dangerOne, ordinaryOne } from "./support/danger-sentences-1.ts";
import { dangerTwo, ordinaryTwo } from "./support/danger-sentences-2.ts";
import { dangerThree, ordinaryThree } from "./support/danger-sentences-3.ts";
import { dangerFour, ordinaryFour } from "./support/danger-sentences-4.ts";
import { dangerFive, ordinaryFive } from "./support/danger-sentences-5.ts";
import { everydaySeven } from "./support/danger-sentences-7.ts";

it.each([...dangerFirst, ...dangerOne, ...dangerTwo])("sounds like danger: %s", (text) => {
  expect(soundsLikeDanger(text)).toBe(true);
});

it("leaves 97 in 100 of the ordinary sentences alone that it was made with", () => {
  const made = [...ordinaryFirst, ...ordinaryOne, ...ordinaryTwo];

  expect(made.filter(soundsLikeDanger).length / made.length).toBeLessThanOrEqual(0.03);
});

/**
 * How many of each kind are got wrong in sentences that somebody else wrote, who had not seen the
 * rules, and in those that it is learned from. The floors are what was reached. Nothing is learned
 * from the sealed part, and nobody who made the rules read it, so only it says what to expect.
 */
it.each([
  { what: "the sealed part", texts: blindPart("sealed"), missed: 3, alarms: 8 },
  { what: "the tuning part", texts: blindPart("tuning"), missed: 0, alarms: 3 },
  {
    what: "what a fifth person told of, mostly not now",
    texts: disclosures,
    missed: 0,
    alarms: 12,
  },
  { what: "the third list", texts: both(dangerThree, ordinaryThree), missed: 0, alarms: 2 },
  { what: "the fourth list", texts: both(dangerFour, ordinaryFour), missed: 0, alarms: 8 },
  { what: "the fifth list", texts: both(dangerFive, ordinaryFive), missed: 0, alarms: 6 },
])("misses $missed and alarms $alarms times in $what", ({ texts, missed, alarms }) => {
  const wrong = (isDanger: boolean) =>
    texts.filter((each) => each.danger === isDanger && soundsLikeDanger(each.text) !== isDanger);

  expect(wrong(true).length).toBeLessThanOrEqual(missed);
  expect(wrong(false).length).toBeLessThanOrEqual(alarms);
});

it("leaves the commands' own examples alone", () => {
  const examples = dangerLessons().filter(({ from }) => from === "commands");
  const alarms = examples.filter(({ text }) => soundsLikeDanger(text));

  expect(alarms.length / examples.length).toBeLessThanOrEqual(0.003);
});

it.each([
  "let me read the East Cambs one for the 8th of August",
  "end my absence",
  "carers support hunts",
  "leave me alone for a fortnight would you",
  "we're not going ahead on the 10th of October",
  "who have you chased so far",
  "who has not submitted",
  "keep fit for over 60s",
  "my mother keeps forgetting things, St Ives",
  "jan just told us hers in the room",
  "nearest petrol station",
  "who's leading the Eyes and Ears item on the 21st",
  "no answer from the family on W8LJ4P3S, please add",
  "K7QF2M9X went well, she is in the refuge now",
  "A mother in St Neots cannot afford school uniform",
  "kids clothes",
  "help to stop smoking",
  "police non emergency",
  "one of the boys at youth club has a rash",
  "someone to take my mum shopping in Ely",
  "someone to help my mum with her tablet in Littleport",
  "find help my mum with her tablet",
  "her hearing aid batteries ran out",
  "made redundant and can't pay his mortgage",
  "dad just came home from hospital, needs meals",
  "worn out with three under fives",
  "mum with three under fives is worn out, Littleport",
  "someone to sit with my husband so i can shop, he has dementia",
  "hasn't left the house in weeks",
  "no electric on prepay meter",
])("leaves what people ask of this bot alone: %s", (text) => {
  expect(soundsLikeDanger(text)).toBe(false);
});

it.each([
  "no answer from the family on the phone and the house is on fire",
  "she is in the refuge now and he is outside with a knife",
  "K7QF2M9X went well, she is in the refuge now. he has found her and is kicking the door",
  "he is at the petrol station pouring petrol on himself",
  "he just told us his plan to kill himself tonight",
  "one of the boys at youth club has a rash and can't breathe",
  "nearest police station, he is following me",
  "he hasn't left the house in weeks and doesn't answer the door",
  "no electric on prepay meter and he is on a ventilator",
  "worn out with three under fives and I want to hurt them",
  "made redundant and can't pay his mortgage and he's on the bridge",
  "someone to sit with my husband so i can shop, he has a knife",
  "someone to take my mum shopping. he is strangling her",
  "she hasn't left the house in weeks, he locks her in",
])("hears danger beside what is ordinary: %s", (text) => {
  expect(soundsLikeDanger(text)).toBe(true);
});

it.each([
  "our old cat is dying",
  "our hamster is dying",
  "my phone is dead",
  "the battery on my scooter is dead",
  "find dead tree in my garden",
  "my plants are dying",
  "strangling ivy",
  "my back is killing me",
  "I'm killing time",
  "kick the habit",
  "jump on a trampoline",
  "needlework and knife skills cookery",
  "wood burning craft",
  "gun dog training",
  "I was killing myself laughing",
])("leaves what only has the words of danger alone: %s", (text) => {
  expect(soundsLikeDanger(text)).toBe(false);
});

it.each([
  "my baby is dying",
  "he said he is killing her",
  "gun in his hand",
  "my cat is dying and he says he will kill me too",
  "my phone is dead and I can't breathe",
  "our dog is dead and he is coming for me with a knife",
  "my back is killing me and my chest hurts",
  "I'm killing time before I kill her",
  "wood burning in the house",
  "the tree is dead and it fell on my dad",
  "I was killing myself",
  "my husband is dying",
  "mum is dead on the floor",
])("hears danger beside such words: %s", (text) => {
  expect(soundsLikeDanger(text)).toBe(true);
});

it("alarms at most 7 times in a list of everyday sentences that nothing is learned from", () => {
  expect(everydaySeven.filter(soundsLikeDanger).length).toBeLessThanOrEqual(7);
});

it.each(["pomocy, on ma nóż", "Помогите, у него нож!", "socorro ele tem uma faca", "999"])(
  "hears danger without a word of English: %s",
  (text) => {
    expect(soundsLikeDanger(text)).toBe(true);
  },
);

it.each(["x", "a,", "he is ", "he has a big kitchen ", "0 ", "🆘", "her his the ", "\n"])(
  "reads 40,000 characters of %j to their end",
  (piece) => {
    const text = piece.repeat(Math.floor(39_000 / piece.length));

    expect(soundsLikeDanger(`${text}. he is stabbing her`)).toBe(true);
  },
);

function both(danger: readonly string[], ordinary: readonly string[]) {
  return [
    ...danger.map((text) => ({ text, danger: true })),
    ...ordinary.map((text) => ({ text, danger: false })),
  ];
}

function blindPart(part: string) {
  return blind.filter((each) => each.part === part);
}

/** What chat clients and people in a hurry do to a sentence. */
const DRESSES: readonly [string, (text: string) => string][] = [
  ["in capital letters", (text) => text.toUpperCase()],
  ["behind a mention", (text) => `<at>Champions</at> ${text}`],
  ["with emoji around it", (text) => `🆘🔥 ${text} 😭😭`],
  ["after another line", (text) => `agenda for March please\n${text}`],
  ["before another line", (text) => `${text}\r\nwhen is the next meeting`],
  ["with two spaces for one", (text) => text.replaceAll(" ", "  ")],
  ["with curly apostrophes", (text) => text.replaceAll("'", "’")],
  ["without apostrophes", (text) => text.replaceAll("'", "")],
  ["in wide letters", (text) => text.replaceAll(/[a-z]/g, wide)],
  ["with joiners between the words", (text) => text.replaceAll(" ", "\u200B \u200D")],
  ["at the end of a long message", (text) => `${"The minutes were agreed. ".repeat(20)}${text}`],
];

function wide(letter: string): string {
  return String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0);
}

it.each(DRESSES)("hears danger %s", (_how, dress) => {
  const unheard = [...dangerFirst, ...dangerOne]
    .map(dress)
    .filter((text) => !soundsLikeDanger(text));

  expect(unheard).toEqual([]);
});

it("hears danger beside the council's business", () => {
  expect(soundsLikeDanger("knife crime figures, a man is stabbing people outside")).toBe(true);
  expect(soundsLikeDanger("what is the fire strategy. also my kitchen is on fire")).toBe(true);
});

it.each([
  "he has been stabed",
  "my boyfreind is chokin me",
  "he is unconcious",
  "my ex has a nife",
  "he is stranglin her",
  "she has taken all her tabelts",
  "hes atacking me",
])("hears danger misspelt: %s", (text) => {
  expect(soundsLikeDanger(text)).toBe(true);
});

it("reads the longest message that Teams delivers to its end", () => {
  const business = "The minutes of the meeting were agreed and the figures were noted ".repeat(600);

  expect(soundsLikeDanger(`${business.slice(0, 39_900)} he is stabbing her`)).toBe(true);
});
