/**
 * The words that the signs of danger are made of, as pieces of regular expressions. They match
 * text as danger.ts reads it: small letters, one space between words, "he's" as "he s".
 */

/** One of these words or phrases, a space between words written as "_". */
export function oneOf(words: string): string {
  const list = words.trim().split(/\s+/);
  return `(?:${list.join("|").replaceAll("_", " ")})`;
}

/** Up to so many words in between. It is bounded, so that no text takes long. */
export function upTo(words: number): string {
  return `(?:\\S+ ){0,${words}}`;
}

export const CHILD =
  oneOf(`child children childs kid kids kiddie kiddies baby babies babys toddler toddlers
  infant newborn boy boys girl girls lad lass daughter son little_one little_ones year_old month_old
  schoolgirl schoolboy pupil grandson granddaughter grandchild niece nephew twins`);

const KIN =
  oneOf(`husband hubby wife missus mrs partner boyfriend girlfriend bf gf fiance ex exes spouse
  mums? mams? mummy moms? mommy mother dads? daddy father stepdads? stepmum stepfather stepmother
  brothers? sisters? sis bro cousin uncle auntie aunt gran grans? nans? nana grandma grandad granddad
  grandmother grandfather grandparents? parents? mates? friends? flatmate housemate roommate lodger`);

const STRANGER =
  oneOf(`someone somebody some1 anyone everyone everybody people persons? folk man men mans
  woman women lady ladies gentleman gent gents guy guys bloke blokes fella lads teens? teenagers? youths?
  youngsters? pensioner pensioners neighbou?rs? next_door residents? tenants? clients? customers? callers?
  constituents? service_users? visitors? members? staff colleagues? worker workers workman workmen builder
  roofer labourer engineer receptionist librarian shopkeeper shopper owner caretaker cleaner warden carer
  nurse teacher students? driver passengers? cyclist motorcyclist biker pedestrian swimmer jogger walker
  patient victim councillors? cllr chair chairman clerk officer guard stranger intruder burglar robber
  attacker gunman gang gangs mob crowd thugs rioters yobs group family families couple refugees? migrants?
  asylum_seekers muslims jews worshippers landlord lollipop_lady`);

/** Somebody, as the one who does it or the one it happens to. */
export const PERSON = `(?:${oneOf("i he she they we it_is_me him her them me us himself herself themselves myself one another each_other")}|${CHILD}|${KIN}|${STRANGER})`;

/** Somebody it is done to. What a council also hits and beats follows "her" and "people". */
export const VICTIM = `(?:${oneOf("him her them me us each_other one_another you")}|${CHILD}|${KIN}|${STRANGER})\\b(?! (?:feelings|targets?|budgets?|deadlines?|numbers|record|records|policy|policies|stride|marks?|plans?|ideas?|proposals?|motion|report|votes?|up on|for (?:payment|the|a|an|their)|with (?:emails?|questions|work|paperwork)))`;

export const SELF = oneOf("himself herself themselves themself myself hisself theirself meself");

/** "is" in any person, also where the apostrophe was left out. */
export const IS = oneOf("is s are am m re be being keeps kept");
export const HAS = oneOf("has s have ve just has_just have_just s_just ve_just got");
export const WHOSE = oneOf("my her his their our your the a an this that its");

/** Harm in progress. */
export const HARMING =
  oneOf(`hitting beating punching kicking slapping smacking whacking thumping battering
  bashing thrashing headbutting attacking assaulting strangling choking throttling suffocating smothering
  stabbing slashing shooting hurting harming torturing raping molesting groping murdering killing burning
  drowning kidnapping abducting dragging grabbing shoving pushing pinning stamping_on spitting_at spitting_on
  threatening terrorising mugging robbing biting mauling poisoning whipping knifing glassing lynching
  abusing attackin`);
/** Harm that somebody does as a habit, now. */
export const HARMS =
  oneOf(`hits beats punches kicks slaps strangles chokes hurts rapes attacks burns bites
  batters throttles molests`);
/** Harm done, where the sentence gives no date. */
export const HARMED =
  oneOf(`hit beat punched kicked slapped attacked assaulted strangled choked throttled
  stabbed slashed shot raped murdered killed battered headbutted grabbed kidnapped abducted mugged thumped
  smacked bit bitten knifed glassed hurt mauled drugged spiked`);
/** Harm suffered. */
export const SUFFERED =
  oneOf(`hit beaten punched kicked slapped attacked assaulted strangled choked stabbed
  slashed shot raped murdered killed battered grabbed kidnapped abducted mugged hurt injured burnt burned
  scalded bitten mauled crushed impaled electrocuted knifed glassed poisoned drugged spiked tortured
  threatened chased followed(?!_up) dragged molested jumped robbed trampled pelted run_over runover knocked_down
  knocked_over knocked_off abused whipped bullied_and_hit thrown_down snatched trafficked`);
/** What is done to somebody, as it follows "going to". */
export const TO_HARM =
  oneOf(`kill hurt harm murder stab shoot attack rape kidnap abduct strangle choke drown
  suffocate burn beat batter hit punch slap slash poison grab stamp_on smash kick_off_on do_over get`);

export const WEAPON =
  oneOf(`knife knives blade machete axe hatchet hammer sword gun guns firearm shotgun pistol
  handgun rifle revolver weapon weapons crossbow crowbar cleaver dagger screwdriver razor chisel bat bats
  baseball_bat cricket_bat iron_bar metal_bar metal_pole pole chainsaw taser grenade bomb explosives scissors
  stanley_knife broken_bottle glass_bottle bottle petrol_bomb acid petrol samurai_sword brick bricks`);

/** Where people are when it burns. */
export const PLACE =
  oneOf(`house home flat flats apartment bungalow block tower building hotel hostel hospital school
  nursery mosque church temple synagogue gurdwara shop pub restaurant takeaway kitchen kitchens room bedroom
  bathroom lounge hall hallway stairs stairwell landing roof loft shed garage bin bins binstore bin_store
  library office offices depot warehouse factory car van bus lorry taxi caravan boat tent bed sofa curtains
  cooker oven chip_pan door letterbox letter_box theatre cinema centre center care_home college garden
  block_of_flats car_park market theatre barn field surgery refuge number \\d+`);

export const VEHICLE =
  oneOf(`car cars van vans lorry truck bus taxi cab boot vehicle motorbike moped scooter
  ambulance tram train`);

export const WATER =
  oneOf(`river canal dock docks sea lake water pond drain harbour weir quarry well reservoir
  marina pool beck stream estuary ice dyke humber`);

/** What is swallowed by too many. */
export const TABLETS =
  oneOf(`pills? tablets? tabs paracetamols? ibuprofen aspirin codeine cocodamol morphine insulin
  methadone heroin fentanyl ketamine spice antidepressants diazepam valium tramadol medication medicine meds
  sleepers sedatives capsules`);
export const POISON =
  oneOf(`bleach antifreeze weedkiller weed_killer poison battery batteries acid detergent
  drain_cleaner petrol white_spirit rat_poison disinfectant overdose od magnet toilet_cleaner berries chemicals? cleaning_\\S+ coin coins glass button_batteries`);

/** Said of what happens as it is written. */
export const NOW =
  oneOf(`now right_now just_now at_this_moment at_the_moment as_we_speak this_minute this_second
  this_very_minute tonight in_front_of_me in_front_of_us a_minute_ago minutes_ago seconds_ago again_now
  still_here on_his_way on_her_way on_their_way currently`);

/** What follows what is no weapon: a bat survey, a gun licence, the knife crime strategy. */
export const NOT_A_WEAPON =
  "(?! (?:and nails|price|surveys?|licen[cs]es?|licensing|polic(?:y|ies)|amnesty|bins?|reports?|crimes?|strategy|figures|neck|banks?|awareness|arch|box|boxes|roost|station|stations|of (?:water|wine|milk)|prices))";

/** Who is hit by a council's business is hit by nobody. */
export const NOT_BUSINESS =
  "(?! (?:up on|up in|by (?:the )?(?:cuts|budget|bedroom|covid|floods?|austerity|costs?|tax|changes|closures?|pandemic|storms?|press|opposition|rises?|prices|inflation)|with (?:redundancy|closure|eviction|court|legal|cuts|an?|bills?|fines?|costs?)|down (?:in|on|by)|in (?:the )?(?:\\S+ )?(?:elections?|debate|vote|polls?)|at the (?:polls|ballot)|for (?:payment|the|a|an|their)|back|last|yesterday|targets?|on price|feelings|in (?:19|20)\\d\\d))";
