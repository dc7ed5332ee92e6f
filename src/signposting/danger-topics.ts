/**
 * What a sentence is about, for danger-learned.json: groups of words that stand for one another, so
 * that a weight learned from a dinghy also holds for a canoe. They say nothing by themselves. "_"
 * joins words that follow one another.
 */
export const TOPICS = {
  boat: `boat dinghy canoe kayak paddleboard paddleboarder inflatable lilo raft yacht barge ferry
    punt narrowboat rower sailor lifeguard lifeboat surfer swimmer jetski capsized overboard`,
  water: `river sea canal lake lock weir pond pool dock quay pier slipway reservoir quarry dyke
    ditch drain culvert beach tide shore brook stream harbour marina estuary ice well moat
    fountain`,
  vehicle: `car van lorry truck bus coach minibus taxi cab tram train tractor motorbike moped scooter
    bike bicycle quad ebike hgv ambulance forklift digger trailer caravan jeep transit
    pushchair pram wheelchair buggy mobility`,
  road: `road motorway carriageway a14 a10 a1 m11 bypass junction roundabout crossing kerb
    pavement verge layby slip lane hard_shoulder bollard tracks rails railway platform
    level_crossing viaduct tunnel`,
  height: `bridge roof ledge balcony scaffold scaffolding ladder tower crane pylon mast cliff window
    parapet railing railings edge stairs stairwell escalator lift multistorey gantry girder
    chimney steeple`,
  dog: `dog dogs alsatian pitbull rottweiler staffie terrier bulldog mastiff bull cow horse wasp
    wasps bee bees adder snake swan`,
  drug: `pills tablets paracetamol ibuprofen aspirin codeine morphine insulin methadone heroin
    fentanyl ketamine spice cocaine mdma diazepam valium tramadol medication meds
    antidepressants overdose od vodka gin whisky bleach antifreeze weedkiller detergent
    capsule liquitab liquid battery batteries magnets glue solvent aerosol mushrooms berries
    vape`,
  limb: `head face neck throat chest heart lungs arm arms leg legs hand hands finger fingers wrist
    wrists foot ankle hip back spine ear eye eyes nose mouth lips tongue skin stomach belly
    bowel artery vein skull ribs hair`,
  symptom: `breathe breathing breath gasping wheezing choking blue grey pale clammy sweaty floppy
    limp unconscious unresponsive collapsed fainted fitting seizure convulsing bleeding blood
    vomit vomiting sick dizzy drowsy confused slurring numb swollen swelling rash fever
    temperature stiff shaking shivering cold burnt burns scald swallow swallowed pulse
    drooping agony pain screaming contractions labour haemorrhage hypo delirious lifeless
    blisters`,
  child: `child children kid kids baby babies toddler infant newborn boy boys girl girls lad lads
    son daughter pupil pupils teenager teen twins little_one tot brother sister niece nephew
    grandson granddaughter scouts brownies cub nursery`,
  old: `elderly old pensioner gran nan nana granny grandad grandpa dementia alzheimers care_home
    frail sheltered warden mum mam mother dad father aunt uncle`,
  partner: `husband wife partner ex boyfriend girlfriend hubby missus fella stepdad stepmum lodger
    bloke in_laws fiance`,
  staff: `colleague receptionist officer warden inspector caretaker librarian registrar clerk
    driver teacher cleaner carer nurse councillor cllr chair manager steward volunteer
    bailiff enforcement planner surveyor ranger lone_worker social_worker housing_officer
    guard security worker roofer electrician lollipop crossing_patrol porter contractor`,
  attacker: `man men bloke blokes guy guys gang mob crowd group thugs stranger intruder burglar robber
    attacker gunman dealers neighbour neighbours youths lads someone somebody they stalker`,
  room: `house home flat kitchen bathroom bedroom toilet loo loos cupboard wardrobe loft cellar
    basement attic garage shed hall hallway landing stairs foyer reception lobby office lift
    corridor garden doorstep porch letterbox door`,
  venue: `library hub school mosque synagogue church temple gurdwara market station park shop pub
    hostel hotel hospital refuge theatre museum gym playground rec centre depot surgery civic
    town_hall high_street square underpass car_park chamber counter desk ward`,
  blow: `hit hits hitting punch punched punching kick kicked kicking slap slapped beat beating
    beaten battering battered stab stabbed stabbing slash slashed strangle strangling choke
    choking attack attacked attacking assault assaulted shove shoved shoving push pushed drag
    dragging dragged grab grabbed pin pinned shoot shot shooting headbutt headbutted stamp
    stamping smash smashing rape raped grope groped throttle spit spat bite bitten maul
    lunged swinging throwing chucked wrestling jumped laid_into kicking_off fight fighting
    brawl scrap punch_up`,
  blade: `knife blade machete axe hatchet hammer sword gun pistol rifle shotgun crossbow crowbar
    bat bottle screwdriver scissors razor needle syringe brick petrol acid lighter matches
    chainsaw bar pole cleaver stick belt catapult taser knuckleduster spade cosh`,
  threat: `kill kills murder threatens threatening threatened threat end_it hurt harm warned swears
    promised revenge blackmail do_her_in finish burn torch`,
  fire: `fire flames smoke burning ablaze alight blaze petrol explosion exploded bang gas leak
    fumes carbon monoxide sparks sparking socket electrocuted cable wires chip_pan
    smouldering blown cylinder chemical ammonia chlorine`,
  crush: `collapsed fell fallen falling trapped stuck crushed buried pinned under rubble landslide
    sinkhole ceiling wall tree girders slipped came_down gave_way swept flood floodwater
    rising cut_off trench`,
  hide: `hiding hid whisper whispering quiet shh cant_talk hang_up silent locked barricaded
    cupboard wardrobe under_the_bed followed following follow chasing chased tracking
    watching outside`,
  goodbye: `goodbye bye sorry forgive note letter cat feed_the without_me better_off miss_me tired
    alive die dying suicide suicidal rope noose bridge pact over worth point burden peace
    tonight`,
  taken: `taken took passport flight airport plane married wedding cutting ceremony abroad pakistan
    somalia heathrow stansted luton snatched abducted kidnapped ransom custody locked
    padlocked chained cellar basement brothel trafficked`,
  missing: `missing wandered wandering lost vanished disappeared absconded slippers nightie pyjamas
    coat cant_find gone_missing not_seen ran_off bolted`,
  moment: `now currently still here right_now just tonight minute minutes mins ago seconds hurry
    quick quickly urgent urgently asap immediately already happening on_the_phone on_the_line
    as_we_speak keeps again`,
  service: `police ambulance 999 paramedic paramedics fire_brigade coastguard help sos send come call
    ring emergency defib defibrillator cpr epipen inhaler`,
  paper: `report paper papers minutes agenda item policy strategy plan draft file form forms
    template slide slides document spreadsheet excel email emails inbox memo letter leaflet
    poster newsletter register log record records data figures statistics stats table chart
    graph dashboard kpi indicator target budget invoice contract tender bid quote funding
    grant fee bill bills cost costs savings audit`,
  office: `printer laptop computer screen keyboard mouse phone wifi network server password login
    account app website teams zoom webinar call calendar diary badge pass parking desk chair
    kettle fridge microwave heating air_con projector photocopier stapler shredder software
    system download upload`,
  assembly: `meeting meetings committee cabinet council councillor chair vote debate motion amendment
    election conference workshop session training course webinar interview appraisal
    induction briefing panel board scrutiny consultation review inspection audit visit`,
  leave: `leave holiday annual fortnight away cruise off sick cover maternity paternity retirement
    secondment absence back return sabbatical`,
  order: `update updates remind reminder reminders digest champion champions record records action
    actions post show send give tell list add remove change stop pause start open close
    export import download preview signpost signposting log move cancel`,
  past: `yesterday last ago was were had previously then earlier former since 2015 2016 2017 2018
    2019 years months weeks decades history historic closed recovered back_in used_to once`,
  future: `tomorrow next will shall january february march april may june july august september
    october november december monday tuesday wednesday thursday friday saturday sunday autumn
    summer spring winter`,
  safe: `safe settled fine ok okay sorted recovered discharged recovering well nobody no_one
    false_alarm fixed arrested charged jailed convicted moved_out gone_home`,
  question: `what which who when where why how is are does do can could should would any has have`,
  leisure: `film movie play musical drama game games quiz book novel song band gig concert festival
    football rugby cricket darts league match team season panto show exhibition museum raffle
    party wedding_anniversary disco dance choir knitting club bake cake pint brew tea coffee
    curry lunch biscuits charity fun_run walk gala fair fete`,
  trade: `boiler drain drains bins bin pothole hedge grass tree trees roof gutter lamp light lights
    fence paint cladding toilet tap pipe lock key keys door window heating lift repair
    repaired fix maintenance contractor cleaning carpet`,
  health: `gp nhs clinic dentist therapy counselling rehab support screening jab vaccine appointment
    hospital_visit physio carers wellbeing mental_health bereavement group helpline
    samaritans advice service`,
  humour: `literally lol haha joke joking metaphor figuratively budget deadline workload inbox
    emails paperwork procurement timesheet cake meetings gig season numbers quarter merger
    bid amendment figures scheme`,
  weather: `rain snow sun sunny hot cold freezing boiling wind storm frost fog weather muddy`,
  training: `training course drill exercise role_play script scenario practice exam quiz toolkit
    guidance procedure e_learning refresher awareness campaign prevention week project scheme
    programme fund pilot pledge charter`,
  money: `pay rent debt loan tax price prices money bank salary pension overtime mileage expenses
    benefits grant voucher charge charges saving savings cut cuts budget`,
} as const;
