import placesFile from "../data/places.json" with { type: "json" };

/** "Bar Hill", "King's Lynn": a place to live in, and neither a road nor a person. */
export const LONGER_PLACES: readonly string[] = [
  ...placesFile.places.map(({ name }) => name),
  ...placesFile.outside,
].filter((name) => /[ -]/.test(name));

/** Villages, parts of towns and the places around, each word in small letters. A surname can be one. */
export const PLACE_WORDS: ReadonlySet<string> = new Set([
  ...[...placesFile.places.map(({ name }) => name), ...placesFile.outside, ...placesFile.county]
    .flatMap((name) => name.toLowerCase().split(/[ -]/))
    .filter((word) => word.length > 2),
  ..."deeping thorney eye crowland holbeach bourne sleaford oundle corby kettering wellingborough luton leicester lincoln birmingham manchester leeds liverpool bristol britain england wales scotland ireland europe africa asia america poland lithuania romania latvia bulgaria ukraine syria afghanistan india pakistan bangladesh china vietnam nigeria somalia turkey portugal spain italy france germany iraq iran kurdistan sudan eritrea ethiopia ghana kenya zimbabwe albania slovakia hungary parkside grafton lion drummer arbury romsey outwell upwell walsoken emneth whaddon barway holme orton werrington bretton hampton grantchester coveney".split(
    " ",
  ),
]);

/** Begins the name of a village, a road or a body, and never that of a person. */
export const PLACE_FIRST: ReadonlySet<string> = new Set(
  "market great little upper lower north south east west saffron chipping stoke castle queen king's bishop's abbots new old high main royal".split(
    " ",
  ),
);

/** Words in the names of bodies, firms and services that others are pointed to. */
export const BODY_WORDS: ReadonlySet<string> = new Set(
  "healthwatch stonewall refuge shelter samaritans google amazon apple microsoft whatsapp snapchat tiktok youtube skype yahoo twitter outlook windows word excel mencap mermaids scope mind relate cruse stepchange turn2us centrepoint emmaus wintercomfort rosmini kite lighthouse ferry oasis timebank timebanks ramshed dementia constabulary crimestoppers switchboard barnardos barnardo's stagecoach royal soroptimists rotary lions scouts guides brownies rethink respect karma nirvana broken rainbow galop hestia childline nspcc rspca rnib rnid mosque hmrc dwp defra ofsted hunts forum cross keys homes sanctuary clarion accent chs luminus axiom places highways parking planning finance payroll legal democratic commissioning education transport housing regeneration consulting consultancy associates partnership partners solutions consortium foundation association federation network alliance institute charity charities society club group groups project projects programme scheme trading stores supermarket restaurant cafe bank building sainsburys sainsbury's morrisons lidl aldi waitrose greggs costa starbucks mcdonalds boots argos santander barclays lloyds natwest hsbc anglian npower british telecom virgin openreach vodafone labour conservative conservatives liberal democrats democrat greens reform parliament westminster ombudsman government ministry treasury cabinet crown court courts magistrates probation cafcass mappa marac idva isva islam quran bible koran mosques pentecostal baptist methodist catholic anglican orthodox salvation quaker quakers participation advice line relationship support inclusion engagement".split(
    " ",
  ),
);

/** Peoples and languages beyond those that end in a way of their own. */
const PEOPLES =
  "czech slovak greek dutch french welsh somali pakistani bangladeshi iraqi israeli kurd kurds pole poles thai tamil hindi gujarati farsi pashto dari tigrinya swahili cantonese mandarin tetum arab arabs arabic latino black white asian disabled deaf blind gay lesbian trans bisexual lgbt elderly vulnerable";

/** How sentences begin that are about nobody in particular: people, papers, places and things. */
const ORDINARY =
  "today yesterday tomorrow then now later also just only still again soon once twice sometimes often never always perhaps maybe because before after during since until while although though however instead together overall other others another same such few several half none every either neither any anyone anybody someone somebody noone nobody everybody everyone one two three four five six seven eight nine ten twelve twenty clearly really recently previously apparently initially currently actually finally eventually originally sadly usually mostly mainly possibly probably generally simply allegedly repeatedly being having getting going asked told said felt seen given unfortunately later did does do been got " +
  "person people man men woman women boy boys girl girls child kid kids baby adult teenager teenagers teen youth pensioner family families household households couple couples parent mum mother mam dad father brother sister son daughter wife husband partner nan gran grandmother grandfather uncle aunt friend friends neighbour neighbours carer carers landlord landlady tenant tenants resident residents client clients customer customers patient patients victim victims survivor survivors witness witnesses suspect caller callers visitor visitors user users member members public community communities group staff colleague colleagues reception receptionist librarian officer officers councillor councillors manager managers worker workers volunteer volunteers teacher teachers pupil pupils student students nurse nurses doctor doctors gp gps pharmacist interpreter interpreters translator driver drivers shopkeeper shopkeepers owner owners employer employers boss solicitor police policeman fire ambulance paramedic paramedics headteacher governors trustees champion champions traders farmer farmers refugees migrants immigrants asylum seekers foreigners strangers stranger passer passers gang gangs crowd lady ladies gentleman guest guests attendees participants respondents applicants applicant claimant complainant lodger chef cleaner cleaners builder builders plumber bailiff bailiffs guard guards professionals practitioner practitioners champion lead leads lgbtq children kids faith church elders pastor priest chaplain " +
  "leaflet leaflets poster posters form forms letter letters email emails website page pages app message messages sign signs notice board report reports survey case cases matter matters call calls number numbers phone line lines desk hub hubs stall office offices centre centres library libraries school schools shop shops hospital surgery clinic market bus buses train trains station road roads street bridge park house houses home homes flat flats door window car cars bike dog dogs cat building room rooms toilet meeting meetings event events session sessions visit visits training course courses workshop talk film fair festival day days week weeks month months year years morning afternoon evening night lunch time weather rain snow flood floods traffic queue waiting service services help advice support information feedback complaint complaints comment comments question questions answer answers request requests referral referrals incident incidents crime crimes hate abuse bullying theft fraud scam scams issue issues problem problems concern concerns need needs demand item items minute minutes paragraph section chapter policy plan plans budget cost costs funding money grant grants council councils team teams department committee bodies charity agencies agency organisation organisations company companies internet computer computers laptop tablet printer zoom wifi text texts video radio news newspaper paper story stories language languages interpreting translation polish access parking transport housing health mental disability benefits benefit rent debt debts food heating energy fuel job jobs work working skills language wheelchair hearing sight privacy data record records list lists document documents card cards book books map maps photo photos picture pictures safeguarding prevention awareness attendance turnout number response responses action actions update updates decision decisions change changes safety comms panel closure help helps everything nothing something anything whole young old large small big local foster host extended single lone poor rich quiet busy happy sad next last first new good bad better right wrong long short full open closed homeless unhappy refugee chinese nuclear modern rural urban extra further various rather quite more less most many much";

const SAFE_ENDINGS =
  /(?:[^b]ians?|nese|guese|ists?|tions?|ments?|ness|ology|hood|ships?|[bt]ility|bound|wide)$/;

const ordinary = new Set(`${ORDINARY} ${PEOPLES}`.split(" "));

/** People by what they do end so too ("funders", "attenders"). */
const SURNAMES_IN_ERS = new Set(
  "rogers peters sanders saunders summers chambers walters myers meyers powers waters rivers travers masters withers winters bowers flowers".split(
    " ",
  ),
);

/** Whether a word in small letters is one that sentences begin with, or a people, and so no name. */
export function isOrdinary(word: string): boolean {
  if (ordinary.has(word) || ordinary.has(word.replace(/s$/, ""))) return true;
  if (word.length > 5 && word.endsWith("ers")) return !SURNAMES_IN_ERS.has(word);
  return word.length > 5 && SAFE_ENDINGS.test(word);
}

/** Known to everybody, so a talk or a film about them tells of no client. */
const WELL_KNOWN = [
  "Guy Fawkes",
  "Robin Hood",
  "Bridget Jones",
  "Harry Potter",
  "Peter Pan",
  "Peter Rabbit",
  "Billy Elliot",
  "Mary Poppins",
  "James Bond",
  "Sherlock Holmes",
  "Florence Nightingale",
  "Mary Seacole",
  "Edith Cavell",
  "Octavia Hill",
  "Thomas Clarkson",
  "Oliver Cromwell",
  "Samuel Pepys",
  "Isaac Newton",
  "Charles Darwin",
  "Stephen Hawking",
  "Alan Turing",
  "Rosalind Franklin",
  "Ada Lovelace",
  "Captain Tom",
  "Charles Dickens",
  "Jane Austen",
  "George Orwell",
  "Beatrix Potter",
  "Agatha Christie",
  "David Attenborough",
  "Mary Berry",
  "Roald Dahl",
  "William Shakespeare",
  "Anne Frank",
  "Martin Luther King",
  "Nelson Mandela",
  "Rosa Parks",
  "Emmeline Pankhurst",
  "Stephen Lawrence",
  "Sophie Lancaster",
  "Jo Cox",
  "Sarah Everard",
  "Queen Victoria",
  "Queen Elizabeth",
  "King Charles",
  "King George",
  "Prince William",
  "Princess Diana",
  "Prince Philip",
  "Father Christmas",
  "Clare's Law",
  "Sarah's Law",
  "Martha's Rule",
  "Martin's Law",
  "Jimmy's Cambridge",
];

/** What is taken out of a text before names are looked for in it. */
export const NO_PERSONS: readonly string[] = [
  ...WELL_KNOWN,
  ...LONGER_PLACES,
  "Queen Edith",
  "King's Hedges",
  "Market Deeping",
];
