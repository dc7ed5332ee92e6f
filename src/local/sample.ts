import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod/v4";
import { createChampionStore } from "../champions/store.ts";
import { Update } from "../champions/schema.ts";
import { Action, AgendaItem, Meeting } from "../committee/schema.ts";
import { createCommitteeStore } from "../committee/store.ts";
import { AnnualReportsFile, Committee } from "../council.ts";
import { Service } from "../directory/schema.ts";
import { createServiceStore } from "../directory/store.ts";
import { fewAtATime } from "../few-at-a-time.ts";
import { CommitteePerson } from "../people/schema.ts";
import { createPeopleStore } from "../people/store.ts";
import { SignpostingFile } from "../signposting/schema.ts";
import { createSetupStore } from "../signposting/setup-store.ts";
import { loadSampleNumbers } from "../kpi/sample.ts";
import type { Tables } from "../tables.ts";

const DATA = join(import.meta.dirname, "..", "..", "data");

const PeopleFile = z.object({ people: z.array(CommitteePerson) });
const MeetingsFile = z.array(Meeting.extend({ agenda: z.array(AgendaItem) }));
const DirectoryFile = z.object({ services: z.array(Service) });
const ActionsFile = z.object({ actions: z.array(Action) });
const Spoken = z.object({ champion: z.string(), district: z.string() });
const UpdatesFile = z.object({
  meeting: z.iso.date(),
  month: z.string(),
  at: z.iso.datetime(),
  written: z.array(Spoken.extend({ sections: Update.shape.sections })),
  oral: z.array(Spoken.extend({ minuted: z.string() })),
});

/**
 * Loads the sample council into an empty store: the real committee of October 2019. The committee
 * itself is written last, so a load that was broken off is done again from the start. The numbers
 * are most of it, and few tests need them.
 */
export async function loadSampleCouncil(
  tables: Tables,
  { withNumbers = true } = {},
): Promise<{ loaded: boolean }> {
  const committees = createCommitteeStore(tables);
  if ((await committees.committees()).length > 0) return { loaded: false };

  const { reports: annualReports } = AnnualReportsFile.parse(read("annual-reports.json"));
  const committee = { ...Committee.parse(read("committee.json")), annualReports };
  const people = PeopleFile.parse(read("people.json")).people;
  const peopleStore = createPeopleStore(tables);
  const updates = createChampionStore(tables);
  const { routes, ...setup } = SignpostingFile.parse(read("signposting.json"));
  const meetings = MeetingsFile.parse(read("meetings.json"));
  await createSetupStore(tables).load(committee.id, setup, routes);
  await peopleStore.save(committee.id, people, { etags: new Map() });
  await fewAtATime([
    ...meetings.map(
      ({ agenda: _agenda, ...meeting }) =>
        () =>
          committees.saveMeeting(committee.id, meeting),
    ),
    ...meetings.flatMap(({ date, agenda }) =>
      agenda.map((item) => () => committees.saveAgendaItem(committee.id, date, item)),
    ),
    ...ActionsFile.parse(read("actions.json")).actions.map(
      (action) => () => committees.saveAction(committee.id, action),
    ),
    ...pastUpdates(people).map((update) => () => updates.save(committee.id, update)),
  ]);
  if (withNumbers) await loadSampleNumbers(tables, committee);
  await createServiceStore(tables).upsert(
    DirectoryFile.parse(read("directory.json")).services,
    "sample",
  );
  await committees.saveCommittee(committee);
  return { loaded: true };
}

/** The updates of 8 August 2019. Who wrote and spoke is recorded as having written. */
function pastUpdates(people: readonly CommitteePerson[]): Update[] {
  const { written, oral, ...about } = UpdatesFile.parse(read("updates.json"));
  const officer = people.find(({ roles }) => roles.some(({ role }) => role === "officer"));
  const onlySpoke = oral.filter(({ district }) =>
    written.every((each) => each.district !== district),
  );
  const base = { ...about, version: 1, status: "submitted", priorities: [], late: false };
  return [
    ...written.map(({ champion, district, sections }) => ({
      ...{ champion, district, sections },
      kind: "written",
      author: people.find(({ name }) => name === champion),
    })),
    ...onlySpoke.map(({ champion, district, minuted }) => ({
      ...{ champion, district },
      sections: { updates: [minuted], contacts: [], goodPractice: [] },
      kind: "oral",
      author: officer,
    })),
  ].map((update) => Update.parse({ ...base, ...update, operation: `sample-${update.district}` }));
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(DATA, file), "utf8"));
}
