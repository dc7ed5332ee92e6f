import blind from "./danger-blind.json" with { type: "json" };
import { soundsLikeDanger } from "../src/signposting/danger.ts";
import { dangerOne, ordinaryOne } from "./support/danger-sentences-1.ts";
import { dangerTwo, ordinaryTwo } from "./support/danger-sentences-2.ts";
import { dangerThree, ordinaryThree } from "./support/danger-sentences-3.ts";
import { dangerFour, ordinaryFour } from "./support/danger-sentences-4.ts";
import { dangerFive, ordinaryFive } from "./support/danger-sentences-5.ts";

/** Written before the rules, as people write when something happens in front of them. */
const DANGER = [
  "he is hitting her",
  "Someone is being attacked outside the library",
  "there's a man with a knife in reception",
  "she's being strangled",
  "a resident has been stabbed",
  "he's threatening to kill her",
  "she says she's going to kill herself tonight",
  "my client wants to end his life now",
  "He has a gun",
  "people are fighting in the car park and one is bleeding",
  "help me please he's outside my door",
  "a child is being beaten next door",
  "they are smashing the windows and she is inside",
  "the house is on fire",
  "someone set fire to the mosque",
  "she isn't breathing",
  "he is unconscious on the floor",
  "I think he has taken an overdose",
  "can you log hate crime, he's attacking the shopkeeper right now",
  "signpost domestic abuse, her husband is trying to break in",
  "she is in immediate danger",
  "there is an emergency, a woman is being assaulted",
  "the child is in danger now",
  "I'm in danger",
  "we are in danger",
  "someone is in danger right now",
  "he's got a knife",
  "hes hitting his kid in the street",
  "shes been raped",
  "a girl is being dragged into a car",
  "he won't let her out of the house, he's locked her in",
  "they've locked him in the room and he's screaming",
  "he said he would kill me if I leave",
  "a mob is outside the hostel throwing bricks",
  "someone is throwing stones at the family now",
  "they are kicking a man on the ground",
  "man collapsed in the waiting room",
  "she's having a seizure",
  "she is bleeding badly",
  "he's choking her",
  "help he is going to hurt me",
  "he is chasing her down the road with a bat",
  "her dad is punching her",
  "call the police now",
  "need police urgently",
  "call an ambulance",
  "she is about to jump off the bridge",
  "he's on the roof threatening to jump",
  "suicidal and on the bridge now",
  "I want to kill myself",
  "they're holding a woman against her will",
  "a gang is beating up a boy at the bus stop",
  "he's pointing a weapon at staff",
  "there's an armed man in the building",
  "baby left alone in a locked car, not moving",
  "a toddler has been left on her own in the house right now",
  "somebody has been shot",
  "there has been an acid attack in the market",
  "they poured petrol through the letterbox",
  "he is being racially abused and pushed around in the square right now",
  "what's the number, someone is trying to kidnap a child",
  "next meeting? actually wait someone's attacking the receptionist",
  "he's coming to get me",
  "my ex is outside with a hammer",
  "is there a bomb in the building, we got a threat",
  "she's been stabbed!!",
  "HELP HES GOING TO KILL HER",
  "please help me, I am being followed",
  "he keeps hitting me",
  "dad hits me",
  "There is a man hurting his wife in the foyer",
  "my neighbour is screaming and I can hear him hitting her",
  "someone's just pulled a knife on the librarian",
  "he's trying to strangle her",
  "a woman is hiding in the toilets because her husband is here and wants to kill her",
  "kid has been stabbed outside school",
  "she has taken pills",
  "he is going to kill himself",
  "the man is violent right now",
  "they're attacking him because he's gay",
  "he has her by the throat",
  "please send police",
  "a lady here is bleeding from her head",
  "she is scared for her life",
  "her brother has locked her in the bedroom",
  "I am scared he will kill me",
  "he's pushing her about in the street",
  "he is threatening her with a bottle",
  "someone is breaking into the house and she is alone",
  "child being hit by mum in library",
  "racist gang attacking a family on Mill Road",
  "they are setting fire to a bin against her door",
  "she says she can't go on and has tablets in her hand",
  "fight outside the town hall, someone's hurt",
  "an old man has fallen and isn't responding",
  "we've got a bomb threat at Shire Hall",
  "there is an intruder in the building",
  "hes got a blade",
  "I've been attacked",
  "he raped me",
  "he's outside her house right now banging on the door",
  "her life is in danger",
  "this is an emergency",
  "urgent: child in danger",
  "not safe right now he is here",
  "he hit me",
  "she's unconscious",
  "he's drowning",
  "domestic abuse happening now",
  "someone being assaulted right now",
  "my partner is smashing up the flat",
  "there's blood everywhere",
  "he is stamping on her head",
  "somebody pushed an old lady over and she's hurt",
  "he says he will stab me",
  "she's being followed home",
  "a kid is crying and says daddy is hurting mummy",
  "someone's lying in the road",
  "he's waving a machete",
  "they're shouting racist abuse at a woman and surrounding her now",
  "her boyfriend is strangling her",
  "i can hear shots",
  "he's set himself on fire",
  "there's smoke coming from the flat upstairs and people inside",
  "she's barricaded in the bathroom",
  "the boy is being beaten by three men",
  "someone's threatening people with an axe",
  "a man is trying to grab a girl",
  "I'm bleeding",
  "he's forcing her into a van",
  "please help she's dying",
  "my mum won't wake up",
  "he just punched a woman in the face",
  "She's going to jump",
  "I'm going to hurt myself",
  "he is going to hurt the baby",
  "there's a fight in the foyer",
  "he's kicking the door in",
  "she's been poisoned",
];

/** Ordinary sentences of a council, with the same words in them. */
const ORDINARY = [
  "show me the emergency planning report",
  "is there a danger of overspend this year",
  "he hit his target for adult skills",
  "signpost hate crime",
  "signpost safeguarding child",
  "signpost safeguarding adult Fenland",
  "signpost domestic abuse",
  "log signposting",
  "agenda 8 August 2019",
  "how many people were attacked last year",
  "number of assaults by district",
  "domestic abuse figures for Fenland",
  "what is the knife crime strategy",
  "knife crime figures in Cambridge City",
  "violence against women strategy",
  "show action on fire safety",
  "fire and rescue authority meeting",
  "the fire service update for Ely",
  "suicide prevention strategy",
  "mental health first aid training",
  "risk of harm to the council's reputation",
  "emergency budget meeting",
  "emergency duty team number",
  "who is the emergency planning officer",
  "out of hours emergency contact",
  "dying to see the new library",
  "the deadline is killing me",
  "kill the old agenda item",
  "that would kill the project",
  "shoot me an email",
  "shooting range licensing",
  "photo shoot at the library",
  "bleeding control kits in libraries",
  "budget is bleeding money",
  "attack the backlog",
  "heart attack awareness course",
  "cyber attack risk",
  "cyber attack on the council's website",
  "we are fighting poverty",
  "fighting fund for food banks",
  "the champion is on fire this month",
  "the bus is late, help",
  "help",
  "help me with my update",
  "can you help me please",
  "I need help with the form",
  "police and crime commissioner",
  "police report on hate crime to committee",
  "how do I report to the police",
  "call the police 101 number",
  "ambulance service item on the agenda",
  "child poverty figures",
  "children at risk of exclusion",
  "adults at risk policy",
  "danger money",
  "danger of flooding in March",
  "in danger of missing the deadline",
  "library at risk of closing",
  "jump to the agenda",
  "jump in visitor numbers",
  "she is being considered for the role",
  "he is being kept informed",
  "the item was withdrawn under threat of legal challenge",
  "threat level for Prevent",
  "modern slavery training",
  "weapons amnesty bins",
  "gun licensing report",
  "armed forces covenant",
  "armed forces champion",
  "beat the rush",
  "Ely beat team police",
  "the steering group is being beaten down on price",
  "overdose awareness day",
  "drug overdose deaths in Cambridgeshire",
  "the report was dead on arrival",
  "fatal road collisions figures",
  "road deaths KPI",
  "locked car park opening times",
  "hate crime reports are up by 23",
  "what happened after the attack in 2019",
  "bomb disposal museum visit",
  "choking hazards leaflet",
  "breathing space debt scheme",
  "burning issues for the committee",
  "housing emergency",
  "climate emergency declaration",
  "update: the fight club closed",
  "stab in the dark at the numbers",
  "risk 16 or more",
  "who is at immediate risk of redundancy",
  "hit the target",
  "hitting targets",
  "the councillor is hitting all her targets",
  "he was beaten in the election",
  "she collapsed two agenda items into one",
  "market collapse risk",
  "follow up K7BD2QXM",
  "show assaults figures for Huntingdon",
  "hit rate",
  "how do I record a victim who was attacked last week",
  "a man was beaten up last month where can he report it",
  "she was threatened last year, who can help",
  "log hate crime for someone who was spat at yesterday",
  "the emergency services item",
  "urgent item on the agenda",
  "what is an emergency",
  "is there an emergency meeting",
  "violent crime KPI",
  "safe places scheme",
  "children in need figures",
  "she is in charge of fire safety",
  "is the meeting now",
  "call the chair now",
  "need the papers urgently",
  "someone is on leave",
  "he is being paid",
  "people are moving into the area",
  "they are breaking the budget",
  "threatened library closures",
  "threat to services",
  "the boy scouts event",
  "the home office code",
  "fire at the recycling plant report",
  "police numbers",
  "people killed or seriously injured on roads",
  "deaths of despair report",
  "suicide rate",
  "kill switch",
  "knife bins Peterborough",
  "women's refuge funding",
  "shelter for homeless people",
  "risk register",
  "attack on funding",
  "they have been hit by cuts",
  "families hit by floods",
  "we have been hit by covid",
  "people are being hit by the bedroom tax",
  "staff are threatened with redundancy",
  "she is having a fit out of the office",
  "the council has got a weapon policy",
  "with a hammer price of 5 million",
  "with a bat survey",
  "he got hurt feelings",
  "residents with a gun licence",
  "men are fighting cancer",
  "people fighting loneliness",
  "people are fighting for libraries",
  "they have been chased for payment",
  "he has been chased for the report",
  "clients are followed up",
  "show the fire safety items",
  "what's the number for out of hours",
  "someone is coming to the meeting with a hammer and nails exhibit",
  "the child protection plan numbers",
  "show hate crime in March",
  "show me the Ely update",
  "the man in charge of roads",
  "hit by a bus pass change",
  "where is the violence reduction report",
  "the fight against poverty",
  "we fought off competition",
  "she beats every target",
  "I will be late now",
  "he's dead set against it",
  "blood donation session at the library",
  "blood pressure checks",
  "show services for people who were assaulted",
  "strangled by red tape",
  "driving instructors shooting up in number",
  "the smoke alarm programme",
  "kids holiday scheme",
  "agenda item on knife crime",
  "get the police report",
  "call for evidence",
  "this is an urgent decision",
  "I have been asked to speak",
  "can we jump to item 5",
  "she will be in the building tomorrow",
  "is it safe to post now",
  "stop the digest now",
  "abuse of process",
  "attendance hit 90%",
  "the champion hit back at critics",
  "drug abuse services Wisbech",
  "what to do if someone is being abused",
  "report abuse",
  "adult abuse types",
  "how to report violence",
  "who helps victims of rape",
];

it.each([...DANGER, ...dangerOne, ...dangerTwo])("sounds like danger: %s", (text) => {
  expect(soundsLikeDanger(text)).toBe(true);
});

it("leaves 97 in 100 of the ordinary sentences alone that it was made with", () => {
  const made = [...ORDINARY, ...ordinaryOne, ...ordinaryTwo];

  expect(made.filter(soundsLikeDanger).length / made.length).toBeLessThanOrEqual(0.03);
});

/**
 * How many of each kind are got wrong in sentences that somebody else wrote, who had not seen the
 * rules, and in those that were written to make them. The floors are what was reached. No sentence
 * of the sealed part was read by whoever made the rules, so only it says what to expect.
 */
it.each([
  { what: "the sealed part", texts: blindPart("sealed"), missed: 12, alarms: 15 },
  { what: "the tuning part", texts: blindPart("tuning"), missed: 1, alarms: 5 },
  { what: "the third list", texts: both(dangerThree, ordinaryThree), missed: 1, alarms: 5 },
  { what: "the fourth list", texts: both(dangerFour, ordinaryFour), missed: 3, alarms: 11 },
  { what: "the fifth list", texts: both(dangerFive, ordinaryFive), missed: 1, alarms: 9 },
])("misses $missed and alarms $alarms times in $what", ({ texts, missed, alarms }) => {
  const wrong = (isDanger: boolean) =>
    texts.filter((each) => each.danger === isDanger && soundsLikeDanger(each.text) !== isDanger);

  expect(wrong(true).length).toBeLessThanOrEqual(missed);
  expect(wrong(false).length).toBeLessThanOrEqual(alarms);
});

it.each([
  "who has not submitted",
  "keep fit for over 60s",
  "my mother keeps forgetting things, St Ives",
])("leaves what people ask of this bot alone: %s", (text) => {
  expect(soundsLikeDanger(text)).toBe(false);
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
  const unheard = [...DANGER, ...dangerOne].map(dress).filter((text) => !soundsLikeDanger(text));

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
