import { createHash } from "node:crypto";
import { fromCsv, type CsvLine } from "../../csv.ts";
import { UserError } from "../../errors.ts";
import { readPage } from "./page.ts";

/** The records of a file or of a pasted text. */
export interface List {
  readonly records: readonly unknown[];
  readonly standard: string;
}

/** The columns of a CSV. Only the first three must be there. */
const COLUMNS = [
  ...["id", "name", "organization", "description", "status", "url", "email", "phone", "fees"],
  ...["eligibility", "minimum_age", "maximum_age", "address", "city", "postcode", "latitude"],
  ...["longitude", "areas", "days", "opens_at", "closes_at", "alert", "assured_date"],
] as const;
const NEEDED = ["id", "name", "organization"];
/** A file with more is a feed. */
export const LARGEST_FILE = 10_000_000;

/** Reads a list of services, JSON or CSV as it looks. Throws a UserError that says what to do. */
export function readList(text: string): List {
  const plain = text.replace(/^\uFEFF/, "").trim();
  if (plain === "") throw new UserError("The list is empty. Paste it, or attach it as a file.");
  if (plain.startsWith("{") || plain.startsWith("[")) return fromJson(plain);
  return { records: fromCsv(COLUMNS, plain, NEEDED).map(recordFrom), standard: "CSV" };
}

function fromJson(text: string): List {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError(
      "The list begins like JSON and cannot be read to its end. Check that it is whole, then try again.",
    );
  }
  const page = readPage(json);
  if (page) return page;
  if (Array.isArray(json)) return { records: json, standard: "JSON" };
  if (typeof json === "object" && json !== null && "id" in json)
    return { records: [json], standard: "JSON" };
  throw new UserError(
    "The list holds no services. It must be a list of services, or a page of an Open Referral UK feed.",
  );
}

/** A line as a record of the standard, so that both are read by the same rules. */
function recordFrom({ cells }: CsvLine): unknown {
  const cell = (name: (typeof COLUMNS)[number]) => cells[name] || undefined;
  const organization = cell("organization");
  const times = { byday: cell("days"), opens_at: cell("opens_at"), closes_at: cell("closes_at") };
  return {
    id: cell("id"),
    name: cell("name"),
    organization: organization && { id: idFrom(organization), name: organization },
    description: cell("description"),
    status: cell("status") ?? "active",
    ...{ url: cell("url"), email: cell("email"), fees: cell("fees"), alert: cell("alert") },
    phones: parts(cell("phone")).map((number) => ({ number })),
    eligibility_description: cell("eligibility"),
    ...{ minimum_age: cell("minimum_age"), maximum_age: cell("maximum_age") },
    assured_date: isoDay(cell("assured_date")),
    locations: [
      {
        ...{ latitude: cell("latitude"), longitude: cell("longitude") },
        addresses: [
          {
            address_1: cell("address"),
            city: cell("city"),
            postal_code: cell("postcode"),
          },
        ],
      },
    ],
    service_areas: parts(cell("areas")).map((name) => ({ name })),
    schedules: Object.values(times).some(Boolean) ? [times] : [],
  };
}

/** Several in one cell have semicolons between them. */
function parts(cell = ""): string[] {
  return cell
    .split(";")
    .map((part) => part.trim())
    .filter(Boolean);
}

/** The same organisation has the same id in every list. */
function idFrom(name: string): string {
  return createHash("sha256").update(name.trim().toLowerCase()).digest("hex").slice(0, 16);
}

/** Spreadsheets of this country turn 2019-10-01 into 01/10/2019. */
function isoDay(text: string | undefined): string | undefined {
  const [, day = "", month = "", year = ""] =
    /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text ?? "") ?? [];
  return year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : text;
}
