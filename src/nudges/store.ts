import type { Day, Instant } from "../calendar.ts";
import type { Place } from "../feature.ts";
import { key, type StoredRow, type Tables } from "../tables.ts";
import { Absence, MissingList, Nudge, NudgeSettings, Snooze, Way } from "./schema.ts";

/** A nudge with the etag it was read with. */
export interface StoredNudge {
  readonly nudge: Nudge;
  readonly etag: string;
}

/** Everything about the nudges of one meeting. Snoozes by person, lists by deadline. */
export interface Ledger {
  readonly nudges: readonly StoredNudge[];
  readonly snoozes: ReadonlyMap<string, Snooze>;
  readonly lists: ReadonlyMap<string, MissingList>;
}

export type NudgeStore = ReturnType<typeof createNudgeStore>;

/**
 * Table `nudges`: partition committee and the name under which the meeting is kept, which goes with
 * it when it is moved, so that its nudges and snoozes do too; row `nudge`, day and district: one nudge and
 * what became of it; row `snooze` and person; row `list` and deadline: the officers' list.
 * Table `absences`: partition committee, row person: until when they are away.
 * Table `settings`: partition committee, row `nudges`: when champions are nudged.
 * Table `conversations`: partition `nudges`, row committee: a place of its tenant.
 */
export function createNudgeStore(
  tables: Tables,
  keptOf: (committee: string, meeting: Day) => Promise<string> = async (_, meeting) => meeting,
) {
  return {
    ...{ wayOf, saveWay, settingsOf, storedSettings, saveSettings },
    ...{ ledgerOf, claimAll, mark, snooze, wake, saveList },
    ...{ absencesOf, saveAbsence, endAbsence },
  };

  async function wayOf(committee: string): Promise<Way | undefined> {
    const row = await (await tables("conversations")).find("nudges", key(committee));
    return row && Way.parse({ ...row, place: JSON.parse(String(row.place)) as unknown });
  }

  /** Any replica may write it, and all mean the same tenant. */
  async function saveWay(committee: string, place: Place, at: string): Promise<void> {
    const table = await tables("conversations");
    const keys = { partitionKey: "nudges", rowKey: key(committee) };
    await table.put({ ...keys, at, place: JSON.stringify(place) });
  }

  async function settingsOf(committee: string): Promise<NudgeSettings> {
    return (await storedSettings(committee)).settings;
  }

  /** The settings with the etag they were read with, none while the defaults hold. */
  async function storedSettings(committee: string) {
    const row = await (await tables("settings")).find(key(committee), "nudges");
    return { settings: NudgeSettings.parse(row ?? {}), etag: row?.etag };
  }

  /** False when somebody changed them since they were read. */
  async function saveSettings(
    committee: string,
    settings: NudgeSettings,
    etag?: string,
  ): Promise<boolean> {
    const table = await tables("settings");
    const daysBefore = settings.daysBefore.join(",");
    const row = { partitionKey: key(committee), rowKey: "nudges", ...settings, daysBefore };
    return etag ? table.replace(row, etag) : table.create(row);
  }

  async function ledgerOf(committee: string, meeting: Day): Promise<Ledger> {
    const rows = await (await tables("nudges")).list(await partitionOf(committee, meeting));
    const ofKind = (kind: string) => rows.filter(({ rowKey }) => rowKey.startsWith(key(kind, "")));
    return {
      nudges: ofKind("nudge").map((row) => ({ nudge: Nudge.parse(row), etag: row.etag })),
      snoozes: new Map(ofKind("snooze").map((row) => [String(row.person), Snooze.parse(row)])),
      lists: new Map(
        ofKind("list").map((row: StoredRow) => {
          const list = MissingList.parse(row);
          return [list.deadline, list];
        }),
      ),
    };
  }

  /** Makes the nudges of one message somebody's own: all, or none where another replica has one. */
  async function claimAll(
    committee: string,
    nudges: readonly { readonly nudge: Nudge; readonly previous?: StoredNudge | undefined }[],
  ): Promise<boolean> {
    const changes = await Promise.all(
      nudges.map(async ({ nudge, previous }) => {
        const row = { ...(await keysOf(committee, nudge)), ...nudge };
        return previous ? { replace: row, etag: previous.etag } : { create: row };
      }),
    );
    return (await tables("nudges")).write(changes);
  }

  /** Writes down what became of a claimed nudge, unless a newer try has taken over. */
  async function mark(committee: string, nudge: Nudge): Promise<void> {
    const table = await tables("nudges");
    const keys = await keysOf(committee, nudge);
    const claimed = await table.find(keys.partitionKey, keys.rowKey);
    if (!claimed || Nudge.parse(claimed).attempt !== nudge.attempt) return;
    await table.replace({ ...keys, ...nudge }, claimed.etag);
  }

  /** Only the person's own presses write this row, and the last one holds. */
  async function snooze(
    committee: string,
    meeting: Day,
    { person, until, now }: { person: string; until?: Day; now: Instant },
  ): Promise<void> {
    const partitionKey = await partitionOf(committee, meeting);
    const row = {
      partitionKey,
      rowKey: key("snooze", person),
      person,
      at: now.toString(),
      ...(until ? { until } : {}),
    };
    await (await tables("nudges")).put(row);
  }

  async function wake(committee: string, meeting: Day, person: string): Promise<void> {
    const table = await tables("nudges");
    await table.remove(await partitionOf(committee, meeting), key("snooze", person));
  }

  /** Written by the one replica that has the run. */
  async function saveList(committee: string, meeting: Day, list: MissingList): Promise<void> {
    const partitionKey = await partitionOf(committee, meeting);
    await (
      await tables("nudges")
    ).put({ partitionKey, rowKey: key("list", list.deadline), ...list });
  }

  /** By person's id. Also those that are over, until somebody is away again. */
  async function absencesOf(committee: string): Promise<Map<string, Absence>> {
    const rows = await (await tables("absences")).list(key(committee));
    return new Map(rows.map((row) => [String(row.person), Absence.parse(row)]));
  }

  /** Whoever says it last is right: the day is shown before it is saved. */
  async function saveAbsence(committee: string, person: string, absence: Absence): Promise<void> {
    const keys = { partitionKey: key(committee), rowKey: key(person) };
    await (await tables("absences")).put({ ...keys, person, ...absence });
  }

  async function endAbsence(committee: string, person: string): Promise<void> {
    await (await tables("absences")).remove(key(committee), key(person));
  }

  async function keysOf(committee: string, { meeting, day, district }: Nudge) {
    return {
      partitionKey: await partitionOf(committee, meeting),
      rowKey: key("nudge", day, district),
    };
  }

  async function partitionOf(committee: string, meeting: Day): Promise<string> {
    return key(committee, await keptOf(committee, meeting));
  }
}
