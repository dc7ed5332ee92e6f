import { writtenWords } from "./words.ts";

/** A family of turns of phrase, and the rule in data/safety-words.json that they call for. */
interface Family {
  readonly rule: string;
  /** The rule instead where the text speaks of somebody under 18. */
  readonly ofChild?: string;
  readonly wordings: readonly string[];
}

const KIN =
  oneOf(`husband wife partner boyfriend girlfriend bf gf ex exes fiance hubby dad dads father
  mum mums mother daddy mummy stepdad step_dad stepfather stepmum stepmother uncle uncles auntie aunt brother
  cousin grandad grandpa grandfather son daughter nephew niece grandson granddaughter lodger carer carers
  neighbour coach teacher tutor babysitter vicar priest boss landlord family_friend mums_boyfriend`);
const MINOR =
  "(?:child|kid|kids|children|boy|boys|girl|girls|lad|baby|toddler|pupil|pupils|student|teenager|teen|schoolgirl|schoolboy|stepdad|stepfather|(?:(?:my|her|his|their|our) )?(?:daughter|niece|nephew|granddaughter|grandson|stepdaughter|stepson)|(?:[1-9]|1[0-7]) ?(?:year|years|yr|yo)|aged? (?:[1-9]|1[0-7]))";
const THEM = oneOf(`me him her them us mum dad nan gran granny grandma grandad my_mum my_dad my_nan
  my_sister my_brother my_son my_daughter his_mum her_mum his_wife her_husband the_baby the_kids the_children
  the_child his_kids her_kids their_kids the_residents the_resident residents old_people the_old_man the_old_lady`);
const DRUGS = oneOf("drug drugs weed crack coke cocaine heroin packages gear spice pills");
const CREED =
  oneOf(`polish lithuanian romanian latvian bulgarian portuguese ukrainian black brown asian
  chinese indian pakistani african muslim jewish sikh hindu gay lesbian bisexual trans transgender queer foreign
  foreigners foreigner gypsy gypsies traveller travellers roma disabled deaf blind autistic wheelchair disability
  religion race skin colour accent headscarf hijab turban language immigrant immigrants refugee refugees`);
const EXTREME =
  oneOf(`isis isil daesh al_qaeda al_qaida jihad jihadi jihadis jihadist neo_nazi neo_nazis
  nazis far_right extremist extremists terrorist terrorists terrorism incel incels white_supremacist
  white_supremacists taliban caliphate islamic_state combat_18 national_action`);
const RACIST =
  oneOf(`racist racial homophobic transphobic islamophobic antisemitic anti_semitic sectarian
  disablist anti_muslim anti_gay`);
/** Then it is hate: the same shouting and throwing, for what somebody is. */
const NOT_FOR_HATE = `(?!.* (?:because|cos|for being|for wearing|for speaking|for having) )`;
const ANY_MORE = "(?:any ?more|any longer|another day|no more)";

const FAMILIES: readonly Family[] = [
  {
    rule: "child",
    wordings: [
      `(?:scared|afraid|frightened|worried|terrified) (?:\\S+ ){0,4}(?:what )?(?:i|i ?ll|i will|she|he) (?:might|may|could|will|am going to|ll) (?:do (?:something )?to|hurt|harm|shake|hit|snap at|smother|drop) (?:(?:my|the|her|his) )?(?:baby|newborn|child|kids?|children|toddler|little one|son|daughter)\\b`,
      `(?:i|he|she|mum|dad|they) (?:\\S+ )?(?:nearly|almost|just|could have|wanted to|want to|keeps?) (?:shook|shaken|shake|shaking|smothered|smother|hurt) (?:her|him|the baby|my baby|the child|my (?:son|daughter))\\b(?! (?:hand|feelings))`,
      `(?:shake|shakes|shook|shaking|shaken) (?:the|my|her|his|our|a) (?:baby|newborn|toddler|infant)\\b(?! (?:s|rattle|toys?|bottles?|milk))`,
      `(?:ill|i ll|shell|she ll|theyll|(?:i|she|they|my (?:sister|daughter|niece|cousin|friend)) (?:\\S+ )?(?:will|are|is|am|going to|gonna|to)) be cut (?:\\S+ ){0,6}(?:holiday|abroad|africa|somalia|sudan|egypt|gambia|back home|summer|ceremony|(?:grandma|auntie|aunt)\\b)`,
      `(?:make|makes|made|making|forc\\w+|tell|tells|got) (?:me|him|her|them|my (?:son|brother|nephew|boy|lad)) (?:\\S+ )?(?:run|carry|deliver|drop|take|sell|hold|hide|running|carrying|selling) (?:\\S+ )?(?:packages?|packets?|parcels|bags|drugs|stuff|wraps|food|gear|weed|county lines)\\b(?! (?:home|in from|upstairs|to the (?:car|kitchen|bin)))(?:(?= (?:\\S+ )?(?:to (?:london|other|another|town)|for (?:them|him|older|gang)|on the train|up|down|across|by train))|(?<=drugs|wraps|gear|weed))`,
      `${KIN} (?:always |often |keeps? |still )?(?:comes?|came|coming|creeps|gets|got|climbs|sneaks?|getting) (?:in|into|in to) (?:my|her|his|their) (?:bed\\b|(?:bedroom|room) (?:at night|in the night|every night|when|while|and))`,
      `(?:comes?|came|coming|creeps|gets|climbs|sneaks?) (?:in|into|in to) (?:my|her|his|their) (?:bed|bedroom|room) (?:at|in the|every) night`,
      `${MINOR} (?:\\S+ ){0,5}(?:boyfriend|girlfriend|older man|older men|bf|gf|man) (?:\\S+ ){0,3}(?:of|aged|age|who is|who s|is|thats|was) (?:1[89]|[2-9]\\d)\\b`,
      `(?:girl|boy|daughter|son|niece|nephew|she|he|shes|hes|granddaughter|grandson|friend|sister) (?:\\S+ ){0,2}(?:1[0-7]) (?:\\S+ ){0,6}(?:boyfriend|girlfriend|man|men|guy|bloke) (?:\\S+ ){0,3}(?:1[89]|[2-9]\\d)\\b`,
      `(?:boyfriend|girlfriend) (?:\\S+ ){0,3}(?:twice|double) (?:her|his|my) age`,
      `(?:older|grown|strange) (?:man|men|lads?|boys?|guys?|bloke) (?:\\S+ ){0,4}(?:buys?|bought|buying|gives?|gave|giving|picks?|picked|picking|messag\\w+|texts?|texting) (?:\\S+ ){0,2}(?:her|him|girls?|boys?|kids|gifts|presents|up)\\b`,
      `(?:carry|carries|carrying|sell|sells|selling|dealing|deals|deliver|delivers|delivering|running|runs|hold|holds|holding|hiding|hides|stashing|dropping|moving) (?:\\S+ ){0,2}${DRUGS} (?:\\S+ ){0,2}for (?:\\S+ ){0,2}(?:older|bigger|lads?|boys?|men|man|gang|gangs|dealers?|someone|people|them|him)\\b`,
      `${DRUGS} for (?:\\S+ ){0,2}(?:older|bigger|gang|gangs|dealers?) ?`,
      `${MINOR} (?:\\S+ ){0,4}(?:carrying|selling|dealing|holding|hiding|running) (?:\\S+ )?${DRUGS}\\b`,
      `(?:come|comes|came|coming|turns? up|turning up|arrives?|arriving|goes|going|sent|go) (?:to|in to|into|at|in) (?:school|nursery|class|club|youth club|playgroup|breakfast club|the library|library) (?:\\S+ ){0,2}(?:hungry|dirty|filthy|starving|unwashed|smelly|smelling|bruised|without (?:a |any )?(?:coat|shoes|food|breakfast|lunch|socks))\\b`,
      `(?:hungry|starving|unfed) and (?:\\S+ )?(?:dirty|smelly|filthy|cold|alone|unwashed|scared|bruised)\\b`,
      `(?:dirty|smelly|filthy|unwashed|cold) and (?:\\S+ )?(?:hungry|starving|unfed|unwashed)\\b`,
      `(?:mum|mam|dad|parents?|mother|father|stepdad) (?:\\S+ )?(?:drinks?|drunk|drinking|high|stoned|passed out|smokes weed|takes drugs|on drugs|using drugs)(?! (?:tea|coffee|water|milk|juice|plenty|enough)) (?:\\S+ ){0,5}(?:kids|children|child|baby|toddler|little ones?)\\b`,
      `(?:kids|children|child|baby|toddler) (?:\\S+ ){0,5}(?:mum|mam|dad|parents?|mother|father) (?:\\S+ )?(?:is drunk|drunk|always drunk|passed out|on drugs|stoned)\\b`,
      `(?:kids|children|child|baby|toddler|boy|girl) (?:\\S+ ){0,4}(?:always|often|left|kept|go|goes|every day) (?:\\S+ )?(?:hungry|unfed|dirty|filthy|without food|to bed hungry)\\b(?! (?:after|when))`,
      `(?:child|kids?|children|baby|toddler|boy|girl|they|she|he) (?:\\S+ ){0,2}(?:locked|shut|kept) (?:\\S+ )?in (?:\\S+ )?(?:room|bedroom|cupboard|dark) (?:all|every|for)\\b`,
      `(?:adult|man|stranger|someone|somebody|coach|teacher) (?:\\S+ ){0,3}(?:online|on snapchat|on instagram|on discord|on roblox|on the internet) (?:\\S+ ){0,4}(?:child|girl|boy|daughter|son|meet|secret|pictures|photos)\\b`,
    ],
  },
  {
    rule: "domestic",
    ofChild: "child",
    wordings: [
      `(?:${KIN}|he|she) (?:\\S+ )?(?:monitors?|monitoring|checks?|checking|reads?|reading|goes through|tracks?|tracking|watches) (?:all )?(?:my|her|his) (?:\\S+ )?(?:messages|texts|phone|emails|calls|whereabouts|location|every move|social media|mileage)\\b(?! (?:bills?|contract|signal|battery))`,
      `(?:have|has|had|need|needs) to ask (?:(?:him|her|my \\S+|permission) )?(?:before|to|if) (?:i|she|he|can)? ?(?:can )?(?:go|goes|going|leave|leaves|see|spend|buy|have) (?:out|the house|my friends|anyone|anything|money)\\b`,
      `(?:${KIN}|he) (?:\\S+ )?(?:controls|controlling|decides|dictates) (?:everything |all )?(?:what|where|who|when|how) (?:i|she|he|we) (?:\\S+ )?(?:eat|eats|wear|wears|go|goes|see|sees|spend|spends|talk|talks|sleep|sleeps|do|does)\\b`,
      `(?:${KIN}|he|she|they|someone|somebody) (?:\\S+ )?(?:films?|filmed|filming|records?|recorded|recording|photographs?|photographed|watches|watched|spies on|spied on|took (?:photos|pictures|videos?) of) (?:me|her|him|us|my (?:son|daughter)|the kids) (?:\\S+ ){0,2}(?:in the (?:shower|bath|bathroom|toilet|bedroom|changing rooms?)|undress\\w*|getting (?:changed|undressed|dressed)|naked|asleep|sleeping|through (?:the|my|her) window)`,
      `(?:${KIN}|he|she|they) (?:\\S+ ){0,2}(?:threaten\\w*|going|says he ll|says she ll) to (?:out me|out her|out him|tell (?:my|her|his) (?:parents|family|work|boss) (?:i|she|he)(?: am| m| is| s)? ?(?:gay|lesbian|trans|bi))\\b`,
      `(?:woke|wake|waking|came round|come round) (?:\\S+ ){0,12}(?:clothes|knickers|trousers|pants|underwear|bra) (?:\\S+ ){0,2}(?:off|gone|undone|down|ripped|torn|missing)\\b|(?:woke|came round) (?:\\S+ ){0,4}(?:naked|undressed) (?:\\S+ ){0,6}(?:remember|know (?:how|where)|strange|stranger)`,
      `(?:touched|groped|fondled|felt up|interfered with|molested|kissed|abused|hurt|hit|beaten|strangled|choked|shaken|burnt|burned|raped|stabbed|smacked|slapped|kicked|punched|pushed|threatened|followed|harassed|stalked|hounded|pestered|controlled) (?:\\S+ )?by (?:(?:my|her|his|their|our|the|an|a) )?(?:own |old |former )?${KIN}(?! s\\b)`,
      `${KIN} (?:\\S+ ){0,2}(?:touches|touched|touching|gropes|groped|fondles) (?:me|her|him|them|my (?:son|daughter|sister|brother|leg|bum|chest|privates))\\b`,
      `(?:sent|sends|send|sending|shared|shares|sharing|posts?|posted|posting|asked|asks|asking|wants?|leaked|threatens?|took|takes|taking|swap\\w*) (?:\\S+ ){0,5}(?:nudes?|naked|topless|sexual|intimate|explicit) (?:\\S+ )?(?:pics?|pictures?|photos?|images?|videos?|selfies?|snaps)\\b`,
      `(?:sent|sends|send|sending|asked for|asking for|asks for|wants|leaked|leaking) (?:\\S+ ){0,2}nudes\\b`,
      `revenge porn|sextort\\w*|blackmail(?:ed|ing|s)?\\b(?! (?:training|course|policy))`,
      `(?:don ?t|doesn ?t|not|never|didn ?t|do not|does not) (?:feel|feels|feeling|felt) safe(?! (?:crossing|cycling|walking|on|in the (?:bath|shower)|driving|online|using|getting))`,
      `(?:harass\\w*|stalk\\w*|pestering|hounding|threaten(?:s|ed|ing)|spying on|abus(?:e|ed|ing)) (?:\\S+ ){0,3}(?:by|from) (?:(?:my|her|his|their|an|a|the) )?(?:ex|exes|husband|wife|partner|boyfriend|girlfriend|son|daughter|brother|family)\\b`,
      `(?:husband|wife|partner|boyfriend|girlfriend|ex) (?:\\S+ ){0,2}(?:harass\\w*|stalks?|stalking|stalked|threaten\\w*|pester\\w*|won ?t leave (?:me|her|him) alone|keeps (?:calling|ringing|texting|messaging|turning up|following|coming|threatening))\\b`,
      `(?:threw|throws|throwing|chucked|chucks|lobbed|smashed|smashes) (?:\\S+ ){1,4}(?:at|over|on) (?:(?:my|her|his) (?:head|face|back|legs?|chest|mum|son|daughter|wife|husband)|me|her|him|them|us|mum|the (?:baby|kids))\\b${NOT_FOR_HATE}`,
      `(?:${KIN}|he|she) (?:\\S+ ){0,2}(?:hits?|hitting|slaps?|slapped|slapping|punche[sd]|punching|kicks?|kicked|kicking|shoves?|shoved|smacks?|smacked|smacking|grabs?|grabbed|chokes?|choked|choking|strangles?|strangled|strangling|thumps?|thumped|beats?|beating|headbutt\\w*|drags?|dragged|pinches|bites) ${THEM}\\b(?! (?:at|to (?:the|it)|target|ball|for|chess))${NOT_FOR_HATE}`,
      `(?:tells?|telling|told) (?:me|her|him) what (?:to wear|i can wear|she can wear|to eat|i can spend|she can spend)`,
      `(?:walk|walks|walking|treading|living) on eggshells`,
      `(?:makes?|made|making|forc\\w+) (?:me|her|him|them) (?:\\S+ )?(?:have sex|do sexual|sleep with|watch porn|marry|get married)\\b`,
      `(?:sent|flown|taken|sending|taking|going) (?:\\S+ ){0,5}to (?:marry|get married|be married)(?: (?:off|against|someone|a man|her cousin|his cousin))`,
      `(?:being|to be|been) (?:sent|taken|flown) (?:\\S+ )?(?:to|back to) (?:pakistan|bangladesh|india|somalia|afghanistan|iraq|turkey)`,
      `(?:scared|afraid|frightened|terrified) (?:\\S+ )?(?:of what (?:he|she|my|her)|he will|she will|of going home|when he comes|when dad comes)`,
      `(?:wont|doesnt|never) (?:let|lets) (?:me|her|him) (?:\\S+ )?(?:have|see|keep|use|answer|work|go) ?`,
      `(?:partner|husband|wife|boyfriend|girlfriend|ex) (?:\\S+ ){0,2}(?:puts? (?:me|her|him) down|calls? (?:me|her|him) names|smash\\w* (?:\\S+ ){0,2}(?:up|phone|door|things|house)|punche[sd] (?:the )?walls?|breaks? (?:my|her|his) things)\\b`,
    ],
  },
  {
    rule: "self-harm",
    wordings: [
      `(?:how many|how much) (?:paracetamol|paracetamols|ibuprofen|aspirin|codeine|insulin|tablets|pills|sleeping (?:tablets|pills)|antidepressants) (?:\\S+ ){0,4}(?:too many|too much|kill|die|dangerous|fatal|lethal|to take to|overdose|to not wake)\\b`,
      `(?:happier|better|easier|relieved|fine) (?:\\S+ )?(?:if|when|without) (?:i|he|she) (?:was ?n ?t|were ?n ?t|was not|is ?n ?t|am not|m not|was gone|were gone|was dead|died) ?(?:around|here|alive)?(?=$| (?:and|any|he|she|i|in|ely|help))`,
      `(?:sleep|asleep) (?:for ever|forever)\\b|tired of it all\\b(?! (?:being|going))`,
      `(?:written|wrote|writing|left) (?:\\S+ )?(?:letters?|notes?) (?:to|for) (?:\\S+ ){1,4}(?:for |to (?:read|open) )?(?:when|after) (?:i ?m|i am|he s|he is|she s|she is|ive|i ve) (?:gone|dead|not here)\\b`,
      `(?:nothing matters|no point|ready to (?:go|die)|said my goodbyes)\\b.* (?:made|written|sorted|done) (?:\\S+ )?will\\b|(?:made|written|sorted|done) (?:my|his|her) will\\b (?:\\S+ ){0,3}(?:ready(?: to (?:go|die))?(?=$| )(?! to (?:sign|send|retire))|said goodbye)`,
      `(?:hate|hates|hating|sick of|tired of|done with|fed up with|had enough of) (?:(?:my|his|her|their|this|own) )?(?:life|living|being alive)\\b(?! (?:drawing|jackets?|insurance|skills?|admin|models?|in|at|with|next|near|alone|here|on the))`,
      `life (?:\\S+ )?(?:isnt|is not|not|aint|wasnt|no longer) worth (?:living|it)|life (?:is|has become|feels) (?:pointless|unbearable|too much|meaningless)`,
      `nothing (?:\\S+ )?(?:to live for|worth living for)|no (?:reason|point) (?:\\S+ )?(?:to (?:live|go on|carry on)|living|going on|carrying on|being (?:here|alive)|in (?:living|life|going on|anything))|what ?s the point (?:of|in) (?:living|life|going on|being here|anything)`,
      `(?:disappear|disappears|disappearing) (?:forever|for ever|for good)|(?:want|wants|wish|wishes|wanted|wishing) (?:\\S+ )?(?:(?:to|she|he|i|they) )(?:just |could )?(?:disappear|vanish|not exist|not be here|be dead|sleep forever)\\b`,
      `(?:cant|cannot|can not|couldnt|not) (?:(?:really|just) )?(?:cope|coping|go on|do this|do life|carry on|take it|take this|face it|face life|take) (?:\\S+ )?${ANY_MORE}`,
      `(?:cant|cannot|can not) (?:go on|carry on)(?: (?:like this|living|at all))?(?=$| (?:and|but|he|she|i|in|ely|help|who))`,
      `(?:everyone|everybody|family|world|kids|people|they|you|we|all) (?:\\S+ ){0,3}better off without (?:me|him|her|them)\\b|better off without me`,
      `(?:dont|doesnt|didnt|not|never|wont|hopes? (?:i|he|she) (?:dont|doesnt)) (?:want to |wants to |wanting to )?(?:wake up (?:tomorrow|in the morning|again|any)|be (?:around|alive) (?:any|much)|carry on living|keep living)`,
      `(?:go|went|fall) to sleep and (?:never|not) wake(?: up)?|wish(?:es)? (?:i|he|she|they) (?:\\S+ )?(?:never been born|not been born|hadnt been born|werent here|wasnt here|wouldnt wake up)|never been born`,
      `(?:goodbye|farewell|suicide) (?:note|letter|video|message)|note (?:\\S+ ){0,5}saying goodbye|saying goodbye to (?:everyone|everybody|us all)|(?:giving|given|gives|gave) away (?:all )?(?:(?:of )?(?:his|her|my|their) )(?:\\S+ )?(?:things|belongings|stuff|possessions|pets?)`,
      `(?:thoughts?|thinking|thinks?|talks?|talking|dreams?|fantasi\\w+) (?:about|of) (?:\\S+ )?(?:ending (?:it|things|her life|his life|my life|their life|life)|dying|killing|death all|not being here|jumping)\\b`,
      `(?:end|ends|ending) it (?:all|now|tonight|soon)?(?=$| (?:and|he|she|i|all))|(?:want|wants|wanted) (?:it|everything|it all) to (?:be over|stop|end)\\b`,
      `(?:hate|hates|hating|loathes) (?:myself|himself|herself|themselves|who (?:i am|she is|he is))|(?:feel|feels|feeling) (?:\\S+ )?(?:worthless|like a burden|like dying|like ending)`,
      `(?:no one|noone|nobody|no body) (?:would|d|will) (?:even )?(?:miss|notice|care) (?:(?:me|him|her|them)\\b|if (?:i|he|she) (?:was|were|died|went|disappeared|is))`,
      `(?:cut|cuts|cutting|scratching|scratches|slicing|slices|burning|burns) (?:(?:her|his|my|their) )(?:own )?(?:arms?|wrists?|legs?|thighs?|skin)\\b(?! on (?:the|a))`,
      `(?:starving|starves|starve|punching|punches|scratching|biting|hitting|hits) (?:my|him|her|them)sel(?:f|ves)\\b|mak(?:es|ing) (?:herself|himself|themselves|myself) (?:sick|vomit|throw up)`,
    ],
  },
  {
    rule: "adult",
    ofChild: "child",
    wordings: [
      `(?:shout|shouts|shouted|shouting|screams?|screaming|swears?|swearing|yells?|yelling) at ${THEM}\\b${NOT_FOR_HATE}(?!.*\\b${RACIST}\\b)`,
      `rough with ${THEM}\\b|(?:handles?|handled|handling|treats?|treated|treating) (?:${THEM}|my \\S+|his \\S+|her \\S+|the \\S+) (?:\\S+ )?(?:roughly|badly|cruelly|like dirt|like (?:a |an )?(?:animal|slave|dog|servant)|terribly)\\b`,
      `(?:left|leaves|leaving|lies|lying|sits|sitting|sat|kept|laid) (?:\\S+ ){0,4}in (?:\\S+ )?(?:wet|soiled|dirty|soaking|filthy|soaked) (?:\\S+ )?(?:sheets?|bed|bedding|nappy|nappies|pads?|clothes|nightie|chair|mess|knickers|trousers)\\b`,
      `(?:left|leaves|leaving|lying|sitting|sat|lies) (?:\\S+ ){0,3}in (?:(?:his|her|their|my) (?:own )?)(?:mess|urine|filth|faeces|wee|poo|dirt)\\b`,
      `(?:nobody|no one|noone|never|not|hardly|rarely|isnt|arent|wasnt|doesnt get|dont get) (?:\\S+ )?(?:changes|washes|bathes|feeds|fed|washed|bathed|changed|cleaned|turned) (?:her|him|them|for days|properly|often enough|by (?:the|her|his))\\b`,
      `(?:eat|eats|eating|ate) (?:\\S+ ){0,2}(?:out of|from) (?:\\S+ )?(?:bins?|skips?|rubbish|dustbins?|wheelie bins?)\\b`,
      `(?:liv(?:es|ing)|lying|sleep(?:s|ing)) in (?:\\S+ )?(?:filth|squalor|(?:his|her|their) own (?:mess|dirt|filth))\\b|(?:maggots|mouse droppings|rats) (?:\\S+ ){0,3}(?:bed|kitchen|sores|wounds?|all over)\\b|sores (?:\\S+ )?(?:on|all over) (?:his|her|their) `,
      `(?:stopped|stops|given up) (?:eating|washing|eating and washing|taking (?:his|her|their) (?:tablets|medication|insulin))\\b|(?:getting|gets|got|very|terribly|dangerously|painfully|so) thin\\b(?! (?:hair|on|ice|soil|walls?))`,
      `(?:took|taken|taking|take|takes) over (?:my|his|her|their|the|an?) (?:\\S+ ){0,2}(?:flat|house|home|place|bungalow)\\b|(?:moved|move|moving) (?:in|into) (?:\\S+ ){0,4}(?:wont leave|refuse|dealers|selling|dealing|sell drugs)`,
      `(?:sell|sells|selling|dealing|deal|deals) (?:\\S+ )?${DRUGS} (?:\\S+ )?(?:from|in|at|out of) (?:his|her|their|my|an?) (?:\\S+ ){0,2}(?:flat|house|home|place)\\b`,
      `(?:scammed|conned|tricked|swindled|fleeced|defrauded|cheated|robbed) (?:\\S+ ){0,3}(?:out )?of (?:\\S+ ){0,3}(?:savings?|money|pension|house|thousands|hundreds|pounds|cash|inheritance|\\d+)\\b|(?:was|got|been|being|is|were|gets) (?:\\S+ )?(?:scammed|conned|swindled|defrauded|fleeced)\\b|romance (?:fraud|scam)|lost (?:\\S+ ){0,4}(?:savings?|money|pounds|thousands) to (?:\\S+ ){0,2}(?:scam\\w*|fraud\\w*|conm[ae]n|someone online|a man online)`,
      `(?:gave|gives|giving|sent|sends|sending) (?:\\S+ ){0,4}(?:money|savings|pension|thousands) to (?:\\S+ ){0,2}(?:man|woman|stranger|someone|somebody|boyfriend|people) (?:\\S+ ){0,4}(?:online|never met|internet|facebook|phone)\\b`,
      `(?:takes?|taking|took|spends?|spending|emptied|empties|drains?|draining|pockets?|steals?|stealing|stole|helps? (?:him|her)self to) (?:all )?(?:(?:my|his|her|their|our) )?(?:mum|dad|nan|gran|grandad|mother|father|grandma|aunt|uncle|neighbour)s (?:\\S+ )?(?:pension|money|savings|card|bank card|account|benefits|jewellery)\\b`,
      `${KIN} (?:\\S+ ){0,2}(?:takes|took|taking|spends|spent|steals|stole|empties|emptied|keeps) (?:all )?(?:her|his|their|mums|dads|nans|grans) (?:\\S+ )?(?:wages|pension|savings|benefits|bank card|bank account|bank accounts|cash card|jewellery)\\b`,
      `(?:hit|hits|slapped|slaps|pinched|pinches|pushed|hurts?|kicked|punche[sd]|dragged|bullied|bullies) (?:\\S+ )?by (?:(?:the|a|her|his|their|my) )?(?:staff|carers?|nurse|care worker|support worker|care home)\\b|(?:staff|carers?|nurse|support worker|care worker|care home) (?:\\S+ )?(?:hit|hits|slap\\w*|pinch\\w*|push(?:es|ed)|hurt|hurts|kick\\w*|drag\\w*|tie[sd]?|lock\\w*|mock\\w*|bull(?:y|ies|ied)|ignor\\w*|laugh\\w* at|threaten\\w*) (?:at )?(?:her|him|them|me|us|mum|dad|residents?|nan|gran|my)\\b`,
      `(?:not|never|isnt|arent) (?:allowed|let) out\\b.* (?:wages?|paid|pay|money)\\b|(?:no|without) (?:wages|pay)\\b.* (?:not|never|isnt|arent) (?:allowed|let) (?:out|to leave)\\b`,
      `(?:works?|work|working|worked|made to work) (?:\\S+ ){0,5}(?:no|without|never) (?:pay|wages|paid|a wage|money)\\b|(?:boss|gangmaster|employer|they) (?:\\S+ ){0,2}(?:keeps?|kept|took|holds?) (?:\\S+ )?(?:passports?|wages|id|papers|documents)\\b`,
    ],
  },
  {
    rule: "radicalised",
    wordings: [
      `(?:watch\\w*|join\\w*|follow\\w*|look\\w* at|talk\\w*|support\\w*|into|reads?|reading|shar\\w+|posts?|posting|obsess\\w*|drawn|chat\\w*|believ\\w*|prais\\w*|download\\w*|fight\\w*|recruit\\w*|become|becoming|gone|getting|turning|turned|travel\\w*|meet\\w*|marry) (?:\\S+ ){0,5}${EXTREME}\\b(?! (?:training|awareness|policy|prevention|guidance|course|act))`,
      `${EXTREME} (?:\\S+ )?(?:videos?|sites?|websites?|forums?|flags?|propaganda|posts|channels|chat|recruiters?|leaflets?|stickers?|friends|groups? online)\\b`,
      `(?:been|being|is|was|getting|gets|become|becoming|becomes) (?:\\S+ )?radicali[sz]ed|(?:travel|go|going|gone|fly|flying) to (?:syria|join|fight)(?: |$)(?! the)`,
    ],
  },
  {
    rule: "hate",
    wordings: [
      `swastikas?|nazi (?:salutes?|signs?|symbols?|graffiti|flags?)|kkk`,
      `${RACIST} (?:\\S+ )?(?:things?|stuff|words?|messages?|notes?|letters?|jokes?|names?|posts?|texts?|graffiti|stickers?|leaflets?|calls?|songs?)\\b`,
      `(?:paki|pakis|nigger|niggers|nigga|chinky|faggot|faggots|tranny|pikey|pikeys|gyppo|gyppos|spastic|retard)\\b`,
      `go (?:back|home) (?:home )?to (?:\\S+ )?(?:own )?(?:country|where (?:you|they|we|she|he) (?:came|come|belong))|go back (?:to )?where (?:you|they|we|she|he) (?:came|come)`,
      `(?:bullied|bullying|attacked|abused|picked on|beaten up|targeted|spat (?:at|on)|harassed|egged|threatened|insulted|mocked|teased|laughed at|called names|shouted at|screamed at|sworn at|stones at \\S+|refused|pushed|kicked|hit) (?:\\S+ ){0,6}(?:because|cos|for) (?:\\S+ ){0,5}${CREED}\\b`,
      `(?:called|calling|calls) (?:her|him|me|us|them|names) (?:\\S+ ){0,4}(?:because|cos|for) (?:\\S+ ){0,4}${CREED}\\b`,
      `(?:dog (?:mess|poo|dirt)|excrement|bacon|pork|fireworks?) (?:\\S+ ){0,3}(?:through|at|on|in) (?:\\S+ ){0,2}(?:letterbox|letter box|door|mosque|front door)`,
    ],
  },
];

const TOLD = FAMILIES.map(({ wordings, ...family }) => ({
  ...family,
  heard: wordings.map((wording) => new RegExp(`(?<![^ ])(?:${wording})`)),
}));
/** A daughter or a nephew may be grown up. */
const OF_A_CHILD =
  /(?<![^ ])(?:child|kids?|children|boys?|girls?|lad|baby|toddler|pupils?|teenager|teen|school(?:girl|boy)|step(?:dad|father)|(?:[1-9]|1[0-7]) ?(?:year|years|yr|yo)|aged? (?:[1-9]|1[0-7]))(?![^ ])/;
/** People write whole stories; what is looked for is said early. */
const MOST_WORDS = 150;

/** The rules of the families of words about harm that a text says, by their ids. */
export function harmTold(text: string): string[] {
  const said = writtenWords(text).slice(0, MOST_WORDS).join(" ");
  const isOfChild = OF_A_CHILD.test(said);
  return TOLD.filter(({ heard }) => heard.some((wording) => wording.test(said))).map(
    ({ rule, ofChild }) => (isOfChild && ofChild ? ofChild : rule),
  );
}

/** One of these words or phrases, a space between words written as "_". */
function oneOf(words: string): string {
  return `(?:${words.trim().split(/\s+/).join("|").replaceAll("_", " ")})`;
}
