import committeeFile from "../../data/committee.json" with { type: "json" };
import directoryFile from "../../data/directory.json" with { type: "json" };
import signpostingFile from "../../data/signposting.json" with { type: "json" };
import { createClock } from "../../src/calendar.ts";
import { fill, type Card } from "../../src/card-template.ts";
import { Committee } from "../../src/council.ts";
import { Service } from "../../src/directory/schema.ts";
import * as cards from "../../src/signposting/cards.ts";
import { routesWith } from "../../src/signposting/route-entries.ts";
import { routesCard, whichKindCard } from "../../src/signposting/route-cards.ts";
import { allKindsOn } from "../../src/signposting/rules.ts";
import { SignpostForm, SignpostingFile, type Signpost } from "../../src/signposting/schema.ts";
import type { Sample } from "./cards.ts";

const OPERATION = "5f0c3a52-6f0e-4a35-9a3b-0d8f3b1f6c11";
const NAME = "signposting";

/** Every card of signposting, filled as in use with the sample council's routes. */
export function signpostingSamples(): Sample[] {
  const { routes: fits, ...setup } = SignpostingFile.parse(signpostingFile);
  const services = directoryFile.services.map((each) => Service.parse(each));
  const routes = routesWith(fits, (id) => services.find((service) => service.id === id));
  const now = createClock("2019-09-25T09:00")();
  const committee = Committee.parse(committeeFile);
  const around = { setup, routes, areLastKnown: false, committee, now };
  const withNote = {
    ...around,
    setup: { ...setup, settings: { ...setup.settings, noteIsOn: true } },
  };
  const kinds = allKindsOn("2019-09-25", setup);
  const forms = kinds.map((kind) => {
    const form = SignpostForm.parse({
      kind: kind.id,
      operation: OPERATION,
      district: "east-cambridgeshire",
    });
    return sample("form", kind.name, cards.formCard(form, kind, around));
  });
  const shortCards = kinds.map((kind) => {
    const form = { kind: kind.id, operation: OPERATION, district: "east-cambridgeshire" };
    return sample("routes", kind.name, routesCard(SignpostForm.parse(form), kind, around));
  });
  const [hate] = kinds;
  if (!hate) throw new Error("The sample council records nothing");
  const full = SignpostForm.parse({
    ...{ kind: hate.id, operation: OPERATION, district: "east-cambridgeshire" },
    details: "race,religion,sexual-orientation",
    routes: "true-vision,police-101",
    note: "Sarah Jones, 07700 900123",
  });
  const takeOut = [
    { what: "name", found: "Sarah Jones" },
    { what: "phone", found: "07700 900123" },
  ];
  const trouble = { problem: "Your note seems to say who it was. Nothing was saved.", takeOut };
  const signpost: Signpost = {
    ...{ reference: "K7BD2QXM", kind: hate.id, details: ["race"], district: "east-cambridgeshire" },
    ...{ date: "2019-09-25", month: "2019-09", channel: "in person", routes: ["true-vision"] },
    ...{ advised999: "not needed", agreed: "yes", outcome: "information given", note: "Leaflets" },
    ...{ by: "worker", operation: OPERATION, followUp: "" },
  };
  const problem = { hasProblem: true, problem: "Enter the months as a number from 1 to 120." };
  return [
    ...forms,
    ...shortCards,
    sample("form", "with a note to change", cards.formCard(full, hate, withNote, trouble)),
    sample("danger", "typed in a channel", cards.dangerCard()),
    sample("danger", "ticked on a form", cards.dangerCard(full)),
    sample("danger", "pressed beside the routes", cards.dangerCard(full, "routes")),
    sample("filed", "a hate crime", cards.filedCard(signpost, around)),
    sample("followed-up", "contact made", cards.followedUpCard("K7BD2QXM", "contact made")),
    sample("sent", "from a channel", cards.sentCard(true)),
    sample("not-sent", "from a channel", cards.sentCard(false)),
    sample("which-kind", "all of them", whichKindCard(kinds)),
    sample("mine", "none", cards.mineCard([], around)),
    sample(
      "mine",
      "thirty",
      cards.mineCard(
        Array.from({ length: 30 }, () => signpost),
        around,
      ),
    ),
    sample("follow-up", "open", cards.followUpCard(signpost, around)),
    sample("record", "with a note", cards.recordCard(signpost, around)),
    sample("done", "saved", cards.doneCard("Saved.")),
    sample(
      "export",
      "a full part",
      cards.exportCard("yours", "Reference,Kind\n".repeat(60), {
        ...{ count: 130, person: "worker", next: 2 },
      }),
    ),
    sample(
      "whose",
      "one worker",
      cards.whoseCard([{ id: "worker", name: "Priya Shah" }], { person: "", id: "" }, "Choose."),
    ),
    sample(
      "summary",
      "by route",
      fill("signposting/summary", {
        ...{ period: "August 2019", view: "By route", heading: "Pointed to", hasNotYet: false },
        ...{ notYet: "", hasLines: true, hasTotal: true, total: "the numbers shown add up to 35." },
        lines: routes.map(({ name }) => ({ name, count: "[c]" })),
        rules: [{ rule: "[c] is a number that is hidden." }],
        others: [{ title: "By kind", text: "signposting summary August 2019 by kind" }],
      }),
    ),
    sample(
      "ask",
      "about an unknown month",
      fill("signposting/ask", {
        ...{ problem: "I did not understand “octember”.", periods: "Ask for one month." },
        asks: [{ title: "August 2019 by kind", text: "signposting summary August 2019 by kind" }],
      }),
    ),
    sample(
      "settings",
      "with a problem",
      fill("signposting/settings", {
        ...{ noteIsOn: "false", threshold: "5", zeroIsShown: "false", retentionMonths: "none" },
        ...{ kinds: "hate-crime", seen: "", isSure: "false", kindChoices: kinds, ...problem },
      }),
    ),
    sample(
      "retention",
      "held",
      fill("signposting/retention", {
        ...{ months: 24, hasProblem: false, problem: "", isHeld: true, isFree: false },
        ...{ hold: "an information request", next: "What goes next:" },
        gone: [{ line: "Records of August 2019: from 1 September 2021" }],
      }),
    ),
    sample(
      "hold",
      "with a reason to give",
      fill("signposting/hold", {
        ...{ title: "Hold retention", explanation: "No record is deleted.", ...problem },
        ...{ asksReason: true, releases: false, reason: "" },
      }),
    ),
  ];
}

function sample(name: string, occasion: string, card: Card): Sample {
  return { name: `${NAME}/${name}`, occasion, card };
}
