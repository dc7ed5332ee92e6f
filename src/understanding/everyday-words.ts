/**
 * Words that people use for the same thing in what they ask of the bot, each line by the first of them.
 * A word can stand in several lines: what it means is learned from the examples.
 */
const GROUPS = [
  "send: send sent sending submit submitted hand handed give gave put turn turned get got deliver write written wrote writing file filed do done report reported",
  "missing: missing late outstanding waiting owe owes overdue behind forgotten chase still yet remaining left",
  "show: show see view open read look bring pull display find check list",
  "export: export download print spreadsheet excel word document csv file doc pdf table docx copy dump",
  "import: import upload load bring paste attach feed add bulk",
  "pause: stop pause hold freeze halt suspend off quiet silence switch turn",
  "resume: resume restart again start back on unpause lift end release unfreeze",
  "remind: remind reminder nudge nudging chase chasing prompt poke pester nag bother ping reminders nudges",
  "change: change edit alter amend correct fix adjust set update rewrite revise modify tweak",
  "move: move shift push postpone put reschedule bring forward delay swap later earlier rearrange",
  "cancel: cancel scrap drop off call axe abandon",
  "number: number figure stat statistic data count total many numbers stats indicator measure kpi kpis metric statistics",
  "compare: compare versus against side breakdown break split each across district area areas districts between worst best highest lowest rank which",
  "explain: explain mean meaning means definition define counts behind understand why what tell",
  "money: money spend spent budget overspend underspend cost finance financial forecast pounds spending variance funding pay",
  "risk: risk risks register appetite threat worry residual",
  "role: role roles champion officer chair administrator admin lead seat job post rights access responsible",
  "person: who whose person people somebody name",
  "meeting: meeting meetings committee meet sit session date dates",
  "where: where venue room place location hall building",
  "when: when time date day what",
  "deadline: deadline deadlines due by submission cutoff publish published papers",
  "agenda: agenda item items paper papers discuss discussing topic",
  "action: action actions task tasks job jobs todo outstanding minute minutes log",
  "mine: my mine me i own myself",
  "note: record log note mark put down enter register",
  "record: record records entry entries case",
  "delete: delete deleted wipe wiped destroy destroyed erase remove removed purge gone disposal kept keep retention",
  "hold: hold freeze legal keep preserve stop inquiry",
  "directory: directory service services entry listing organisation",
  "stale: stale old checked check confirmed assured fresh date ago long",
  "closed: closed close shut reopen undo",
  "feed: feed feeds source import",
  "history: history past ledger previous sent went gone out log earlier",
  "settings: settings setting rules rule how often schedule automatic automatically options configure",
  "preview: preview draft look before see contain going",
  "chair: chair chairman chairs personal",
  "post: post send publish share release put out",
  "channel: channel here team this",
  "template: template format columns headings layout example blank fields structure",
  "update: update updates report monthly return submission bit piece",
  "oral: oral verbal spoken spoke mouth aloud said",
  "away: away holiday leave off sick abroad break annual vacation",
  "back: back returned home return",
  "abuse: abuse abused abusing abusive hit hits hitting hurt hurts slap bruise bruises rough shouted shouting spat called names attack attacked scared frightened forced neglect",
  "child: child children kid kids boy girl baby son daughter teenager pupil year-old toddler niece nephew granddaughter grandson",
  "adult: carer elderly old lady man woman gentleman mum dad mother father gran nan resident neighbour uncle aunt",
  "hate: hate racist racial racism gay trans muslim jewish disabled foreign polish gypsy religion homophobic slur hijab immigrant",
  "follow: follow outcome contact made declined reference result",
  "reference: reference ref code",
  "summary: summary overall summarise counts often total many",
  "unmet: unmet nothing found missing gap gaps",
  "correction: correction corrections suggested suggestion wrong fix",
  "help: help group club support class advice anywhere something somewhere anyone",
  "audit: audit trail who did changed what refused",
  "review: annual review year yearly",
  "status: status overall performance rag overview doing dashboard red green amber",
];

/** The groups that a word belongs to, by the word in small letters. */
export const GROUPS_OF_WORDS: ReadonlyMap<string, readonly string[]> = groupsOfWords();

function groupsOfWords(): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const line of GROUPS) {
    const [group = "", words = ""] = line.split(": ");
    for (const word of words.split(" ")) groups.set(word, [...(groups.get(word) ?? []), group]);
  }
  return groups;
}
