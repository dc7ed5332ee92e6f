import { createDigestStore } from "../src/digest/store.ts";
import { paginate } from "../src/digest/rules.ts";
import type { Sent } from "../src/feature.ts";
import type { Tables } from "../src/tables.ts";
import {
  CHAIR,
  EVERY,
  FRENCH,
  MEMBER,
  OFFICER,
  openProduct,
  press,
  titlesOf,
  withSampleCouncil,
  wordsOn,
  useChannel,
} from "./support/council.ts";

const COMMITTEE = "communities-and-partnership";
const MEETING = "2019-10-10";
const ROOM = { place: "channel", channel: "room" } as const;

let tables: Tables;
withSampleCouncil((own) => (tables = own));

describe("choosing the channel", () => {
  it("remembers the channel an officer names, and counts it as public until told otherwise", async () => {
    const { as } = await openProduct(tables);

    const answer = await useChannel(
      as(OFFICER, ROOM),
      "use this channel for Communities and Partnership",
    );

    expect(wordsOn(answer)).toContain("people outside the committee too");
    expect(await createDigestStore(tables).channelOf(COMMITTEE)).toMatchObject({
      audience: "public",
      place: { channel: "room" },
    });
  });

  it("lets only an officer choose, and says who that is", async () => {
    const { as } = await openProduct(tables);

    const answer = await as(FRENCH, ROOM).say("use this channel");

    expect(wordsOn(answer)).toContain("Nick Mills");
    expect(await createDigestStore(tables).channelOf(COMMITTEE)).toBeUndefined();
  });
});

describe("who reads the channel", () => {
  it.each([
    ["team", "committee members and officers", ["Others can read it too"]],
    ["private channel", "the members and officers of a private channel", []],
    ["outsiders", "people outside the committee too", []],
    ["not known", "people outside the committee too", ["Committee members and officers only"]],
  ] as const)("is what Teams says: %s", async (readers, words, buttons) => {
    const { as, channel } = await openProduct(tables);
    channel.readers = readers;

    const answer = await useChannel(as(OFFICER, ROOM));

    expect(wordsOn(answer)).toContain(words);
    expect(titlesOf(answer)).toEqual(buttons);
  });

  it("cannot be stated against what Teams says", async () => {
    const { as, channel } = await openProduct(tables);
    await useChannel(as(OFFICER, ROOM));
    channel.readers = "outsiders";

    const answer = await as(OFFICER, ROOM).press("digest.audience", { audience: "committee" });

    expect(wordsOn(answer)).toContain("guests or people of other organisations");
    expect((await createDigestStore(tables).channelOf(COMMITTEE))?.audience).toBe("public");
  });

  it("is asked again for every post: a guest who came since sees no text", async () => {
    const { as, channel, posted } = await withUpdates("committee");
    channel.readers = "outsiders";

    await post(as);
    const read = await as(MEMBER, ROOM).press("champions.read", {
      ...{ month: "2019-09", district: "fenland", meeting: MEETING, page: 1 },
    });

    expect(wordsOn(posted[0]?.card)).not.toContain("First thing");
    expect(wordsOn(read)).not.toContain("First thing");
  });

  it("counts as public when Teams stops saying, unless an officer stated it", async () => {
    const { as, channel, posted } = await openProduct(tables);
    const form = await as(FRENCH).say("log update");
    await as(FRENCH).press(...press(form, "Submit", { updates: "First thing done" }));
    channel.readers = "team";
    await useChannel(as(OFFICER, ROOM));
    channel.readers = "not known";

    await post(as);

    expect(wordsOn(posted[0]?.card)).toContain("Fenland, Jan French");
    expect(wordsOn(posted[0]?.card)).not.toContain("First thing");
  });

  it("is reached in the way of the newest turn there", async () => {
    const { product, turn } = await inRoom();
    await product.press(turn("https://smba.trafficmanager.net/uk/"), "digest.useChannel", {});

    await product.say(turn("https://smba.trafficmanager.net/emea/"), "agenda");
    await product.finish();

    const channel = await createDigestStore(tables).channelOf(COMMITTEE);
    expect(channel?.place.serviceUrl).toBe("https://smba.trafficmanager.net/emea/");
  });

  it("answers a committee that it does not know with the one there is", async () => {
    const { as } = await openProduct(tables);

    const answer = await as(OFFICER, ROOM).say("use this channel for Highways");

    expect(wordsOn(answer)).toContain("I know of no committee called “highways”");
    expect(await createDigestStore(tables).channelOf(COMMITTEE)).toBeUndefined();
  });
});

describe("the preview", () => {
  it("says that the digest was posted, and offers no second post", async () => {
    const { as } = await withUpdates("committee");
    const before = await as(OFFICER).say("preview digest");
    await post(as);

    const after = await as(OFFICER).say("preview digest");

    expect(wordsOn(before)).toContain("Nothing has been posted.");
    expect(titlesOf(before)).toContain("post digest");
    expect(wordsOn(after)).toContain("Posted by Nick Mills at 9am on 25 September 2019");
    expect(titlesOf(after)).not.toContain("post digest");
  });

  it("says why the text of the updates is missing", async () => {
    const { as } = await withUpdates("public");

    const words = wordsOn(await as(OFFICER).say("preview digest"));

    expect(words).toContain("The text of the updates is left out");
    expect(words).not.toContain("First thing");
  });
});

describe("what the digest says", () => {
  it("has the meeting, the agenda, the updates in short, who is missing and what is open", async () => {
    const { as } = await withUpdates();

    const words = wordsOn(await as(CHAIR).say("preview digest"));

    expect(words).toContain("Before the meeting on Thursday 10 October 2019");
    expect(words).toContain("10am, Cambridgeshire Archives, Ely");
    expect(words).toContain("Risk Register Update, A Chapman");
    expect(words).toContain("- Cambs 2020 Update (private item)\n");
    expect(words).toContain("Updates: First thing done (and 1 more)");
    expect(words).toMatch(/No update yet\n- Cambridge City: Claire Richards/);
    expect(words).toContain("South Cambridgeshire: vacant");
    expect(words).toContain("Open actions: 7");
    expect(words).toContain(
      "187a, CULTURAL AND COMMUNITY SERVICES CAPITAL PROJECTS, Christine May (since 8 August 2019)",
    );
  });

  it("lets a reader in the committee's channel read one update whole, and go back", async () => {
    const { as } = await withUpdates("committee");
    await post(as);
    const digest = await as(MEMBER, ROOM).press("digest.page", { meeting: MEETING, page: 1 });

    const whole = await as(MEMBER, ROOM).press(...press(digest, "Read Fenland"));
    const back = await as(MEMBER, ROOM).press(...press(whole, "Back to the digest"));

    expect(wordsOn(whole)).toContain("Second thing");
    expect(back).toEqual(digest);
  });

  it("keeps the updates' text from a channel that others may read", async () => {
    const { as, posted } = await withUpdates("public");

    await post(as);
    const forged = { month: "2019-09", district: "fenland", meeting: MEETING, page: 1 };
    const read = await as(MEMBER, ROOM).press("champions.read", forged);

    expect(wordsOn(posted[0]?.card)).toContain("Fenland, Jan French");
    expect(wordsOn(posted[0]?.card)).not.toContain("First thing");
    expect(wordsOn(read)).not.toContain("First thing");
  });

  it("is read nowhere but in its channel and by its officers", async () => {
    const { as } = await withUpdates("committee");
    const forged = { meeting: MEETING, page: 1 };

    const elsewhere = await as(MEMBER, { place: "channel", channel: "another" }).press(
      "digest.page",
      forged,
    );
    const staff = await as(MEMBER).press("digest.page", forged);

    expect(wordsOn([elsewhere, staff])).not.toContain("First thing");
  });

  it("turns pages when it is too long for one, and leaves nothing out", () => {
    const lines = Array.from(
      { length: 300 },
      (_, number) => `Line ${number} ${"word ".repeat(40)}`,
    );
    const sections = [
      { title: "Agenda", blocks: [{ head: "", lines }] },
      { title: "Updates", blocks: [{ head: "Fenland", lines: lines.slice(0, 3) }] },
    ];

    const pages = paginate(sections);

    const shown = pages.flat().flatMap(({ blocks }) => blocks.flatMap((block) => block.lines));
    expect(shown).toEqual([...lines, ...lines.slice(0, 3)]);
    expect(pages.length).toBeGreaterThan(5);
    for (const page of pages) expect(JSON.stringify(page).length).toBeLessThan(12_000);
  });
});

describe("posting", () => {
  it("asks first, then posts once to the channel", async () => {
    const { as, posted } = await withUpdates("committee");

    const asked = await as(OFFICER).say("post digest");
    const done = await as(OFFICER).press(...press(asked, "Post the digest"));

    expect(posted.map(({ to }) => to)).toEqual(["room"]);
    expect(wordsOn(posted[0]?.card)).toContain("Before the meeting on Thursday 10 October 2019");
    expect(wordsOn(done)).toContain("The digest is posted");
    for (const card of [asked, done])
      expect(wordsOn(card)).toContain(
        "It takes the place of the one due at 9am on 3 October 2019.",
      );
  });

  it("posts once, however often and on however many replicas it is pressed", async () => {
    const { as, posted } = await withUpdates("committee");
    const other = await openProduct(tables);
    const pressed = press(await as(OFFICER).say("post digest"), "Post the digest");

    await Promise.all([
      as(OFFICER).press(...pressed),
      other.as(OFFICER).press(...pressed),
      as(OFFICER).press(...pressed),
      other.as(OFFICER).press(...pressed),
    ]);
    await as(OFFICER).press(...pressed);
    const later = await as(OFFICER).say("post digest");

    expect([...posted, ...other.posted]).toHaveLength(1);
    expect(wordsOn(later)).toContain("The digest is posted");
  });

  it("asks the officer when it may not have arrived, and never repeats it unasked", async () => {
    const { as, posted, outcomes } = await withUpdates("committee");
    outcomes.push({ outcome: "unknown" });
    const pressed = press(await as(OFFICER).say("post digest"), "Post the digest");

    const doubt = await as(OFFICER).press(...pressed);
    await as(OFFICER).press(...pressed);
    const tomorrow = await as(OFFICER, { clock: "2019-09-26T09:00" }).say("post digest");
    const before = posted.length;
    await as(OFFICER).press(...press(tomorrow, "Post it"));
    const stale = await as(OFFICER).press(...press(doubt, "Post it"));

    expect(titlesOf(tomorrow)).toEqual(["Post it", "It is there"]);
    expect(before).toBe(1);
    expect(posted).toHaveLength(2);
    expect(wordsOn(stale)).toContain("The digest is posted");
  });

  it("settles a doubt from the history too, for officers", async () => {
    const { as, posted, outcomes } = await withUpdates("committee");
    outcomes.push({ outcome: "unknown" });
    await as(OFFICER).press(...press(await as(OFFICER).say("post digest"), "Post the digest"));
    const history = await as(OFFICER).say("digest history");
    const forChair = await as(CHAIR).say("digest history");

    const settled = await as(OFFICER).press(...press(history, "It is there"));
    const stale = await as(OFFICER).press(...press(history, "Post it"));

    expect(titlesOf(forChair)).not.toContain("Post it");
    expect(wordsOn(settled)).toContain("Nick Mills said that it is in the committee's channel");
    expect(wordsOn(stale)).toContain("The digest is posted");
    expect(titlesOf(await as(OFFICER).say("digest history"))).not.toContain("Post it");
    expect(posted).toHaveLength(1);
  });

  it("is for the next meeting, and says so where another is named", async () => {
    const { as } = await withUpdates("committee");

    const other = wordsOn(await as(OFFICER).say("post digest 21 November 2019"));
    const next = await as(OFFICER).say("post digest 10 October 2019");

    expect(other).toContain("Only the digest for the next meeting, on 10 October 2019, is posted.");
    expect(titlesOf(next)).toContain("Post the digest");
  });

  it("that has gone is not among those that a pause would stop", async () => {
    const { as } = await withUpdates("committee");
    const before = wordsOn(await as(OFFICER).say("pause digests until 1 November 2019"));
    await as(OFFICER).press(...press(await as(OFFICER).say("post digest"), "Post the digest"));

    const after = wordsOn(await as(OFFICER).say("pause digests until 1 November 2019"));

    const line = "- The digest for the meeting on 10 October 2019, due at 9am on 3 October 2019";
    expect(before).toContain("These will not go by themselves:");
    expect(before).toContain(line);
    expect(after).not.toContain(line);
    expect(after).toContain("The chair's own for the meeting on 10 October 2019, due at");
  });

  it("that would go after a pause is not among those that it stops", async () => {
    const { as } = await withUpdates("committee");

    const asked = await as(OFFICER).say("pause digests until 3 October 2019");
    const paused = await as(OFFICER).press(...press(asked, "Pause digests"));

    expect(wordsOn(asked)).toContain(
      "- The digest at publication for the meeting on 10 October 2019, due at 9am on 2 October 2019",
    );
    expect(wordsOn(asked)).not.toContain("- The digest for the meeting");
    expect(wordsOn(paused)).toContain("These do not go:\n- The digest at publication");
  });

  it("answers a press while it is on its way with what becomes of it", async () => {
    const { as, posted, outcomes } = await withUpdates("committee");
    const arrival = arrivingLater(outcomes);
    const pressed = press(await as(OFFICER).say("post digest"), "Post the digest");

    const first = as(OFFICER).press(...pressed);
    await arrival.begun(posted);
    const others = [as(OFFICER).press(...pressed), as(OFFICER).say("post digest")];
    setTimeout(arrival.arrives, 300);

    for (const each of await Promise.all([first, ...others]))
      expect(wordsOn(each)).toContain("The digest is posted");
    expect(posted).toHaveLength(1);
  });

  it("offers no second post on any replica while the first can still be on its way", async () => {
    const { as, posted, outcomes } = await withUpdates("committee");
    const other = await openProduct(tables);
    const arrival = arrivingLater(outcomes);
    const pressed = press(await as(OFFICER).say("post digest"), "Post the digest");
    const first = as(OFFICER).press(...pressed);
    await arrival.begun(posted);

    const elsewhere = await other.as(OFFICER).press(...pressed);
    const forged = { meeting: MEETING, kind: "digest", to: "room", attempt: 1 };
    const again = await other.as(OFFICER).press("digest.postAgain", forged);
    const settled = await other.as(OFFICER).press("digest.isThere", forged);
    arrival.arrives();
    await first;
    const look = await other.as(OFFICER).press(...press(elsewhere, "Look again"));

    for (const each of [elsewhere, again, settled]) {
      expect(wordsOn(each)).toContain("It is being posted");
      expect(titlesOf(each)).toEqual(["Look again"]);
    }
    expect(wordsOn(look)).toContain("The digest is posted");
    expect([...posted, ...other.posted]).toHaveLength(1);
  });

  it("answers in time when the connector does not", async () => {
    const { as, outcomes, finish } = await withUpdates("committee");
    const arrival = arrivingLater(outcomes);
    const pressed = press(await as(OFFICER).say("post digest"), "Post the digest");

    const began = performance.now();
    const waiting = await as(OFFICER).press(...pressed);
    const took = performance.now() - began;
    arrival.arrives();
    await finish();
    const done = await as(OFFICER).press(...press(waiting, "Look again"));

    expect(took).toBeLessThan(5000);
    expect(wordsOn(waiting)).toContain("Look again in a minute");
    expect(wordsOn(done)).toContain("The digest is posted");
  });

  it("can be posted in the end after a stop in between, even where the clock stands still", async () => {
    await withUpdates("committee");
    const post = { meeting: MEETING, kind: "digest", to: "room" } as const;
    const claim = { ...post, attempt: 1, by: "Nick Mills", isTold: false };
    // The bot ends after this write, before anything is sent.
    await createDigestStore(tables).claim(COMMITTEE, {
      ...claim,
      state: "sending",
      at: "2019-09-25T08:00:00Z",
    });

    const { as, posted } = await openProduct(tables);
    const early = await as(OFFICER).say("post digest");
    const realNow = performance.now.bind(performance);
    const clock = jest.spyOn(performance, "now").mockImplementation(() => realNow() + 61_000);
    const doubt = await as(OFFICER).press(...press(early, "Look again"));
    const done = await as(OFFICER).press(...press(doubt, "Post it"));
    clock.mockRestore();

    expect(wordsOn(early)).toContain("It is being posted");
    expect(wordsOn(doubt)).toContain("It may not have arrived");
    expect(wordsOn(done)).toContain("The digest is posted");
    expect(posted).toHaveLength(1);
  });

  it("is in doubt for every replica at once when Teams did not confirm it", async () => {
    const { as, outcomes } = await withUpdates("committee");
    const other = await openProduct(tables);
    outcomes.push({ outcome: "unknown" });
    await post(as);

    const answer = await other.as(OFFICER).say("post digest");

    expect(titlesOf(answer)).toEqual(["Post it", "It is there"]);
  });

  it("takes the officer's word that it is there", async () => {
    const { as, posted, outcomes } = await withUpdates("committee");
    outcomes.push({ outcome: "unknown" });
    const doubt = await as(OFFICER).press(
      ...press(await as(OFFICER).say("post digest"), "Post the digest"),
    );

    const settled = await as(OFFICER).press(...press(doubt, "It is there"));

    expect(wordsOn(settled)).toContain("The digest is posted");
    expect(posted).toHaveLength(1);
  });

  it("can be tried again after Teams refused it", async () => {
    const { as, posted, outcomes } = await withUpdates("committee");
    outcomes.push({ outcome: "refused", reason: "403" });
    const refused = await as(OFFICER).press(
      ...press(await as(OFFICER).say("post digest"), "Post the digest"),
    );

    const done = await as(OFFICER).press(...press(refused, "Try again"));

    expect(wordsOn(refused)).toContain("was not posted");
    expect(wordsOn(done)).toContain("The digest is posted");
    expect(posted).toHaveLength(2);
  });

  it("is not tried again for a meeting that was moved meanwhile", async () => {
    const { as, posted, outcomes } = await withUpdates("committee");
    outcomes.push({ outcome: "refused", reason: "403" });
    const officer = as(OFFICER);
    const refused = await officer.press(
      ...press(await officer.say("post digest"), "Post the digest"),
    );
    const asked = await officer.say("move meeting 10 October to 17 October");
    await officer.press(...press(asked, titlesOf(asked)[0] ?? ""));

    const again = await officer.press(...press(refused, "Try again"));

    expect(wordsOn(again)).toContain("The meeting on 10 October 2019 is moved, so");
    expect(posted).toHaveLength(1);
  });

  it("says how to choose a channel when none is chosen", async () => {
    const { as, posted } = await openProduct(tables);

    const answer = await as(OFFICER).say("post digest");

    expect(wordsOn(answer)).toContain("use this channel for Communities and Partnership Committee");
    expect(posted).toEqual([]);
  });

  it("is for officers, whatever a forged press says", async () => {
    const { as, posted } = await withUpdates("committee");

    const answer = await as(EVERY).press("digest.post", { meeting: MEETING, by: "Nick Mills" });

    expect(wordsOn(answer)).toContain("Nick Mills");
    expect(posted).toEqual([]);
  });
});

/** The officer in the room, with Teams answered at this or that address. */
async function inRoom() {
  const product = await openProduct(tables);
  const made = await product.turnOf(OFFICER, ROOM);
  const turn = (serviceUrl: string) => ({ ...made, place: { ...made.place, serviceUrl } });
  return { product, turn };
}

/** A council whose champion for Fenland has written, with a channel that is read by `audience`. */
async function withUpdates(audience: "committee" | "public" = "committee") {
  const product = await openProduct(tables);
  const form = await product.as(FRENCH).say("log update");
  await product
    .as(FRENCH)
    .press(...press(form, "Submit", { updates: "First thing done\nSecond thing" }));
  await useChannel(product.as(OFFICER, ROOM), "use this channel for C&P");
  await product.as(OFFICER, ROOM).press("digest.audience", { audience });
  return product;
}

/** A post that arrives when the test says so. */
function arrivingLater(outcomes: Awaited<ReturnType<typeof openProduct>>["outcomes"]) {
  let settle: (sent: Sent) => void = () => undefined;
  outcomes.push(new Promise((resolve) => (settle = resolve)));
  return {
    arrives: () => settle({ outcome: "sent", activity: "message" }),
    begun: async (posted: readonly unknown[]) => {
      while (posted.length === 0) await new Promise((next) => setTimeout(next, 10));
    },
  };
}

async function post(as: Awaited<ReturnType<typeof openProduct>>["as"]) {
  await as(OFFICER).press(...press(await as(OFFICER).say("post digest"), "Post the digest"));
}
