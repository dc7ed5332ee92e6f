import { Service } from "../src/directory/schema.ts";

/** Numbers that are the same in each run: every figure is of the same services. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const KINDS =
  "Men's Shed,Timebank,Repair Café,Dementia Café,Carers Group,Lunch Club,Food Bank,Debt Advice,Parenting Course,Toddler Group,Befriending Scheme,Good Neighbour Scheme,Night Shelter,Community Transport,Chair Exercise,Walking Football,Bereavement Support,Credit Union,Youth Club,Library,Community Choir,Stroke Club,Allotment Project,Computer Lessons,Victim Support,Housing Advice,Employment Coaching,Adult Learning,Home Library Service,Handyperson Scheme".split(
    ",",
  );
const PLACES =
  "Ely,Soham,Littleport,Wisbech,March,Chatteris,Whittlesey,Huntingdon,St Ives,St Neots,Ramsey,Sawtry,Yaxley,Cambourne,Melbourn,Sawston,Histon,Linton,Cambridge,Arbury,Trumpington,Burwell,Sutton,Godmanchester,Papworth Everard".split(
    ",",
  );
const DISTRICTS = [
  "cambridge-city",
  "east-cambridgeshire",
  "fenland",
  "huntingdonshire",
  "south-cambridgeshire",
];
const SENTENCES =
  "A friendly weekly meeting where people share skills over tea and biscuits,Volunteers visit at home and help with shopping letters and appointments,Free confidential advice about bills benefits and budgeting,Gentle movement led by trained instructors for every ability,Families play sing and read together in a warm hall,Practical support for anybody who has lost work or a home,Trips talks and quizzes through the year for older residents,Donated items are sorted and given to households in hardship,One to one sessions build confidence before a return to work,Carers can rest while their relative enjoys music and company".split(
    ",",
  );
const STARTS =
  "bar bel cor dan elm fen gar hol kes lan mor nor pen ros sel tor ul vin wen yar".split(" ");
const MIDDLES = "a be ci do e fi go ha i jo ka li mo na o pe ra si to u".split(" ");
const ENDS =
  "bury by den field ford ham ley low mead mere ridge shaw stead stow ton well wick worth".split(
    " ",
  );

/** So many services as a county's feed has them: few kinds, many names, some sixty words each. */
export function manyServices(count: number): Service[] {
  const random = randomFrom(20_191_010);
  const one = <Item>(list: readonly Item[]): Item => {
    const item = list[Math.floor(random() * list.length)];
    if (item === undefined) throw new Error("The list is empty");
    return item;
  };
  const made = () => {
    const word = `${one(STARTS)}${one(MIDDLES)}${one(MIDDLES)}${one(ENDS)}`;
    return word[0]?.toUpperCase() + word.slice(1);
  };
  return Array.from({ length: count }, (_, number) => {
    const kind = one(KINDS);
    const place = one(PLACES);
    const house = made();
    return Service.parse({
      id: `service-${number}`,
      name: `${house} ${kind}`,
      description: `${one(SENTENCES)}. ${one(SENTENCES)}. ${one(SENTENCES)}. Ask for ${made()} or ${made()} at ${house} House. ${one(SENTENCES)}.`,
      status: random() < 0.02 ? "temporarily closed" : "active",
      organization: {
        id: `organization-${number % 4000}`,
        name: `${house} ${one(["Trust", "Association", "Parish Council", "Charity"])}`,
      },
      phones: [`01632 960${String(number % 1000).padStart(3, "0")}`],
      eligibility: one([
        "Everybody",
        "Adults of 18 and over",
        "People over 60",
        "Families with children under 5",
      ]),
      locations: [
        { name: `${house} Hall`, address: `${1 + (number % 90)} ${made()} Road, ${place}` },
      ],
      areas: [one(DISTRICTS)],
      schedules: [{ days: ["TU"], opensAt: "10:00", closesAt: "12:00" }],
      taxonomyTerms: [{ id: kind.toLowerCase().replaceAll(/[^a-z]+/g, "-"), name: kind }],
      source: { kind: "feed", name: "Bench", retrieved: "2019-09-25" },
      public: true,
    });
  });
}

/** Two words, one of them with a typing error: half of them name a place, half do not. */
export function mistypedQuestions(count: number): string[] {
  const random = randomFrom(7);
  const one = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? "";
  const words = KINDS.flatMap((kind) => kind.toLowerCase().replaceAll("'", "").split(" ")).filter(
    (word) => word.length > 5,
  );
  const others = "advice family home older weekly volunteer music skills".split(" ");
  return Array.from(
    { length: count },
    (_, number) => `${mistyped(one(words))} ${number % 2 === 0 ? one(PLACES) : one(others)}`,
  );

  function mistyped(word: string): string {
    const at = 1 + Math.floor(random() * (word.length - 2));
    return random() < 0.5
      ? word.slice(0, at) + word.slice(at + 1)
      : word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
  }
}
