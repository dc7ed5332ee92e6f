/** First names that are words too: a name only with another behind them. */
export const ALSO_WORDS = new Set(
  "mark will grace april may june hope faith joy rose ivy rich bill ray sue max jay dean guy penny jean lee daisy ruby pat amber holly hazel heather rob jack frank art sandy robin jan kim lily olive violet ash jordan carol gene chelsea victoria florence madison george charlotte ross".split(
    " ",
  ),
);

/** Two capitals, or one, behind a role that are no initials. */
export const NO_INITIALS = new Set([
  "A",
  "I",
  "UK",
  "EU",
  "GP",
  "IT",
  "TV",
  "PC",
  "HR",
  "ID",
  "NI",
  "OK",
  "U.K.",
  "E.U.",
]);

/** Words with a capital that are no person: places, bodies, days, languages, and how sentences begin. */
export const KNOWN = new Set(
  [
    "cambridge cambridgeshire ely march soham wisbech st saint ives neots huntingdon littleport chatteris whittlesey ramsey cambourne melbourn fenland peterborough huntingdonshire shelford ouse",
    "council district county city parish town library centre hub trust advice support police service services team hospital school college university church mosque temple synagogue house hall road street lane avenue office offices desk line uk committee agency army cross red age citizens victim crime hate stop vision true community security mama tell galop crimestoppers mind samaritans shelter barnardo's refuge women's aid mencap scope nspcc childline marks spencer tesco asda boots addenbrooke's salvation british royal national young health nhs mash edt prevent act early eyes ears emergency duty witness safeguarding board",
    "leader chair mayor vicar officer champion councillor deputy director manager head social worker contact member governor bishop imam rabbi commissioner",
    "monday tuesday wednesday thursday friday saturday sunday january february april may june july august september october november december christmas easter ramadan diwali eid bank holiday",
    "english polish lithuanian romanian portuguese urdu punjabi bengali arabic french german spanish italian russian ukrainian chinese traveller travellers gypsy roma muslim christian jewish hindu sikh",
    "the a an this that these they we he she it i you our their his her my no not yes and but or if when where who what how why there here please thanks will may can could would should was were is are has had have third first second next last new great working some many most all both each nobody everyone hope grace mark universal credit blue badge housing options rape crisis adult children's project ferry day working ambulance time term street facebook instagram google zoom teams care",
  ].flatMap((words) => words.split(" ")),
);
