import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod/v4";
import actionsFile from "../../data/actions.json" with { type: "json" };
import committeeFile from "../../data/committee.json" with { type: "json" };
import directoryFile from "../../data/directory.json" with { type: "json" };
import meetingsFile from "../../data/meetings.json" with { type: "json" };
import peopleFile from "../../data/people.json" with { type: "json" };
import updatesFile from "../../data/updates.json" with { type: "json" };
import { dayCard } from "../../src/audit/cards.ts";
import { addMonths, createClock } from "../../src/calendar.ts";
import { fill, type Card } from "../../src/card-template.ts";
import * as champions from "../../src/champions/cards.ts";
import * as drafts from "../../src/champions/draft-cards.ts";
import type { Draft, StoredDraft, Update } from "../../src/champions/schema.ts";
import { inShort } from "../../src/champions/rules.ts";
import { SECTIONS } from "../../src/champions/schema.ts";
import { statusCard } from "../../src/champions/status-cards.ts";
import * as actionCards from "../../src/committee/action-cards.ts";
import {
  agendaCard,
  agendaLine,
  meetingCard,
  openActionLine,
  planCard,
} from "../../src/committee/cards.ts";
import { historyCard as changesCard } from "../../src/committee/history-cards.ts";
import * as importCards from "../../src/committee/import-cards.ts";
import * as itemCards from "../../src/committee/item-cards.ts";
import * as planCards from "../../src/committee/meeting-cards.ts";
import { openActions } from "../../src/committee/rules.ts";
import {
  Action,
  ActionForm,
  AgendaItem,
  ItemForm,
  Meeting,
  MeetingForm,
} from "../../src/committee/schema.ts";
import { Committee } from "../../src/council.ts";
import { runningSamples } from "./running-cards.ts";
import { channelKnownAs } from "../../src/digest/channel-words.ts";
import { changedCard, channelCard, useChannelCard, digestCard } from "../../src/digest/cards.ts";
import { correctionCard } from "../../src/digest/correction-cards.ts";
import {
  confirmCard,
  historyCard,
  neverWentCard,
  outcomeCard,
} from "../../src/digest/post-cards.ts";
import * as directoryCards from "../../src/directory/cards.ts";
import {
  checksCard,
  closedCard,
  correctionsCard,
  doneCard,
  heardCard,
  suggestCard,
  unmetCard,
} from "../../src/directory/officer-cards.ts";
import { Service, type Suggestion } from "../../src/directory/schema.ts";
import { paginate } from "../../src/digest/rules.ts";
import { Channel, DigestSettings, Post } from "../../src/digest/schema.ts";
import { pauseCard, settingsCard } from "../../src/digest/settings-cards.ts";
import {
  IN_PERSON,
  type Command,
  type DigestSection,
  type Place,
  type Turn,
} from "../../src/feature.ts";
import * as papers from "../../src/papers/cards.ts";
import * as people from "../../src/people/cards.ts";
import { CommitteePerson, RoleForm } from "../../src/people/schema.ts";
import { nudgeSamples } from "./nudge-cards.ts";
import { signpostingSamples } from "./signposting-cards.ts";
import * as feeds from "../../src/directory/feed/cards.ts";
import { Feed, Reading } from "../../src/directory/feed/schema.ts";
import * as understanding from "../../src/understanding/cards.ts";
import { kpiSamples } from "./kpi-cards.ts";

const CARDS = join(import.meta.dirname, "../../cards");
const MEETING = {
  date: "2019-10-10",
  draftDeadline: "2019-09-27",
  publication: "2019-10-02",
  state: "planned",
} as const;
const MOVED = { ...MEETING, state: "moved", movedTo: "2019-10-17" } as const;
const NOW = createClock("2019-09-25T09:00")();
const NEVER = { meeting: MEETING, kinds: [{ kind: "digest", at: NOW } as const] };
const TODAY = "2019-09-25";

const committee = Committee.parse(committeeFile);
const meetings = meetingsFile.map((each) => ({
  meeting: Meeting.parse(each),
  agenda: each.agenda.map((item) => AgendaItem.parse(item)),
}));

/** A filled card, by the name of its file and the occasion on which it is shown. */
export interface Sample {
  readonly name: string;
  readonly occasion: string;
  readonly card: Card;
}

/** A card file as it is written, with its gaps. */
export function readCard(name: string): Card {
  return JSON.parse(readFileSync(join(CARDS, `${name}.json`), "utf8")) as Card;
}

/** Every object on a card that has a type, or of one type. */
export function elementsOf(node: unknown, type?: string): Record<string, unknown>[] {
  if (Array.isArray(node)) return node.flatMap((item) => elementsOf(item, type));
  if (typeof node !== "object" || node === null) return [];
  const own = node as Record<string, unknown>;
  const isMeant = typeof own["type"] === "string" && (type === undefined || own["type"] === type);
  return [
    ...(isMeant ? [own] : []),
    ...Object.values(own).flatMap((part) => elementsOf(part, type)),
  ];
}

/** The verbs of a card's buttons. */
export function verbsOn(card: Card): string[] {
  return elementsOf(card, "Action.Execute").map(({ verb }) => String(verb));
}

/** Every card of the product, filled as in use with the real papers of autumn 2019. */
export function sampleCards(): Sample[] {
  return [
    ...formSamples(),
    ...updateSamples(),
    ...digestSamples(),
    ...committeeSamples(),
    ...understandingSamples(),
    ...peopleSamples(),
    ...paperSamples(),
    ...nudgeSamples(),
    ...signpostingSamples(),
    ...kpiSamples(),
    ...directorySamples(),
    ...feedSamples(),
    ...runningSamples(),
    sample(
      "local/acting",
      "as a champion",
      fill("local/acting", { name: "Jan French", role: "Champion for Fenland", isChampion: true }),
    ),
  ];
}

function paperSamples(): Sample[] {
  const recipe = { paper: "updates", wish: { meeting: "2019-08-08" }, format: "word" } as const;
  const title = "Community Champions updates for 8 August 2019";
  const name = `${title}.docx`;
  const summary = committee.districts.map((district) => `${district.name}: Written`);
  const document = { title, blocks: [], summary, list: { columns: [], rows: [] } };
  const address = `https://bot.council.example/papers/${"x".repeat(90)}`;
  const link = { address, until: "9:15am on 25 September 2019" };
  const offered = { recipe, document, name, link: undefined, canLink: true };
  const problem = "Your OneDrive did not take the file, so nothing was saved.";
  return [
    sample("papers/offer", "asked for consent", papers.offerCard(offered)),
    sample("papers/offer", "by a link", papers.offerCard({ ...offered, link })),
    ...(["saving", "saved", "declined", "failed"] as const).map((outcome) =>
      sample("papers/settled", outcome, papers.settledCard({ outcome, name, recipe, problem })),
    ),
  ];
}

function directorySamples(): Sample[] {
  const services = z.array(Service).parse(directoryFile.services);
  const [first, second] = services;
  const closed = services.find(({ status }) => status === "temporarily closed");
  if (!first || !second || !closed) throw new Error("The sample directory is empty");
  const around = { committee, today: TODAY };
  const asked = { text: "men's shed", district: "", page: 2, count: 3, calm: "" };
  const longest = {
    ...first,
    description: "Everybody is welcome. ".repeat(200),
    email: "someone@example.org",
    url: "https://www.example.org/a?b=c",
  };
  const hits = [longest, second, closed].map((service) => ({ service, reasons: ["shed"] }));
  const suggestion: Suggestion = {
    ...{ id: "operation", service: first.id, serviceName: first.name, text: "01632 960000" },
    field: "phone",
    ...{ by: { id: "x", name: "Priya Shah" }, at: NOW.toString() },
  };
  const danger = { ...first, taxonomyTerms: [{ id: "emergency", name: "Emergency" }] };
  const one = (name: string, occasion: string, card: Card) =>
    sample(`directory/${name}`, occasion, card);
  return [
    one(
      "results",
      "a page of three",
      directoryCards.resultsCard(
        asked,
        { hits, total: 9, place: "Fenland", safety: "In danger now, call 999." },
        { ...around, seenIn: "channel" },
      ),
    ),
    one(
      "nothing",
      "in Fenland",
      directoryCards.nothingCard(
        asked,
        {
          place: "Fenland",
          remarks: ["I do not know the place Narnia, so I searched the whole county."],
          inCounty: 4,
          wider: [
            { need: "exercise", near: "March", within: "" },
            { need: "timebank", near: "", within: "county" },
          ],
        },
        longest,
        around,
      ),
    ),
    one("find", "with a problem", directoryCards.findCard(asked, around, "Write something.")),
    one(
      "service",
      "the longest",
      directoryCards.serviceCard(longest, asked, { ...around, seenIn: "channel" }),
    ),
    one("plain", "closed for now", directoryCards.plainCard(closed, around)),
    one(
      "unmet",
      "two needs",
      unmetCard(
        "2019-09",
        {
          lines: [
            { words: "zorbing", district: "fenland", count: 10 },
            { words: "", district: "several", count: 5 },
          ],
          others: "hidden",
        },
        5,
        committee,
      ),
    ),
    one(
      "suggest",
      "with a problem",
      suggestCard(
        { ...suggestion, chosen: "", operation: "x", asked: "" },
        { service: first },
        "Write.",
      ),
    ),
    one(
      "suggest",
      "with a list to choose the service from",
      suggestCard(
        { ...suggestion, id: "", chosen: first.id, operation: "x", asked: "" },
        { choices: services },
      ),
    ),
    one(
      "heard",
      "with the way back to a suggestion",
      heardCard({ ...suggestion, chosen: "", operation: "x", asked: "" }),
    ),
    one("done", "suggested", doneCard("Suggested", "The officer will decide.")),
    one(
      "corrections",
      "a page of eight",
      correctionsCard(
        Array.from({ length: 8 }, () => ({ suggestion, service: first })),
        9,
        { isAdministrator: false, pointedTo: new Set<string>() },
      ),
    ),
    one(
      "corrections",
      "one was accepted, and a danger's contact waits",
      correctionsCard([{ suggestion: { ...suggestion, field: "phone" }, service: danger }], 1, {
        decided: {
          ...suggestion,
          ...{ was: "£2", decision: "accepted", decidedBy: { id: "o", name: "An Officer" } },
        },
        isAdministrator: false,
        pointedTo: new Set<string>(),
      }),
    ),
    one("closed", "two", closedCard(services.slice(0, 2), 2)),
    one(
      "checks",
      "a page of eight",
      checksCard(services.slice(0, 8), 76, 1, {
        today: around.today,
        isAdministrator: false,
        pointedTo: new Set<string>(),
      }),
    ),
    sample("teams/said", "nothing found", fill("teams/said", { text: "Nothing fits." })),
    sample(
      "teams/pick",
      "two services",
      fill("teams/pick", {
        text: "my neighbour is lonely",
        first: "a",
        ...{ place: "Ramsey and the rest of Huntingdonshire", hasPlace: true },
        remarks: [{ remark: "You spoke of “lonely” and “debt”. The best for each comes first." }],
        choices: [
          { title: "Ramsey Timebank", value: "a" },
          { title: "Ely Timebank", value: "b" },
        ],
      }),
    ),
  ];
}

function feedSamples(): Sample[] {
  const reading = Reading.parse({
    ...{ run: "run", state: "reading", day: TODAY, startedAt: NOW.toString() },
    ...{ standard: "HSDS-UK 3.0", pages: 3, records: 300, accepted: 280, refused: 12, mended: 8 },
    total: 1240,
  });
  const feed = {
    ...Feed.parse({
      ...{ id: "feed", committee: committee.id, isDaily: true },
      ...{ name: "directory.example.org", url: "https://directory.example.org/services" },
      applied: { run: "earlier", at: NOW.toString(), services: 1238, reader: 1 },
    }),
    reading,
  };
  const faults = Array.from({ length: 400 }, (_, at) => ({
    id: `0d0c1b1a-5f5f-4a3a-9d5f-${String(at).padStart(12, "0")}`,
    reason: "Its status is missing or unknown. It must be active, inactive or defunct.",
    isRefused: at % 2 === 0,
  }));
  const states: Partial<Reading>[] = [
    {},
    { state: "held", isRead: true, vanished: 400, problem: "400 of 1,238 services are gone." },
    { state: "applying", batches: 9, applied: 4, added: 20, same: 400 },
    { state: "done", isRead: true, repeatsFrom: 4 },
    { state: "paused", problem: "The feed asks us to wait.", notBefore: NOW.toString() },
    { state: "failed", problem: "The feed answered with error 404." },
    { state: "discarded" },
  ];
  return [
    sample("directory/feed/import", "blank", feeds.importCard()),
    sample(
      "directory/feed/import",
      "with a problem",
      feeds.importCard({ address: "x", list: "id,name", name: "" }, "That is not an address."),
    ),
    ...states.map((changes) =>
      sample(
        "directory/feed/progress",
        changes.state ?? "reading",
        feeds.progressCard({ ...feed, reading: { ...reading, ...changes } }, faults),
      ),
    ),
    sample("directory/feed/refused", "many", feeds.faultsCard(feed, faults, 100)),
    sample("directory/feed/feeds", "none", feeds.feedsCard([])),
    sample("directory/feed/feeds", "one", feeds.feedsCard([feed])),
    sample("directory/feed/take-out", "asked", feeds.takeOutCard(feed)),
  ];
}

function peopleSamples(): Sample[] {
  const { people: everybody } = z.object({ people: z.array(CommitteePerson) }).parse(peopleFile);
  const [first, second] = everybody;
  if (!first || !second) throw new Error("The sample council has nobody");
  const grant = { ...first, role: "champion", district: "fenland", from: TODAY } as const;
  const ended = [
    {
      id: second.id,
      name: second.name,
      role: { ...grant, from: "2018-05-30" },
      until: "2019-09-24",
    },
  ];
  const form = { ...RoleForm.parse({ role: "champion", district: "fenland", from: TODAY }) };
  const csv = "role,district,name,id,from,until\nofficer,,Sam Okoro,,2019-10-01,";
  const turn = { committee, now: NOW } as Turn;
  const held = { value: "x", person: first, role: grant };
  const entry = { at: NOW.toString(), personId: "x", name: first.name, record: "fenland" } as const;
  const bad = [{ number: 2, problem: "Choose the district that the champion writes for." }];
  return [
    sample("people/who", "the sample council", people.whoCard(everybody, committee, TODAY)),
    sample("people/role", "blank", people.roleCard(form, committee, everybody)),
    sample(
      "people/role",
      "with a problem",
      people.roleCard(form, committee, everybody, "Enter the first day of the role."),
    ),
    sample("people/confirm", "two", people.confirmCard(grant, ended, committee, TODAY)),
    sample("people/done", "a role given", people.doneCard("Jan French is officer.")),
    sample("people/end", "one role", people.endCard({ holding: "x", until: "" }, [held], turn)),
    sample(
      "people/confirm-end",
      "now",
      people.confirmEndCard({ holding: "x", until: "" }, "Jan French: officer, since 2018."),
    ),
    sample("people/import", "blank", people.importCard("")),
    sample(
      "people/preview",
      "with a bad line",
      people.previewCard(csv, { grants: [], ended: [], bad }, committee, TODAY),
    ),
    sample(
      "people/preview",
      "good",
      people.previewCard(csv, { grants: [grant], ended, bad: [] }, committee, TODAY),
    ),
    sample("people/export", "one line", people.exportCard(csv, 1)),
    sample(
      "audit/day",
      "two entries",
      dayCard(
        TODAY,
        [
          { ...entry, what: "submitted an update", place: "personal", outcome: "done" },
          { ...entry, what: "post digest", place: "channel", outcome: "refused" },
        ],
        { people: everybody, page: 1 },
      ),
    ),
  ];
}

/** The cards that show what people type, with this text in every field that can hold any. */
export function cardsSaying(text: string): Card[] {
  const update = buildUpdate({
    sections: { updates: [text, text], contacts: [text], goodPractice: [text] },
    champion: text,
    author: { id: "champion", name: text },
    priorities: ["prevent"],
  });
  const districts = [{ id: update.district, name: text, aliases: [] }];
  const priorityLists = committee.priorityLists.map((list) => ({
    ...list,
    priorities: [{ id: "prevent", name: text }],
  }));
  const council: Committee = { ...committee, name: text, districts, priorityLists };
  const typed = { updates: text, contacts: text, goodPractice: text };
  const around = {
    committee: council,
    districtName: text,
    champion: text,
    problem: text,
    note: text,
  };
  const sections = [
    {
      title: text,
      blocks: [
        {
          head: text,
          lines: [text, text],
          whole: { title: text, verb: "champions.read", data: {} },
        },
      ],
    },
  ];
  return [
    champions.formCard(buildDraft(typed), {
      ...buildAround(),
      ...around,
      last: update,
      theirs: update,
    }),
    champions.updateCard(update, council, { canEdit: true, canSeeHistory: true }),
    directoryCards.plainCard(saying(text), { committee: council, today: TODAY }),
    digestCard(text, { ...MEETING, venue: text }, [sections], { page: 1, now: NOW, today: TODAY }),
  ];
}

/** A service as a feed may send it. */
function saying(text: string): Service {
  return {
    ...{ id: "x", name: text, description: text, status: "active", phones: [text] },
    organization: { id: "x", name: text },
    ...{ eligibility: text, fees: text, alert: text, taxonomyTerms: [], areas: [], public: true },
    locations: [{ name: text }],
    schedules: [{ days: [], description: text }],
    source: { kind: "feed", name: text, retrieved: TODAY },
  };
}

function keptPart(): Card {
  const part = { section: "Updates", text: "Golden Age fair\nin March library" };
  return drafts.keptCard(buildDraft({}), committee, part, {
    ...{ page: 2, pages: 3 },
    problem: "Shorten it to 6,000 or fewer.",
  });
}

function formSamples(): Sample[] {
  const last = longestUpdate();
  const typed = Object.fromEntries(SECTIONS.map((name) => [name, last.sections[name].join("\n")]));
  const full = buildDraft({ ...typed, priorities: ["prevent"], version: 1 });
  const around = buildAround();
  const problem = "This update was changed while you were writing. Both texts are here.";
  const note = "This is your draft. Only you can see it.";
  const [first = last] = pastUpdates();
  const form = (occasion: string, card: Card) => sample("champions/form", occasion, card);
  const oral = {
    meetings: [MEETING, { date: "2019-08-08", publication: "2019-07-31" }],
    districts: committee.districts,
    meeting: "2019-08-08",
    district: "fenland",
    minuted: "The Golden Age fair in Wisbech",
    operation: "turn",
  };
  return [
    form("blank", champions.formCard(buildDraft({}), around)),
    form("a draft", champions.formCard(full, { ...around, note })),
    form(
      "with items to carry",
      champions.formCard(buildDraft({}), { ...around, last, carried: ["updates-0", "contacts-1"] }),
    ),
    form(
      "with a problem",
      champions.formCard(full, { ...around, problem: "Nothing is written yet." }),
    ),
    form(
      "with somebody else's text",
      champions.formCard(full, { ...around, problem, theirs: first }),
    ),
    form(
      "with other drafts",
      champions.formCard(full, { ...around, note, others: buildDrafts(full) }),
    ),
    form(
      "without a meeting",
      champions.formCard(full, { ...around, months: [{ month: "2019-09" }] }),
    ),
    sample(
      "champions/discarded",
      "with the words kept",
      drafts.discardedCard(
        {
          ...full,
          openedFor: "2019-09",
          priorities: "prevent",
          carry: "",
          carryFrom: "",
        },
        undefined,
      ),
    ),
    sample(
      "champions/discarded",
      "with another draft that stays",
      drafts.discardedCard(
        {
          ...full,
          openedFor: "2019-09",
          priorities: "prevent",
          carry: "",
          carryFrom: "",
        },
        full,
      ),
    ),
    sample("champions/oral", "blank", champions.oralCard({ ...oral, minuted: "" })),
    sample(
      "champions/oral",
      "with a problem",
      champions.oralCard({ ...oral, problem: "Choose the district." }),
    ),
  ];
}

function updateSamples(): Sample[] {
  const longest = longestUpdate();
  const version = { ...longest, version: 2, late: true, priorities: ["prevent", "homelessness"] };
  const everything = { canEdit: true, canSeeHistory: true };
  const states = committee.districts.map(({ name }, position) => ({
    districtName: name,
    champion: position === 4 ? "Vacant" : "Jan French",
    state: position % 2 === 0 ? champions.briefState(longest) : "Nothing yet",
  }));
  const year = Array.from({ length: 12 }, (_, back) => ({
    month: addMonths("2019-09", -back),
    district: "fenland",
    state: back % 2 === 0 ? champions.stateLine(longest) : "Nothing",
    canShow: back % 2 === 0,
  }));
  return [
    sample(
      "champions/update",
      "the longest of the papers, for its champion",
      champions.updateCard(version, committee, everything),
    ),
    sample(
      "champions/update",
      "for a member of staff",
      champions.updateCard(buildUpdate({}), committee, { canEdit: false, canSeeHistory: false }),
    ),
    sample(
      "champions/update",
      "withdrawn",
      champions.updateCard({ ...longest, status: "withdrawn" }, committee, everything),
    ),
    sample(
      "champions/update",
      "an older version",
      champions.updateCard(longest, committee, { ...everything, canEdit: false, newest: 3 }),
    ),
    sample(
      "champions/history",
      "two versions",
      champions.historyCard([version, longest], committee),
    ),
    sample("champions/year", "twelve months", champions.yearCard("Fenland", year, [])),
    sample(
      "champions/year",
      "with two drafts",
      champions.yearCard("Fenland", year, buildDrafts(buildDraft({ updates: "Golden Age fair" }))),
    ),
    sample("champions/status", "five districts", statusCard(MEETING, states)),
    sample("champions/status", "a second meeting", statusCard(MEETING, states, "Elsewhere.")),
    sample("champions/withdraw", "the last question", champions.withdrawCard(version, committee)),
    sample("champions/kept", "the second of three parts", keptPart()),
    sample("champions/late", "for the officer", champions.lateCard(version, committee)),
    sample("champions/which-district", "five districts", champions.whichDistrictCard(committee)),
    sample(
      "champions/whole",
      "from the digest",
      fill("champions/whole", {
        ...champions.updateBody(longest, committee),
        districtName: "East Cambridgeshire",
        monthName: "August 2019",
        state: champions.stateLine(longest),
        meeting: MEETING.date,
        page: 1,
      }),
    ),
  ];
}

function digestSamples(): Sample[] {
  const place: Place = {
    kind: "channel",
    conversation: "channel",
    tenant: "council",
    serviceUrl: "http://127.0.0.1/",
    bot: { id: "bot", name: "Community Champions" },
    channel: "channel",
  };
  const before = Channel.parse({
    place: { ...place, channel: "another channel" },
    ...{ audience: "committee", isStated: false, by: "Nick Mills", at: NOW.toString() },
  });
  const post = Post.parse({
    meeting: MEETING.date,
    kind: "digest",
    to: "channel",
    state: "sent",
    attempt: 1,
    by: "Nick Mills",
    at: NOW.toString(),
  });
  const pages = paginate(digestSections());
  const digests = pages.map((_, index) =>
    sample(
      "digest/digest",
      `page ${index + 1} of ${pages.length}`,
      digestCard(committee.name, MEETING, pages, { page: index + 1, now: NOW, today: TODAY }),
    ),
  );
  return [
    ...digests,
    sample(
      "digest/digest",
      "with nothing to say",
      digestCard(committee.name, MEETING, [[]], { page: 1, now: NOW, today: TODAY }),
    ),
    ...["here", channelKnownAs(before), undefined].map((now) =>
      sample(
        "digest/use-channel",
        `they go ${now ?? "nowhere"}`,
        useChannelCard(committee.name, now),
      ),
    ),
    sample(
      "digest/channel",
      "instead of another one",
      channelCard(committee.name, place, "committee", {
        ...{ readers: "team", before: channelKnownAs(before) },
      }),
    ),
    ...(["committee", "private", "public"] as const).flatMap((audience) => [
      sample(
        "digest/channel",
        `read by ${audience}`,
        channelCard(committee.name, place, audience, { readers: "not known" }),
      ),
      sample("digest/confirm", `read by ${audience}`, confirmCard(MEETING, audience)),
    ]),
    ...(
      [
        "sent",
        "refused",
        "sending",
        "doubtful",
        "empty",
        "paused",
        "missed",
        "no channel",
        "not needed",
      ] as const
    ).map((state) => sample("digest/outcome", state, outcomeCard({ ...post, state }))),
    sample(
      "digest/outcome",
      "a correction while paused",
      outcomeCard({ ...post, kind: "correction", about: "changed", state: "paused" }),
    ),
    sample(
      "digest/outcome",
      "doubtful in an earlier channel",
      outcomeCard({ ...post, state: "doubtful" }, before),
    ),
    sample(
      "digest/outcome",
      "settled by an officer",
      outcomeCard({ ...post, settledBy: "Nick Mills" }),
    ),
    sample(
      "digest/outcome",
      "outdated where it stands",
      outcomeCard({ ...post, settledBy: "Nick Mills", outdated: true }),
    ),
    ...[MEETING, MOVED].map((meeting) =>
      sample(
        "digest/correction",
        meeting.state,
        correctionCard(committee.name, meeting, NOW.toString()),
      ),
    ),
    sample(
      "digest/correction",
      "acknowledged",
      correctionCard(committee.name, MOVED, NOW.toString(), { isAcknowledged: true }),
    ),
    sample("digest/never-went", "one meeting", neverWentCard(committee.name, [NEVER])),
    sample("digest/changed", "moved", changedCard(committee.name, MOVED)),
    sample("digest/history", "nothing yet", historyCard(committee.name, [])),
    sample(
      "digest/history",
      "one meeting",
      historyCard(committee.name, [
        {
          date: MEETING.date,
          posts: [post, { ...post, kind: "chair", state: "refused", reason: "403" }],
          acknowledged: [{ person: "7", name: "Jan French", at: NOW.toString(), kind: "digest" }],
        },
      ]),
    ),
    ...settingsSamples(),
  ];
}

function settingsSamples(): Sample[] {
  // Only what these cards read of a turn.
  const turn = { committee, now: NOW } as Turn;
  const settings = DigestSettings.parse({
    pausedFrom: NOW.toString(),
    pausedUntil: "2019-11-01",
  });
  const form = { workingDaysBefore: "5", time: "09:00", atPublication: "true", toChair: "true" };
  const lines = [{ line: "The digest goes to the channel at 9am on 3 October 2019." }];
  const problem = "Time of day must be between 6am and 9:59pm.";
  return [
    sample("digest/settings", "paused", settingsCard(form, settings, { turn, lines })),
    sample("digest/settings", "with a problem", settingsCard(form, settings, { turn, problem })),
    sample("digest/pause", "until a day", pauseCard({ until: "2019-11-01" }, lines, turn)),
  ];
}

function committeeSamples(): Sample[] {
  const known = meetings.filter(({ meeting }) =>
    [MEETING.date, "2020-04-16"].includes(meeting.date),
  );
  const view = { today: TODAY, canEdit: true, note: "Changed." };
  return [
    ...known.flatMap(({ meeting, agenda }) => [
      sample("committee/meeting", meeting.date, meetingCard(committee.name, meeting, view)),
      sample("committee/agenda", meeting.date, agendaCard(committee.name, meeting, agenda, view)),
      sample(
        "committee/agenda",
        `${meeting.date}, empty`,
        agendaCard(committee.name, meeting, [], { today: TODAY }),
      ),
    ]),
    ...planSamples(),
    ...actionSamples(),
    ...importSamples(),
  ];
}

function planSamples(): Sample[] {
  const [meeting = known()] = meetings.map((each) => each.meeting).slice(1);
  const plan = meetings.map((each) => each.meeting);
  const unlawful: Meeting = { ...meeting, publication: "2019-10-04", draftDeadline: "2019-10-05" };
  const moved: Meeting = { ...meeting, state: "moved", movedTo: "2019-10-17" };
  const form = { ...MeetingForm.parse({ was: meeting.date, version: 1 }), date: "2019-10-17" };
  const stored = { value: meeting, version: 1, etag: "1" };
  const to = { ...unlawful, date: "2019-10-17" };
  const edits = [{ before: stored, after: moved, what: "moved the meeting" }];
  const items = meetings[1]?.agenda ?? [];
  const agenda = { kept: meeting.date, items, etags: new Map(), version: 1, headEtag: "1" };
  const [item = AgendaItem.parse({})] = items;
  const itemForm = ItemForm.parse({ meeting: meeting.date, title: "Cambs 2020 Update" });
  const titled = committee.name;
  return [
    sample("committee/meeting", "unlawful", meetingCard(titled, unlawful, { today: TODAY })),
    sample("committee/meeting", "moved", meetingCard(titled, moved, { today: TODAY })),
    sample(
      "committee/plan",
      "for everyone",
      planCard(titled, plan, { page: 1, today: TODAY, canEdit: false }),
    ),
    sample(
      "committee/plan",
      "with none",
      planCard(titled, [], { page: 1, today: TODAY, canEdit: true }),
    ),
    sample("committee/meeting-form", "new", planCards.meetingFormCard(MeetingForm.parse({}))),
    sample(
      "committee/meeting-form",
      "with a problem",
      planCards.meetingFormCard(form, "Enter the date of the meeting."),
    ),
    sample(
      "committee/meeting-confirm",
      "moving",
      planCards.confirmMeetingCard(
        form,
        {
          ...{ edits, meeting: to, from: meeting.date, isNew: false },
        },
        { today: TODAY, effects: ["2 updates are written for it. What is written goes along."] },
      ),
    ),
    sample(
      "committee/meeting-cancel",
      "the last question",
      planCards.cancelCard(stored, "2 updates are written for it."),
    ),
    sample("committee/which-meeting", "to cancel", planCards.whichMeetingCard(plan, "cancel")),
    sample("committee/item-form", "new", itemCards.itemFormCard(itemForm, plan)),
    sample(
      "committee/item-form",
      "known, with a problem",
      itemCards.itemFormCard({ ...itemForm, was: "7", order: "7" }, plan, "Enter the title."),
    ),
    sample("committee/which-item", "of many", itemCards.whichItemCard(meeting.date, agenda)),
    sample(
      "committee/item-remove",
      "the last question",
      itemCards.removeItemCard(meeting.date, agenda, item),
    ),
  ];

  function known(): Meeting {
    throw new Error("The sample council has no meetings");
  }
}

function actionSamples(): Sample[] {
  const log = actionsFile.actions.map((each) => Action.parse(each));
  const longest = log.toSorted((a, b) => JSON.stringify(b).length - JSON.stringify(a).length);
  const [action = Action.parse({})] = longest;
  const form = ActionForm.parse({ ...action, version: 1 });
  const many = Array.from({ length: 3 }, () => log).flat();
  const entry = { version: 2, what: "changed an action", by: "Nick Mills", at: NOW.toString() };
  const after = { ...action, status: "ACTION COMPLETE", comments: "Sent to Members." };
  return [
    sample("committee/action", "the longest", actionCards.actionCard(action, { canEdit: true })),
    sample("committee/action-form", "the longest", actionCards.actionFormCard(form)),
    sample(
      "committee/action-form",
      "new, with a problem",
      actionCards.actionFormCard(ActionForm.parse({}), "Enter the report title."),
    ),
    sample(
      "committee/actions",
      "a page of many",
      actionCards.actionsCard(committee.name, many, {
        show: "all",
        owner: "",
        meetings: "",
        page: 2,
      }),
    ),
    sample(
      "committee/actions",
      "none",
      actionCards.actionsCard(
        committee.name,
        [],
        { show: "complete", owner: "Jo", meetings: "2019-05", page: 1 },
        "I took May 2019 to be the month of the meetings.",
      ),
    ),
    sample(
      "committee/history",
      "of an action",
      changesCard({ of: "action", record: action.minute, page: 1 }, [
        { ...entry, before: action, after },
      ]),
    ),
    sample(
      "committee/history",
      "of nothing",
      changesCard({ of: "agenda", record: MEETING.date, page: 1 }, []),
    ),
  ];
}

function importSamples(): Sample[] {
  const kind = {
    name: "meetings",
    command: "import meetings",
    columns: ["meeting_date", "agenda_item"],
    optional: ["venue"],
    example: { meeting_date: "2019-10-17" },
  } as const;
  const lines = Array.from(
    { length: 200 },
    (_, at) => `Line ${at + 2}, column meeting_date: no day.`,
  );
  const plan = {
    ...{ fresh: [], changed: [], same: 3, bad: [], warnings: [], left: "" },
    ...{ toWrite: [], seen: {}, overtaken: [] },
  };
  const done = { written: 12, leftOut: [], countLeftOut: 0 };
  return [
    sample("committee/import", "blank", importCards.importCard(kind, "")),
    sample("committee/import", "with a problem", importCards.importCard(kind, "a,b", "Paste it.")),
    sample("committee/import-preview", "the same", importCards.previewCard("list", plan)),
    sample(
      "committee/import-preview",
      "with everything",
      importCards.previewCard("list", {
        ...plan,
        ...{ fresh: lines, changed: lines, bad: lines, warnings: lines },
        left: "Items of these meetings that are not on the list: 3. They stay.",
      }),
    ),
    sample("committee/import-done", "finished", importCards.importDoneCard("meetings", done)),
    sample(
      "committee/import-done",
      "with some left out",
      importCards.importDoneCard("actions", { written: 0, leftOut: lines, countLeftOut: 300 }),
    ),
    sample("committee/importing", "under way", importCards.importingCard("2019-09-25.list")),
    sample("committee/template", "of the agenda plan", importCards.templateCard(kind)),
  ];
}

function understandingSamples(): Sample[] {
  const commands = [
    "log update",
    "show update",
    "next meeting",
    "agenda",
    "post digest",
    "preview digest",
    "help",
  ].map((name, position) => buildCommand(name, position < 2 ? "Your monthly update" : "Meetings"));
  return [
    sample("understanding/help", "for an officer", understanding.helpCard(commands)),
    sample(
      "understanding/nearest",
      "four commands",
      understanding.nearestCard(commands.slice(0, 4)),
    ),
    sample("understanding/thanks", "after an answer", understanding.thanksCard()),
    sample(
      "understanding/other-body",
      "Full Council",
      understanding.otherBodyCard(
        "Full Council",
        "Communities and Partnership Committee",
        commands.slice(0, 4),
      ),
    ),
    sample(
      "understanding/which",
      "three commands",
      understanding.whichCard(commands.slice(0, 3), false),
    ),
    sample(
      "understanding/which",
      "words that say not to",
      understanding.whichCard(commands.slice(0, 2), true),
    ),
    sample(
      "understanding/taken",
      "under a problem",
      understanding.withTaken(understanding.problemCard("There is no such meeting."), {
        as: "agenda 8 August 2019",
        others: ["meetings"],
      }),
    ),
    sample(
      "understanding/not-for-you",
      "for officers",
      understanding.notForYouCard("“post digest”", ["officer", "chair"], ["Nick Mills, officer"]),
    ),
    sample(
      "understanding/not-for-you",
      "for nobody",
      understanding.notForYouCard("“post digest”", ["officer"], []),
    ),
    sample(
      "understanding/problem",
      "a fault",
      understanding.problemCard("Something went wrong and nothing was saved."),
    ),
    sample(
      "understanding/welcome",
      "for a champion",
      understanding.welcomeCard("Jan French", committee.name, commands.slice(0, 3)),
    ),
  ];
}

function digestSections(): DigestSection[] {
  const next = meetings.find(({ meeting }) => meeting.date === MEETING.date);
  const agenda = (next?.agenda ?? []).map(agendaLine);
  const open = openActions(actionsFile.actions.map((each) => Action.parse(each)));
  return [
    {
      title: "Agenda",
      blocks: [
        {
          head: "",
          lines: agenda.map(({ title, note, officer }) => `${title}${note}, ${officer}`),
        },
      ],
    },
    {
      title: "Updates from the districts",
      blocks: pastUpdates().map(({ champion, sections, month, district }) => ({
        head: champion,
        lines: SECTIONS.flatMap((section) => inShort(section, sections[section])),
        whole: { title: `Read ${district}`, verb: "champions.read", data: { month, district } },
      })),
    },
    {
      title: `Open actions: ${open.length}`,
      blocks: [{ head: "", lines: open.map(openActionLine) }],
    },
  ];
}

function sample(name: string, occasion: string, card: Card): Sample {
  return { name, occasion, card };
}

function pastUpdates(): Update[] {
  return updatesFile.written.map((written) => buildUpdate(written));
}

/** 13 updates, 5 contacts and 4 examples of good practice: the longest of the papers. */
function longestUpdate(): Update {
  const [longest = buildUpdate({})] = pastUpdates().toSorted(
    (a, b) => JSON.stringify(b.sections).length - JSON.stringify(a.sections).length,
  );
  return longest;
}

function buildUpdate(about: Partial<Update>): Update {
  return {
    month: "2019-08",
    district: "fenland",
    meeting: "2019-08-08",
    version: 1,
    status: "submitted",
    kind: "written",
    sections: { updates: ["The Golden Age fair in Wisbech"], contacts: [], goodPractice: [] },
    priorities: [],
    champion: "Jan French",
    author: { id: "champion", name: "Jan French" },
    at: "2019-08-08T09:00:00Z",
    late: false,
    operation: "turn",
    ...about,
  };
}

function buildDraft(about: Partial<Draft>): Draft {
  return {
    month: "2019-09",
    district: "fenland",
    author: "champion",
    version: 0,
    operation: "turn",
    saved: 0,
    updates: "",
    contacts: "",
    goodPractice: "",
    priorities: [],
    ...about,
  };
}

function buildDrafts(draft: Draft): StoredDraft[] {
  const stored = { draft, at: "2019-09-25T08:00:00Z", etag: "1" };
  return [stored, { ...stored, draft: { ...draft, operation: "another", month: "2019-10" } }];
}

function buildAround(): champions.FormSurroundings {
  return {
    committee,
    districtName: "Fenland",
    champion: "Jan French",
    months: [{ month: "2019-09", meeting: MEETING }, { month: "2019-11" }],
    openedFor: "2019-09",
    carried: [],
  };
}

function buildCommand(name: string, task: string): Command {
  return {
    id: `understanding.${name}`,
    name,
    task,
    phrases: [],
    examples: [],
    purpose: "See when and where the committee meets.",
    needs: { roles: ["member"], places: IN_PERSON },
    run: async () => understanding.problemCard("Only a sample"),
  };
}
