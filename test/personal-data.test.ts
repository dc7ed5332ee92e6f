import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { personalDataIn } from "../src/personal-data.ts";
import { namelessLines, tellingLines } from "./support/lines-in-context.ts";
import { personalLines, plainLines } from "./support/personal-lines.ts";

/** A text, and the kinds of personal data in it. */
type Case = readonly [text: string, ...kinds: string[]];

/** Written before the rules, and looked at while they were made. */
const TUNED: readonly Case[] = [
  ["spoke to Sarah Jones about the centre", "name"],
  ["Mrs Ahmed was at the desk", "name"],
  ["her son Tyler came too", "name"],
  ["Mr. O'Neill asked for help", "name"],
  ["referred by Dr Patel", "name"],
  ["met with Priya Shah at the library", "name"],
  ["client is called Mohammed", "name"],
  ["his name is Jakub Nowak", "name"],
  ["my neighbour Janet told me", "name"],
  ["victim: Amy Winters", "name"],
  ["J. Smith came in", "name"],
  ["John asked for the hub", "name"],
  ["told Emma about True Vision", "name"],
  ["contact Dave on reception", "name"],
  ["ring 07700 900123", "phone"],
  ["tel 01223-496-0123", "phone"],
  ["call +44 7700 900 123 after six", "phone"],
  ["(01353) 496012 is the number", "phone"],
  ["07700.900.456", "phone"],
  ["0044 7700 900789", "phone"],
  ["oh seven seven double oh nine hundred one two three", "phone"],
  ["number is 0 7 7 0 0 9 0 0 1 2 3", "phone"],
  ["email sam@example.org", "email"],
  ["write to a.b-c@mail.example.co.uk please", "email"],
  ["sam at example dot org", "email"],
  ["jo [at] example [dot] com", "email"],
  ["lives in CB7 4EG", "postcode"],
  ["postcode pe132ab", "postcode"],
  ["cb1 2ab area", "postcode"],
  ["NI number QQ 12 34 56 C", "national insurance number"],
  ["AB123456D on the form", "national insurance number"],
  ["NHS 943 476 5919", "nhs number"],
  ["nhs number 9434765919", "nhs number"],
  ["born 4 March 1988", "date of birth"],
  ["DOB 04/03/88", "date of birth"],
  ["date of birth is 4th of March 1988", "date of birth"],
  ["d.o.b 1988-03-04", "date of birth"],
  ["aged 34, lives alone", "date of birth"],
  ["she is 17 years old", "date of birth"],
  ["lives at 12 Mill Road", "address"],
  ["of 4a Station Street", "address"],
  ["flat 3, Kings House", "address"],
  ["happened outside 27 Broad Lane", "address"],
  ["car reg AB12 CDE", "vehicle"],
  ["a van, LK68ZXW, drove off", "vehicle"],
  ["crime ref 35/12345/19", "case number"],
  ["incident number 123 of 4 March", "case number"],
  ["case no. CF/2019/00321", "case number"],
  ["police reference CC-12345678", "case number"],
  ["her instagram is @lilly_x99", "handle"],
  ["her name is kowalska", "name"],
  ["his surname was okafor", "name"],
  ["Ján Kováč came in", "name"],
  ["S\u0430rah rang again", "name"],
  ["the mum of Kai", "name"],
  ["Kai's mum rang", "name"],
  ["zahra(at)example.com", "email"],
  ["write to zahra at gmail", "email"],
  ["NI is a b 1 2 3 4 5 6 c", "national insurance number"],
  ["postcode c b 7 4 a a", "postcode"],
  ["the plate was a-b-1-2-c-d-e", "vehicle"],
  ["on snapchat: dan.the.man7", "handle"],
  ["her name is on the list"],
  ["mother of all meetings"],
  ["Ely's parents evening"],
  ["the council's mum and baby group"],
  ["carer of Fenland residents"],
  ["rows a b c d e f g"],
  ["met at the library in Ely"],
  ["March library, second visit"],
  ["they came to Soham centre"],
  ["asked about Wisbech and St Ives"],
  ["pointed to Citizens Advice"],
  ["Age UK gave a leaflet"],
  ["Marks & Spencer let us use a room"],
  ["Cambridgeshire County Council contact centre"],
  ["asked the Leader about it"],
  ["the vicar was helpful"],
  ["a PCSO came along"],
  ["cost £1,200.50 in 2019"],
  ["in 2019 and 2020"],
  ["see minute 187d"],
  ["from 10am to 4:30pm"],
  ["information given in Polish"],
  ["The leaflet was out of date"],
  ["True Vision was hard to find online"],
  ["Stop Hate UK line was busy"],
  ["interpreter needed next time"],
  ["call back on Monday in October"],
  ["the Emergency Duty Team answered quickly"],
  ["Great Shelford parish hall"],
  ["waited 45 minutes for the hub"],
  ["Victim Support and Galop both fit"],
  ["South Cambridgeshire District Council offices"],
  ["gave 3 leaflets to 12 people"],
  ["the Grace period is over"],
  ["Will call again next week"],
  ["Ring 101 if not urgent"],
  ["may have been April"],
  ["Huntingdon Road is closed"],
  ["section 42 and section 47"],
  ["Polish and Lithuanian speakers"],
];

/** Written at the same time. Not looked at before the rules were ready. */
const SEALED: readonly Case[] = [
  ["saw Michael Brown in the foyer", "name"],
  ["Miss Kowalska needs an interpreter", "name"],
  ["her daughter Aisha waited outside", "name"],
  ["Ms. Begum was upset", "name"],
  ["Councillor's friend Tom Barker rang", "name"],
  ["named Oliver", "name"],
  ["this is about Fatima Khan", "name"],
  ["partner Steve was there", "name"],
  ["the man, Liam, left early", "name"],
  ["Sgt Harris took it over", "name"],
  ["spoke with ahmed hussain yesterday", "name"],
  ["Karen said she will come back", "name"],
  ["passed on to Jenny in housing", "name"],
  ["mobile 07911 123456", "phone"],
  ["phone: 01353/496099", "phone"],
  ["+447911123456", "phone"],
  ["try 0 1 2 2 3 4 9 6 0 0 0", "phone"],
  ["020 7946 0958 works best", "phone"],
  ["+44 (0)1480 496 010", "phone"],
  ["zero seven nine one one, one two three, four five six", "phone"],
  ["mail them at help.me99@post.example", "email"],
  ["tom (at) example (dot) net", "email"],
  ["anna at mail dot example dot com", "email"],
  ["near PE29 3TN", "postcode"],
  ["house in cb24 6az", "postcode"],
  ["SG8 6HH", "postcode"],
  ["nino is jg 10 37 59 a", "national insurance number"],
  ["JG103759A", "national insurance number"],
  ["his NHS no 401 023 2137", "nhs number"],
  ["9876543210 is the nhs number", "nhs number"],
  ["birthday 12 May 2001", "date of birth"],
  ["dob: 1st Jan 1970", "date of birth"],
  ["was born on the twelfth of May 2001", "date of birth"],
  ["a 15 year old boy", "date of birth"],
  ["age 82", "date of birth"],
  ["resident of 101 High Street", "address"],
  ["went back to 7 The Crescent", "address"],
  ["Flat 12B Riverside Court", "address"],
  ["her house, 33 St John's Avenue", "address"],
  ["number plate KX07 HGF", "vehicle"],
  ["reg: bd51smr", "vehicle"],
  ["crime number 35/9981/20", "case number"],
  ["log 441 of 12 May 2019", "case number"],
  ["ref: CAMBS-2019-0442", "case number"],
  ["CAD 1234", "case number"],
  ["twitter @real_danny", "handle"],
  ["facebook name is lou.lou.22", "handle"],
  ["visit in Ramsey went well"],
  ["St Neots drop-in, Thursday"],
  ["Littleport and Chatteris asked the same"],
  ["sent to The Kite Trust"],
  ["Salvation Army was open"],
  ["Cambridge Central Library has a desk"],
  ["Fenland District Council took it"],
  ["leaflets ran out in April"],
  ["The Chair will be told"],
  ["social worker on duty helped"],
  ["a headteacher asked for training"],
  ["budget of £12m for 2020"],
  ["item 7 paragraph 2.2.3"],
  ["open 9:30am to 5pm"],
  ["Urdu interpreter was booked"],
  ["This took two calls"],
  ["Nobody answered at first"],
  ["British Red Cross was closed"],
  ["Addenbrooke's Hospital desk"],
  ["Polish shop owner was grateful"],
  ["Please reprint the poster"],
  ["Eyes and Ears leaflet given"],
  ["Third visit this month"],
  ["MASH was engaged for 20 minutes"],
  ["Christmas closing times were wrong"],
  ["Community Security Trust and Tell MAMA"],
  ["the bus to Whittlesey was late"],
  ["Hope this helps"],
  ["Mark this as done"],
  ["Great Ouse path was flooded"],
  ["Working Together 2018 was quoted"],
  ["under the Care Act 2014"],
  ["25 people, 3 districts"],
  ["Bank holiday hours unclear"],
];

it.each(TUNED)("reads %j", (text, ...kinds) => {
  expect(personalDataIn(text).kinds).toEqual(kinds);
});

/** What an attack got past the rules, and plain sentences that are near to it. */
const ATTACKED: readonly Case[] = [
  ["Phone is ０７７００ ９００１２３", "phone"],
  ["S\u200barah was upset", "name"],
  ["07700\u200b900123", "phone"],
  ["ring O77OO 9OO123", "phone"],
  ["tel o1353 496O12", "phone"],
  ["client JK needs an interpreter", "name"],
  ["Mr K asked again", "name"],
  ["J.K. of Soham", "name"],
  ["patient A.B. came in", "name"],
  ["neighbour at no 14 does it", "address"],
  ["she lives at number 9", "address"],
  ["Mosaic ID 1234567", "case number"],
  ["Liquidlogic 88231 has it", "case number"],
  ["her housing ID is HB12345", "case number"],
  ["client A was told first"],
  ["the patient GP line was busy"],
  ["resident UK line"],
  ["the number 9 bus was late"],
  ["pointed to no 10 leaflet stand"],
  ["ID is not needed at the hub"],
  ["photo ID was asked for in 2019"],
  ["The U.K. line of Stop Hate"],
  ["no one was there at 10.30"],
];

it.each(ATTACKED)("reads %j after an attack", (text, ...kinds) => {
  expect(personalDataIn(text).kinds).toEqual(kinds);
});

it.each<Case>([
  ["lives on Norfolk Street", "address"],
  ["number nine Victoria Road", "address"],
  ["The Old Bakery, Mill Lane", "address"],
  ["find her on snap: ely.girl.x", "handle"],
  ["insta elygirl", "handle"],
  ["the Kowalczyk family", "name"],
  ["Oyelaran was told to wait", "name"],
  ["initials TB", "name"],
  ["asylum solicitor kowalczyk", "name"],
  ["IP address 81.2.69.142", "ip address"],
  ["sort code 20-11-43", "bank details"],
])("says what in %j tells who it is", (text, ...kinds) => {
  expect(personalDataIn(text).kinds).toEqual(kinds);
});

it("finds nearly all of what it was not made with, and cries wolf seldom", () => {
  const personal = SEALED.filter(([, ...kinds]) => kinds.length > 0);
  const plain = SEALED.filter(([, ...kinds]) => kinds.length === 0);

  const missed = personal.filter(([text]) => personalDataIn(text).kinds.length === 0);
  const alarms = plain.filter(([text]) => personalDataIn(text).kinds.length > 0);

  expect(missed.length / personal.length).toBeLessThanOrEqual(0.1);
  expect(alarms.length / plain.length).toBeLessThanOrEqual(0.1);
});

it.each([...personalLines, ...tellingLines])("finds who it is in %j", (text) => {
  expect(personalDataIn(text).kinds).not.toEqual([]);
});

it.each([...plainLines, ...namelessLines])("finds nobody in %j", (text) => {
  expect(personalDataIn(text).kinds).toEqual([]);
});

it("says which part it is", () => {
  expect(personalDataIn("spoke to Sarah Jones, 07700 900123").parts).toEqual([
    { kind: "phone", text: "07700 900123" },
    { kind: "name", text: "Sarah Jones" },
  ]);
});

it("is quick on whatever is typed", () => {
  const hostile = [
    "0 ".repeat(5000),
    "a.".repeat(5000),
    "Aa ".repeat(4000),
    "flat ".repeat(3000),
    "@".repeat(10_000),
    ...[
      "’",
      "1.",
      "Aa-",
      "Aa’",
      "Aa Aa Aa said ",
      "lives on Aa ",
      "told Aa ",
      "a:",
      "insta a.",
    ].map((part) => part.repeat(40_000 / part.length)),
  ];

  for (const text of hostile) expect(() => personalDataIn(text)).not.toThrow();
});

/** The check as an administrator runs it, on lines from standard input. */
function privacyCheck(input: string): unknown[] {
  const { stdout, status } = spawnSync("npm", ["run", "--silent", "privacy-check"], {
    cwd: join(import.meta.dirname, ".."),
    input,
    encoding: "utf8",
  });
  expect(status).toBe(0);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
}

it("reads one text a line and prints one JSON object a line", () => {
  const printed = privacyCheck("ring 07700 900123\nmet in Ely\n\nspoke to Sarah Jones");

  expect(printed).toEqual([
    { personal: true, kinds: ["phone"] },
    { personal: false, kinds: [] },
    { personal: false, kinds: [] },
    { personal: true, kinds: ["name"] },
  ]);
});

it("finds the same on the command line as in the product, in 300 lines", () => {
  const known = [...TUNED, ...SEALED, ...ATTACKED].map(([text]) => text);
  const lines = [...known, ...personalLines, ...plainLines, ...tellingLines, ...namelessLines];

  const printed = privacyCheck(lines.join("\n"));

  expect(lines.length).toBeGreaterThanOrEqual(300);
  expect(printed).toEqual(
    lines.map((text) => {
      const { kinds } = personalDataIn(text);
      return { personal: kinds.length > 0, kinds };
    }),
  );
});
