import { setTimeout } from "node:timers/promises";
import { trackWork } from "./afterwards.ts";
import { createAnswering, type Answer } from "./answer.ts";
import { createClock, type Instant } from "./calendar.ts";
import type { Card } from "./card-template.ts";
import { champions } from "./champions/index.ts";
import { createChampionStore } from "./champions/store.ts";
import { updatesForMeetings } from "./champions/written-for.ts";
import { actionsInDigest, agendaInDigest, agendaPlanPaper, committee } from "./committee/index.ts";
import { agendaPlan } from "./committee/plan.ts";
import { createCommitteeStore } from "./committee/store.ts";
import type { Committee } from "./council.ts";
import { digest } from "./digest/index.ts";
import { createDigestStore } from "./digest/store.ts";
import type { Audience, Feature, Place, Turn } from "./feature.ts";
import type { Ground } from "./ground.ts";
import { directory, placeNamed, safetyNamed } from "./directory/index.ts";
import { directoryFeeds } from "./directory/feed/index.ts";
import { addressGuard } from "./directory/feed/public-address.ts";
import { createFeedStore } from "./directory/feed/store.ts";
import { createSnapshotStore } from "./directory/snapshot-store.ts";
import { createServiceStore } from "./directory/store.ts";
import { createSuggestionStore } from "./directory/suggestion-store.ts";
import { createJobs } from "./jobs.ts";
import { latestPosts } from "./latest-posts.ts";
import { localPart } from "./local-part.ts";
import { audit, auditing } from "./audit/index.ts";
import { createAuditStore } from "./audit/store.ts";
import { kpi } from "./kpi/index.ts";
import { nudges } from "./nudges/index.ts";
import { createNudgeStore } from "./nudges/store.ts";
import { holders, people } from "./people/index.ts";
import { createPeopleStore } from "./people/store.ts";
import { papers } from "./papers/index.ts";
import { createOfferStore } from "./papers/store.ts";
import { isPersonal, personalDataIn } from "./personal-data.ts";
import { heartbeat } from "./running/heartbeat.ts";
import { running } from "./running/index.ts";
import { createRunningStore } from "./running/store.ts";
import { signposting } from "./signposting/index.ts";
import { createCountStore } from "./signposting/count-store.ts";
import { createSetupStore } from "./signposting/setup-store.ts";
import { createSignpostStore } from "./signposting/store.ts";
import { telling } from "./telling.ts";
import { harmHeard } from "./understanding/harm-heard.ts";
import { createMemory } from "./understanding/memory.ts";
import { vocabularies } from "./vocabulary.ts";
import { marked, whichCommittee } from "./which-committee.ts";
import { whoseTurn } from "./whose-turn.ts";

/** A start gives the directory so long: 50,000 services are read from their snapshot in half of it. */
const DIRECTORY_ALONE_MS = 3000;

/** The product without Teams: every feature, given what it needs from the others. */
export async function createProduct(ground: Ground) {
  const { tables, posting, files, log, isLocal, firstAdministrators = [] } = ground;
  const { wallClock = createClock() } = ground;
  const committeeStore = createCommitteeStore(tables);
  const peopleStore = createPeopleStore(tables);
  const auditStore = createAuditStore(tables);
  const written = auditing(auditStore, log);
  const peopleOf = holders(peopleStore, firstAdministrators);
  const { committees } = committeeStore;
  const { whoHolds } = peopleOf;
  const tell = telling({ posting, whoHolds, committees, firstAdministrators });
  const { tellOfficers, tellEachOfficer, tellAdministrators } = tell;
  const local = await localPart(isLocal, peopleOf);
  const { afterwards, finish } = trackWork(log);
  const plan = agendaPlan(committeeStore);
  const { planFor, planAround, meetingsOf, meetingNow, plannedSince, meetingBefore } = plan;
  const championStore = createChampionStore(tables);
  const { doneFor, updatesFor } = updatesForMeetings({ store: championStore, planFor });
  const digestStore = createDigestStore(tables);
  const runningStore = createRunningStore(tables);
  const championFeature = champions({
    store: championStore,
    planFor,
    championOf: peopleOf.championOf,
    audienceOf,
    tellOfficers,
    audit: done,
    afterwards,
  });
  const cardTo = (about: Committee, person: string, from: Place, card: Card) =>
    posting.toPerson(person, from, marked(card, about));
  const serviceStore = createServiceStore(tables);
  const setupStore = createSetupStore(tables, serviceStore.find);
  const signpostFeature = signposting({
    store: createSignpostStore(tables),
    setupStore,
    countStore: createCountStore(tables),
    placeIn: placeNamed,
    safetyIn: safetyNamed,
    toPerson: ({ person, place, committee: about }, card) => cardTo(about, person.id, place, card),
    audienceOf,
    peopleOf: peopleStore.peopleOf,
    audit: written.done,
    auditByItself: written.byItself,
  });
  const kpiFeature = kpi({ tables, audit: done, afterwards, toPerson: cardTo, meetingBefore });
  const digestFeature = digest({
    store: digestStore,
    ...{ meetingsOf, meetingNow, plannedSince },
    chairsOf: async (id, now) =>
      (await peopleOf.whoHolds(id, ["chair"], now)).map((each) => each.id),
    tellOfficers: tellEachOfficer,
    wayOf: (id) => nudgeStore.wayOf(id),
    awayAt: runningStore.awayAt,
    sources: [
      agendaInDigest(committeeStore),
      championFeature.digest,
      kpiFeature.digest,
      signpostFeature.digest,
      actionsInDigest(committeeStore),
    ],
    posting,
    audit: written.done,
    afterwards,
    onPreview: championFeature.tryNoticesAgain,
  });

  const paperFeature = papers({
    store: createOfferStore(tables),
    files,
    others: [kpiFeature.report, agendaPlanPaper(committeeStore)],
    planFor: planAround,
    updatesOf: championStore.submittedIn,
    championOf: peopleOf.championOf,
    termsOf: peopleOf.championTerms,
    actionsOf: committeeStore.actionsOf,
    committeeWithId: async (id) =>
      (await committeeStore.committees()).find((each) => each.id === id),
    personIn: peopleOf.personIn,
    audit: written.done,
    auditRefusal: written.refused,
    afterwards,
  });
  const directoryFeature = directory({
    store: serviceStore,
    suggestions: createSuggestionStore(tables),
    snapshots: createSnapshotStore(tables),
    ...{ committees, log, harmIn: harmHeard },
    pointedTo: async () => setupStore.pointedTo(await committees()),
    personalDataIn: isPersonal,
    toChannel: posting.toChannel,
    smallCounts: signpostFeature.smallCounts,
    tellOfficers: ({ committee, now, place }, card) => tellOfficers(committee, now, place, card),
    tellAdministrators: ({ committee, now, place }, card) =>
      tellAdministrators(committee, now, place, card),
    audit: written.done,
    afterwards,
  });
  const feedStore = createFeedStore(tables);
  const feeds = directoryFeeds({
    store: feedStore,
    directory: serviceStore,
    takeIn: directoryFeature.takeIn,
    guard: addressGuard({ isLoopbackAllowed: ground.feeds?.isLoopbackAllowed ?? isLocal }),
    patience: ground.feeds?.patience,
    wallClock,
    posting,
    audit: written.done,
    afterwards,
    log,
  });

  const nudgeStore = createNudgeStore(tables, committeeStore.keptOf);
  const nudgeFeature = nudges({
    store: nudgeStore,
    ...{ meetingsOf, meetingNow, plannedSince, awayAt: runningStore.awayAt },
    submittedFor: doneFor,
    championOf: peopleOf.championOf,
    toPerson: cardTo,
    tellOfficers,
    audit: written.done,
  });

  const runningFeature = running({
    store: runningStore,
    credential: ground.credential,
    postsOf: latestPosts({
      meetingsOf,
      digestsOf: async (id, day) => (await digestStore.postsOf(id, day)).map(({ post }) => post),
      nudgesOf: async (id, day) =>
        (await nudgeStore.ledgerOf(id, day)).nudges.map(({ nudge }) => nudge),
    }),
    feedsOf: feedStore.feedsOf,
    wayTo: async (id) => (await nudgeStore.wayOf(id))?.place,
    ...{ tellAdministrators, wallClock, log },
  });
  const features: Feature[] = [
    championFeature,
    digestFeature,
    nudgeFeature,
    committee({ store: committeeStore, updatesFor, audit: done, afterwards }),
    signpostFeature,
    kpiFeature,
    directoryFeature,
    people({
      store: peopleStore,
      audit: done,
      hasFirstAdministrators: firstAdministrators.length > 0,
    }),
    paperFeature,
    audit(auditStore, peopleStore.peopleOf),
    feeds,
    runningFeature,
    ...local.features,
  ];
  const memory = createMemory(tables);
  const answering = createAnswering({
    urgent: signpostFeature.urgent,
    features,
    whoHolds: async ({ committee: about, now }, roles) => peopleOf.describe(about, roles, now),
    auditRefusal: written.refused,
    vocabularyFor: vocabularies(kpiFeature.indicatorIn, peopleStore.peopleOf, committeeStore),
    memory,
    planner: ground.planner,
    personalIn: (text) => personalDataIn(text).parts.map((part) => part.text),
    afterwards,
    log,
  });

  const which = whichCommittee({
    committees,
    channelOf: async (id) => (await digestStore.channelOf(id))?.place.channel,
  });
  const turnFor = whoseTurn({ which, personIn: peopleOf.personIn, whoSpeaks: local.whoSpeaks });
  const jobs = createJobs({
    tables,
    jobs: [...features.flatMap((feature) => feature.jobs ?? []), memory.forget],
    alive: heartbeat(runningStore, wallClock),
    ...{ committees, wallClock, log },
    ...(ground.elapsed && { elapsed: ground.elapsed }),
  });

  return {
    ...answering,
    jobs,
    search: signpostFeature.dangerFirst(directoryFeature.search),
    pages: features.flatMap((feature) => feature.pages ?? []),
    say,
    press,
    turnFor,
    resume,
    download: paperFeature.download,
    isReady: committeeStore.isThere,
    afterwards,
    finish: async () => {
      feeds.stop();
      await finish();
    },
  };

  /** A channel that was not chosen for the committee counts as public. */
  async function audienceOf({ committee: { id }, place }: Turn): Promise<Audience> {
    const channel = await digestStore.channelOf(id);
    return channel && channel.place.channel === place.channel ? channel.audience : "public";
  }

  async function say(turn: Turn, text: string): Promise<Answer> {
    afterwards(digestFeature.heardFrom(turn));
    afterwards(nudgeFeature.heardFrom(turn));
    const answer = await answering.say(turn, text);
    return { ...answer, card: marked(answer.card, turn.committee) };
  }

  async function press(turn: Turn, verb: string, data: unknown): Promise<Answer> {
    afterwards(digestFeature.heardFrom(turn));
    afterwards(nudgeFeature.heardFrom(turn));
    const answer = await answering.press(turn, verb, data);
    return { ...answer, card: marked(answer.card, turn.committee) };
  }

  /** Whatever is written down as done may change what a posted digest says. */
  async function done(turn: Turn, what: string, record: string): Promise<void> {
    await written.done(turn, what, record);
    afterwards(digestFeature.keepUp(turn.committee, turn.now));
  }

  /** Takes up what a stop left half done, each feature by itself: none keeps another from it. */
  async function resume(now: Instant): Promise<void> {
    const directoryRead = directoryFeature.warm();
    afterwards(directoryRead);
    // What hears danger hears it unwarmed too, so it leaves the processor to the directory for a while.
    await Promise.race([
      directoryRead.catch(() => undefined),
      setTimeout(DIRECTORY_ALONE_MS, undefined, { ref: false }),
    ]);
    await signpostFeature.warm();
    for (const each of await committeeStore.committees()) {
      const numbers = kpiFeature.resume(each);
      const taken = [championFeature.resume(each, now), numbers, feeds.resume(each, now)];
      for (const work of taken) afterwards(work);
      await Promise.allSettled(taken);
    }
    await directoryRead.catch(() => undefined);
    answering.warm();
  }
}
