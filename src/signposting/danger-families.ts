/**
 * Families of words, by what they mean for whether somebody is in danger now. Words stand in their
 * stem (stemOf), so one stands for all its forms. "_" joins two words that follow one another.
 */
export const FAMILIES = {
  /** One person does something to another. */
  violence: `fight go_for cut_the cut_you come_to_do do_you stand_over stood_over throw_her_thing  brawl shov sexual touch_me interfer beat_her hell_out smash smash_up things_smash blow_up hit beat punch kick slap smack whack thump batter bash thrash headbutt attack assault strangle choke throttle
    suffocate smother stab slash shoot hurt harm torture rape molest grope murder kill behead stamp spit lunge swing maul
    bite savage knife glass lynch mug rob ambush jump_him jump_her pummel wallop clobber   whip pelt ram
    plough shove push_her push_him throw_her throw_him throw_me throttl strangl attackin abus brutal beaten beat_up
    beating batterin knock_him knock_her knock_down mow_down run_over finish_her finish_him do_her do_him  clout
    stabb tak_turn seven_bell set_about lay_into  pour_petrol kick_off`,
  /** Held, taken or kept from help. */
  force: `corner tie bound block against_her_will against_his_will against_my_will tak_my tak_the_kid took_the_kid tak_abroad get_married marry be_cut made_to drag grab pin  trap chain  tied lock lock_in hostage captive kidnap abduct snatch bundle force barricade
    restrain handcuff gag surround  captiv imprison held hold_her hold_him traffick cut_off tak_her tak_the_kid
    let_her let_me won't_let wont_let not_let keep_her snatched  fly_out flown prisoner  smuggle run_off`,
  /** Who or what is outside, behind, on its way. */
  pursuit: `hide listen in_my_house head_to head_for near_him near_her come_near wait_for_her in_the_wardrobe in_my_kitchen in_my_room in_the_kitchen they_are_in he_is_in_the in_the_next_room mouth_help keep_look_at_the_door hand_over_her over_her_mouth wont_leave won't_leave wont_go refuse_to_leave block_the sat_outside wait_outside  car_outside stood_outside stand_outside my_address her_address cut_the_phone took_my_phone took_her_phone taken_her_phone her_phone my_phone_off follow_us behind_us look_for_her look_for_me look_for_us on_my_tail walk_behind behind_me behind_her  in_my_house in_my_garden in_my_flat in_her_house in_the_loft driv_round  track tracker at_the_window let_me_in break_into upstairs_now touch_me touch_her in_her_room come_upstair out_of_prison out_of_jail found_us found_me found_her  knows_where follow chase stalk hunt track_down lurk wait_for turn_up show_up break_in burglar intruder prowler
    find_me find_her come_for come_after  come_round  hid bang_on hammer_on kick_in smash_in break_down
    force_entry climb_in let_himself in_the_house in_the_building in_the_garden outside_her outside_my at_her_door
    at_my_door on_the_doorstep get_in on_his_way next_room peer storm loose`,
  /** Something to do it with. */
  weapon: `hammer rope match with_a_hammer holding_a_match lighter rope_round golf_club stick with_stick weedkiller spike stone knife knive blade machete axe hatchet sword gun firearm shotgun pistol handgun rifle weapon crossbow crowbar
    cleaver dagger taser grenade bomb explosive petrol acid   brick baseball_bat a_bat_and with_bat  screwdriver scissor razor
    firework bottle chainsaw pitchfork noose    arm_with nail_gun spade`,
  /** A body that fails. */
  body: `stuck wound pain ill poison broken respond answer come_round pass_out in_pain blood_down blood_on eye_shut blood_thinner burn_from grey_and hand_are_cold head_first conscious_but spitting can't_stand cant_stand leg_have_gone eye_roll roll_back sweat heart_rac palpitation cut_open finger_off hang_off sting stung snake adder hot_oil boil heatstroke hypothermic cold_to gurgle hive peanut nut wasp tourniquet contraction  placenta cord pool_of blood_pour cut_his cut_her hit_her_head hit_his_head bang_her_head bang_his_head split_open gash  stuck_in caught_in arm_is leg_is out_cold wont_stop won't_stop face_has one_side hear_attack no_answer not_answer wont_answer cant_get_him cant_get_her give_way gave_way can't_see cant_see cant_feel cant_talk cant_speak have_her_baby her_baby give_birth jerk tongue waters twitch wheez lip vomit sick throw_up  funny_angle come_off knocked_off off_his_bike head_injury on_the_floor on_the_ground  drug under_the  lying  breath unconscious unresponsive conscious lifeless limp floppy faint collapse convulse seizure a_fit hav_a_fit choke gasp
    pulse cpr bleed blood stroke chest heart_attack drool slur droop swollen swell swallow allergic anaphylaxis epipen
    overdose overdos od purple grey blue pale clammy cold drowsy confuse numb paralyse vomit rash meningitis sepsis
    hypo asthma inhaler  bone artery  burn scald electrocut shock  agony labour crown waters_break
    move wake   dead dying die dy lifeles drown concussion skull gash sever crush impale shiver shak
    slump gone_down go_down fall fell fallen cardiac haemorrhage miscarry foam spasm hypothermia delirious feverish
    insulin diabetic floating float injur injure hurt_bad  funny_colour heart_rate passe passed_out  black_out
     stiff glaze starv dehydrat starve no_food not_eat unwell  smell_terrible fly flie gone_quiet`,
  /** Against oneself. */
  self: `note edge final rope burden keep_myself_safe keep_herself_safe keep_himself_safe written_the_letter wrote_letter scarf banister to_the_banister so_tired isnt_their_fault razor_blade nobody_will_miss miss_me do_it_now done_bye love_them not_alive be_alive alive_tomorrow never_see without_me tak_the_whole nothing_left bring_me_back suicide suicidal kill_myself kill_himself kill_herself hang_himself hang_herself hang_myself end_it end_his end_her
    end_my harm_myself harm_herself harm_himself cut_herself cut_himself cut_myself self_harm goodbye last_message 
    pill tablet paracetamol ibuprofen bleach medication insulin jump ledge parapet railing bridge multi_storey
    railway track roof  better_off  not_be_here want_out can't_go cant_go no_point not_wake 
     give_up no_way_out join_her join_him wrist cut_deep take_something taken_something let_go go_over slit
    let_himself_go say_goodbye meds overdos not_worth sleep_forever his_life her_life my_life want_it_to_stop`,
  /** What burns, falls, floods, leaks. */
  hazard: `window under mud pool edge ladder smoke water wire bulge under_a under_the under_it come_through overhead_line into_the_front into_the_crowd into_a_crowd has_gone_into went_into gone_into bull powder_in full_of_smoke in_the_smoke pond river_bank in_the_pond dyke through_the_window dog_has in_the_mud on_the_mud in_the_dyke up_against tanker manhole silo slurry forklift digger tractor combine capsize canoe kayak paddle out_of_depth current chip_pan letterbox socket alarm_go dizzy headache sparking flood_water trap_under lightning on_the_rail motorway into_a into_the_back ran_over no_brake level_cross derail sinkhole cable power_line live_cable  in_trouble trouble_off in_the_dock into_the_river into_the_dock through_the_ice on_the_line hot_car fire flame  blaze alight ablaze burn gas_leak gas smell_gas fume explosion explode blast chemical spark
    live_wire  collapse cave_in rubble come_in come_down flood rise  river canal lake sea tide ice drown sink under_water
    crash overturn flip upside collision run_over hit_by pile_up train car_plough mount_pavement on_its_roof on_its_side
    electric pylon carbon_monoxide cooker_on gas_on  cliff  balcony  bomb_threat powder package rucksack
    swept swept_away quicksand  scaffold  crane  pond weir lock dyke drain level_crossing motorway hard_shoulder `,
  /** What hardly ever means anything else. */
  grave: `on_fire collapse keel_over keeled_over cant_breathe not_breathe isnt_breathe stop_breathe no_pulse unconscious unresponsive cant_wake wont_wake
    not_respond isnt_respond rouse cant_rouse cant_get_up not_move isnt_move stop_move bleed blood_everywhere smoke_everywhere scream drown choke
    strangle stab hostage noose gunshot shots seizure overdose under_a_car under_a_lorry under_a_bus under_a_train under_the_wheel hang_from trap_in
    trapped been_hit been_shot explod explosion gone_blue turn_blue go_blue foam convulse fitting rape kidnap abduct electrocut
    on_the_ledge on_the_roof on_the_bridge on_the_track in_the_river in_the_water end_it kill_himself kill_herself kill_myself take_his_life
    goodbye off_the_roof burn_down locked_in break_in smash_up cut_her_wrist cut_his_wrist battery swallowed went_limp floppy
    impale crush slump motionless lifeless stop_shiver wet_through purple drugged spiked hot_car by_the_throat by_the_hair
    let_go knife_to blade_to gun_to turn_the_gas pour_petrol doused dousing`,
  /** Calls for help in the languages that are spoken here, without accents. */
  foreign: `pomocy ratunku noz nozem karetka policja krwawi umiera pobil bije gelbekit padekit padekite peilis kraujuoja musa ajutor ajutati
    cutit sangereaza bate socorro acudam faca sangrando ayuda auxilio cuchillo secours aidez couteau hilfe imdat yardim bicak
    bachao madad aiuto coltello помогите спасите нож помощь убивает бьет допоможіть рятуйте ніж бє вбиває помощ
    النجدة ساعدوني 救命 بچاؤ مدد`,
  /** Parts of a body. */
  part: `head face neck throat arm leg chest mouth hand stomach eye skin lip tongue ankle wrist belly rib`,
  /** Who is near enough to harm. */
  kin: `husband wife partner ex boyfriend girlfriend dad father stepdad mum mother stepmum brother sister uncle cousin carer lodger flatmate
    landlord stalker gang mob thug intruder driver stranger hubby missus fella bloke youth`,
  /** What fear sounds like. */
  fear: `cower frozen_with shak hear_her hear_him hear_a_child don't_want_to_go_home dont_want_to_go_home scared_to not_safe_to hide hid can't_ring cant_ring cannot_talk whisper scare frighten terrify terrifi terror petrify afraid cry sob beg plead whisper shout yell hysterical shake tremble crie panic
    desperate dread cower sobbing wail howl`,
  distress: `fear distress help sos mayday quick quickly hurry urgent urgently emergency plea
    please_come nasty go_mad kick_off rage rag furious violent aggressive threaten threat danger unsafe not_safe
    voice paranoid drunk high armed lose_it out_of_control going_mad ape berserk`,
  /** Who cannot help themselves. */
  fragile: `child kid baby toddler infant newborn boy girl lad lass daughter son pupil teenager teen year_old month_old
    little_one elderly frail pensioner gran nan grandad dementia wheelchair blind deaf pregnant disabled
    kiddie grandchild grandson granddaughter grandchildren children twins foster wife mum mother old_lady old_man old_chap`,
  /** Left by those who should be there. */
  left: `lost own slipper in_her_slipper along_the_a14 on_the_a14 without_his_coat without_her_coat minus_three at_midnight shut_out out_in_the_cold no_coat no_shoe no_food no_heat in_the_dark soaked outside_in_the left_outside on_the_step nappy pushchair in_the_car asleep_in sleep_rough rough_sleeper alone  unattended unsupervised abandon missing  wander wandering vanish run_away runaway disappear not_come
    on_his_own on_her_own by_himself by_herself no_one_with nobody_with last_see not_see not_been_seen hasnt_been locked_in freez
    no_adult left_the left_them left_her left_him pyjama nightie barefoot middle_of_the_road not_turn_up`,
  /** Somebody is called to come. */
  summons: `police_need ambulance_need asap need_police need_an_ambulance ring_999 call_the_police call_an_ambulance get_an_ambulance ambulance paramedic police 999 fire_brigade coastguard someone_come come_quick send send_someone call_someone 
    help_her help_him please_come please_send get_someone come_now what_do_i_do what_should_i_do`,
} as const;

/** What says that it is happening as it is written. */
export const PRESENT = {
  now: `for_an_hour for_hour all_day half_an_hour last_hour ten_minute five_minute since_this since_yesterday mid_meeting gone about_to on_the_way coming_back be_back now right_now just_now at_the_moment as_we_speak this_minute this_second tonight still currently minute_ago second_ago
    moment_ago since_last_night any_minute any_second by_six at_three again here already on_the_phone on_the_line
    down_the_line in_front_of suddenly straight_away immediately today this_morning just`,
  near: `outside upstairs downstairs next_door reception foyer lobby front_desk desk landing stairwell corridor toilet
    car_park doorway door doorstep street pavement park road library hub underpass bus_station station shop
    neighbour neighbouring above below behind window in_the_river by_the_bridge platform playground`,
  witness: `hear see smell watch caller client tenant resident customer lady gentleman chap bloke fella fellow woman man
    somebody someone guy colleague our there_is there_s theres we_have we_ve i_can i_think i_m i_am my says_he says_she
    text rang ring told tell`,
} as const;

/** What says that nobody is in danger as it is written. */
export const AGAINST = {
  business: `talk painted baby_clinic clinic timetable barrier bell climbing_wall youth_club_from community_centre museum arts age_limit blood_pressure food_bank warm_space stall lock cost update_for friend park carpet parking open_day swim nobody_hurt drain screening boxing skiing join_online dentist menu gas_bill pitch figure statistic stat data report paper policy strategy training train kpi target agenda budget item
    action minute indicator rate percentage chart trend prevention awareness drill exercise leaflet poster panel board
    committee review motion statement funding fund plan register inspection certificate champion champions conference course
    refresher scheme project partnership benefit digest admission incident proportion compare counsell counselling helpline
    licence licens ward dashboard record update scrutiny spreadsheet deadline consultation election referral response_time
    press lesson campaign summary slide cost appeal bereav survivor grant inspector service meeting council councillor
    officer member quarter month annual year list number contact class group club event exhibition museum week day stall
    bin banner display workshop session talk volunteer equipment kit defibrillator script guidance procedure advice
    definition difference law act section code duty vote debate amendment poll chair email printer laptop form inbox
    system computer software file document pdf budget expense invoice contract tender project_plan housing_list planning application
    permit tax bill bus_pass recycle newsletter consultation website page link password login wifi`,
  asked: `who_has_not who_has who_is who_s who_was what who whom which where when how why is_there are_there do_we does_the do_you can_i can_we could_we should_i
    is_it is_the are_the show list explain put add sign_up book find tell_me_about give_me did has_the have_we may_i
    any_news remind send_me print download export email_me`,
  over: `she_is_safe he_is_safe safe_with safe_at is_back_at was_under last_week last_month last_year last_quarter last_spring last_summer last_autumn last_winter yesterday ago
    week_ago month_ago year_ago in_january in_february in_march in_april in_may in_june in_july in_august in_september
    in_october in_november in_december historic previously back_in used_to since_then recover better_now well_now as_a_child
    formerly over_the_summer over_christmas now_safe is_safe s_safe are_safe safe_and nobody_hurt no_one_hurt nobody_in
    no_one_in no_injury all_fine ok_now pass_away last_tuesday last_monday last_friday last_wednesday last_thursday already_report in_the_spring in_the_summer in_the_autumn in_the_winter on_tuesday on_monday on_wednesday on_thursday on_friday last_night_nobody dealt_with police_deal people_still_talk
    at_the_june was_arrest were_arrest arrest charged convict sentence`,
  counted: `people_who_have support_for how_many how_much how_often number_of percentage_of proportion_of rate_of most average total per recorded case_of
    victim_of adult_who people_who women_who children_who statistics nationally countywide`,
  supposed: `if whether would example such_as in_case sign_of risk_of hypothetical suppose scenario`,
  thing: `cancer poverty hate_crime feeling followed_up follow_up_on area exhibit open_day website loneliness inequality covid_19 pandemic drop_in licence in_the_building_tomorrow car_park_open opening_time poster poll reading_group kpi slide room_booking boiler abstain gas_safe grass hedge bin_collection collection_day gym_class career youth_work first_draft draft overspend workload inbox website laptop lift boiler printer market app computer idea proposal pipe pothole heat_pump phone battery
    internet network screen server car_park_ticket photocopier kettle_in_the budget tree_prun door_code heating toilet_block
    money debt gas_bill grab_rail furniture coat leaflet light lighting towpath football team rugby darts cricket
    cut payment price target deadline number figure report union strike covid tax fee charge bill rail_fare weather snow_day`,
  figure: `lost_her_husband lost_his_wife lost_her_wife to_fix broken_toaster keep_fit keep_forget who_is_missing not_submit not_arrived not_any_more out_of_date not_there can_you_help could_you_help help_with hit_by_flood by_flood fight_poverty overdose_death armed_force chase_for chased_for followed_up follow_up two_agenda hammer_and_nail alarms_fit alarm_fit website_has not_working for_the_meeting ticking_time_bomb time_bomb drag_their_feet choke_up bonfire firework_night knockout blue_badge broke_his_leg both_well have_a_smoke a_smoke smash_her_target smash_his_target smash_it burnt_out hit_a_wall first_aid choking_up thank_the in_the_form scare_half bomb_of_idea half_the_village hold_hostage_by held_hostage_by club_is_on_fire hit_by_cut by_covid hit_by_rain by_rain a_fit_out bat_survey fight_for shoot_range shooting_range range_licens kill_or_seriously bark_all fire_engine gun_salute pain_in_the_neck pain_in_the on_its_feet for_the_village scream_out for_a_bigger guide_dog lost_property nearly_die literally to_death nearly_kill i_could_murder dying_for dying_to my_phone embarrass bored laugh time_at
    of_interest in_committee the_budget the_scheme the_deadline the_amendment the_motion the_vote in_form in_email in_paperwork
    rumour procurement reminder app gym choir apology apologie role_play my_update stop_send the_number the_app over_my_dead at_birth
    dead_body_are game film book novel drama play_about musical fuel_poverty anger_management us_dry new_junction the_queue the_parking
    spend joke ironic metaphor of_work of_laughter up_in_arm`,
} as const;
