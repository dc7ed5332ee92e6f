import { sampleReading } from "../src/local/sample-reading.ts";

let read: Awaited<ReturnType<typeof sampleReading>>["read"];
beforeAll(async () => ({ read } = await sampleReading()));

const NOON = "2019-09-25T12:00";

it.each([
  ["kpi library visits in east cambs", NOON, { district: "East Cambridgeshire" }],
  ["kpi idva referrals in hunts last quarter", NOON, { district: "Huntingdonshire" }],
  ["show update for the city", NOON, { district: "Cambridge City" }],
  ["anything for lonely people round March way", NOON, { place: "March" }],
  ["kpi idva referrals Q1", NOON, { period: "April to June 2019" }],
  ["kpi library visits 2018/19", NOON, { period: "April 2018 to March 2019" }],
  ["kpi library visits since the spring", NOON, { period: "March to September 2019" }],
  ["kpi library visits in July", NOON, { period: "July 2019" }],
  ["meeting 8/8/19", NOON, { meeting: "8 August 2019" }],
  ["agenda 10 October", NOON, { meeting: "10 October 2019" }],
  ["agenda 8 August 1819", NOON, { meeting: "8 August 1819" }],
  ["agenda for the 10th", NOON, { meeting: "10 October 2019" }],
  ["agenda October 10th", NOON, { meeting: "10 October 2019" }],
  ["agenda 8.8.19", NOON, { meeting: "8 August 2019" }],
  ["agenda 8/8", NOON, { meeting: "8 August 2019" }],
  ["agenda December", NOON, { meeting: "December 2019" }],
  ["meeting Thursday 10 October", NOON, { meeting: "10 October 2019" }],
  ["preview digest for November", NOON, { meeting: "November 2019" }],
  [
    "move the November meeting to the 28th",
    NOON,
    { meeting: "November 2019", to: "28 November 2019" },
  ],
  ["December meeting to the 5th", NOON, { meeting: "December 2019", to: "5 December 2019" }],
  ["move the October one to Thursday week", NOON, { to: "3 October 2019" }],
  ["move meeting 21 November to the 14th", NOON, { to: "14 November 2019" }],
  ["move the next meeting to Friday next week", NOON, { to: "4 October 2019" }],
  ["add meeting 8 February", NOON, { date: "8 February 2020" }],
  ["away until a fortnight on Thursday", NOON, { date: "10 October 2019" }],
  ["I'm back a week on Monday", NOON, { date: "7 October 2019" }],
  ["away until the end of October", NOON, { date: "31 October 2019" }],
  ["away until 1 February", NOON, { date: "1 February 2020" }],
  ["away from Monday until Friday", NOON, { date: "27 September 2019" }],
  ["away until Thursday week", NOON, { date: "3 October 2019" }],
  ["away until next Tuesday", NOON, { date: "1 October 2019" }],
  ["away until tomorrow", NOON, { date: "26 September 2019" }],
  ["audit yesterday", NOON, { date: "24 September 2019" }],
  ["audit 24/9", NOON, { date: "24 September 2019" }],
  ["audit Monday", NOON, { date: "23 September 2019" }],
  ["audit 25 December", NOON, { date: "25 December 2018" }],
  ["me and the wife are off Friday, not back til the 12th", NOON, { date: "12 October 2019" }],
  ["Thursday the tenth, what room", NOON, { meeting: "10 October 2019" }],
  ["is everyone in for the 10th", NOON, { meeting: "10 October 2019" }],
  ["tell me about 146a", NOON, { action: "146a" }],
  ["follow up K7BD2QXM", NOON, { reference: "K7BD2QXM" }],
  ["action 187d", NOON, { action: "187d" }],
  ["actions for Adrian Chapman", NOON, { person: "Adrian Chapman" }],
  ["actions for adrian", NOON, { person: "Adrian Chapman" }],
  ["show actions for christine from 8 August", NOON, { person: "Christine May" }],
  [
    "give officer to Nick Mills from Monday",
    NOON,
    { role: "officer", person: "Nick Mills", date: "30 September 2019" },
  ],
  [
    "make Simon Peel an officer from Monday",
    NOON,
    { role: "officer", person: "Simon Peel", date: "30 September 2019" },
  ],
  [
    "give champion for the city to claire",
    NOON,
    { role: "champion", person: "Claire Richards", district: "Cambridge City" },
  ],
  [
    "end Nick's officer role on Friday",
    NOON,
    { role: "officer", person: "Nick Mills", date: "27 September 2019" },
  ],
  ["who is champion for Fenland", NOON, { district: "Fenland" }],
  ["who looks after the fens", NOON, { district: "Fenland" }],
  ["when did Steve become chair", NOON, { person: "Steve Criswell" }],
  ["act as champion for Hunts", NOON, { district: "Huntingdonshire" }],
  ["signpost hate crime in Wisbech", NOON, { place: "Wisbech" }],
  ["signpost domestic abuse in the city", NOON, { place: "Cambridge City" }],
  ["export updates october", NOON, { meeting: "October 2019" }],
  ["export updates for the 10th", NOON, { meeting: "10 October 2019" }],
  ["what did lis write for August", NOON, { person: "Lis Every", month: "August 2019" }],
  ["put Jan down as oral for 8 August", NOON, { person: "Jan French", meeting: "8 August 2019" }],
  ["Lis is back from leave", NOON, { person: "Lis Every" }],
  ["export kpi report Q1", NOON, { period: "April to June 2019" }],
  ["annual review 2018/19", NOON, { period: "April 2018 to March 2019" }],
  ["signposting summary last quarter", NOON, { period: "April to June 2019" }],
  ["close action 187d", NOON, { action: "187d", status: "complete" }],
])("reads %j at %s as people mean it", async (text, now, told) => {
  const { slots } = await read(text, now);

  expect(slots).toMatchObject(told);
});

it.each([
  // Half past midnight in summer time is the evening before in UTC.
  ["2019-07-10T00:30", "9 July 2019"],
  // The hour that is missing, and the hour that comes twice.
  ["2019-03-31T00:59", "30 March 2019"],
  ["2019-03-31T02:01", "30 March 2019"],
  ["2019-10-27T01:30", "26 October 2019"],
  ["2019-10-28T00:05", "27 October 2019"],
])("counts days in London, right across both clock changes: yesterday at %s", async (now, day) => {
  const { slots } = await read("audit yesterday", now);

  expect(slots).toMatchObject({ date: day });
});
