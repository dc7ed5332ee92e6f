import type { Tables } from "../src/tables.ts";
import { FRENCH, OFFICER, openProduct, press, wordsOn } from "./support/council.ts";
import { COMMITTEE, withSmallCommittee } from "./support/replicas.ts";

const PAGE = { meeting: "2019-10-10", kind: "digest", page: 1, committee: COMMITTEE };

let tables: Tables;
withSmallCommittee((own) => {
  tables = own;
});

it("guests who have joined the channel see no update by its buttons, nor in the preview", async () => {
  const { as, channel } = await openProduct(tables);
  const champion = as(FRENCH, { clock: "2019-09-26T09:00" });
  const form = await champion.say("log update");
  await champion.press(...press(form, "Submit", { updates: "Only for the committee" }));
  const here = as(FRENCH, { clock: "2019-09-26T10:00", place: "channel", channel: "room" });
  channel.readers = "team";
  const before = await here.press("digest.page", PAGE);

  const later = await openProduct(tables);
  later.channel.readers = "outsiders";
  const guests = later.as(FRENCH, { clock: "2019-09-26T11:00", place: "channel", channel: "room" });
  const after = await guests.press("digest.page", PAGE);
  const officer = later.as(OFFICER, { clock: "2019-09-26T11:00" });
  const preview = await officer.say("preview digest");

  expect(wordsOn(before)).toContain("Only for the committee");
  for (const each of [after, preview])
    expect(wordsOn(each)).not.toContain("Only for the committee");
});

it("a digest that is not posted yet cannot be acknowledged", async () => {
  const { as } = await openProduct(tables);
  const here = as(FRENCH, { clock: "2019-09-26T09:00", place: "channel", channel: "room" });

  const answer = await here.press("digest.acknowledge", PAGE);

  expect(wordsOn(answer)).toContain("That digest is not posted yet");
});
