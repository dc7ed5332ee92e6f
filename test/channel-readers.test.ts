import type { Identity } from "../src/config.ts";
import type { Place } from "../src/feature.ts";
import { createLog } from "../src/log.ts";
import { CouncilAdapter } from "../src/teams/authentication.ts";
import { createChannelNames } from "../src/teams/channel-names.ts";
import { createChannelReaders } from "../src/teams/channel-readers.ts";
import { startConnector } from "./support/connector.ts";

const OWN = { id: "29:own", tenantId: "council", userRole: "user" };

const COUNCIL: Identity = {
  ...{ kind: "UserAssignedMsi", appId: "app", tenant: "council", tenants: ["council"] },
  ...{ serviceOrigins: [], password: undefined },
};

let connector: Awaited<ReturnType<typeof startConnector>>;
beforeEach(async () => (connector = await startConnector()));
afterEach(() => connector.stop());

it.each([
  ["the team, in a standard channel", "standard", [OWN], "team"],
  ["its own members, in a private channel", "private", [OWN], "private channel"],
  ["outsiders, in a shared channel", "shared", [OWN], "outsiders"],
  ["outsiders, where a guest is in the team", "standard", [OWN, guest()], "outsiders"],
  ["outsiders, where a guest is in the private channel", "private", [OWN, guest()], "outsiders"],
  ["nobody knows, in a channel of another kind", "hidden", [OWN], "not known"],
  ["nobody knows, where Teams names no kind", undefined, [OWN], "not known"],
])("says that a channel is read by %s", async (_who, type, members, readers) => {
  connector.team.channels = [{ id: "room", name: "Committee", type }];
  connector.team.members = members;

  expect(await ask()).toBe(readers);
});

it.each([
  ["nobody from outside", OWN, "team"],
  ["a guest", guest(), "outsiders"],
  ["somebody of another tenant", { ...OWN, tenantId: "elsewhere" }, "outsiders"],
  ["somebody of no tenant", { id: "29:x", userRole: "user" }, "outsiders"],
  ["somebody whose role Teams does not say", { id: "29:x", tenantId: "council" }, "outsiders"],
])("looks at every member of the team for a council: %s", async (_who, member, readers) => {
  connector.team.channels = [{ id: "room", type: "standard" }];
  connector.team.members = [OWN, member];

  expect(await ask({}, COUNCIL)).toBe(readers);
});

it("does not know who reads a channel that is not in its team, or of no team", async () => {
  connector.team.channels = [{ id: "another", type: "standard" }];

  expect(await ask()).toBe("not known");
  expect(await ask({ team: undefined })).toBe("not known");
});

it.each([403, 404, 500, "hang up", "never answer"] as const)(
  "does not know while Teams answers with %s",
  async (mood) => {
    connector.team.channels = [{ id: "room", type: "standard" }];
    connector.refuseQuestions(mood);

    expect(await ask()).toBe("not known");
  },
);

it.each([
  ["its name", [{ id: "room", name: "Committee" }], "Committee"],
  ["General, the first of a team, which has none", [{ id: "room", name: null }], "General"],
  ["nothing, where it is not in its team", [{ id: "another", name: "Another" }], undefined],
])("calls a channel by %s", async (_what, channels, name) => {
  connector.team.channels = channels;

  expect(await askName()).toBe(name);
});

it.each([403, 500, "hang up", "never answer"] as const)(
  "knows no name of a channel while Teams answers with %s",
  async (mood) => {
    connector.team.channels = [{ id: "room", name: "Committee" }];
    connector.refuseQuestions(mood);

    expect(await askName()).toBeUndefined();
  },
);

function askName() {
  const log = createLog("silent");
  return createChannelNames(new CouncilAdapter({ kind: "off" }, log), "", log)(room());
}

/** The look itself goes out without sign-in: what is under test is what is made of the answer. */
function ask(change: Partial<Place> = {}, identity: Identity = { kind: "off" }) {
  const log = createLog("silent");
  const adapter = new CouncilAdapter({ kind: "off" }, log);
  return createChannelReaders(adapter, "", identity, log)({ ...room(), ...change });
}

function room(): Place {
  return {
    ...{ kind: "channel", conversation: "room;messageid=1", tenant: "council" },
    ...{ serviceUrl: connector.url, bot: { id: "28:bot", name: "Community Champions" } },
    ...{ team: "team", channel: "room" },
  };
}

function guest() {
  return { ...OWN, userRole: "guest" };
}
