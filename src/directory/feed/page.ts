import { z } from "zod/v4";

/** Which standard a page follows. */
type Standard = "HSDS-UK 3.0" | "ORUK 1.0";

/** One page of a list of services. What a page does not say is left out. */
export interface Page {
  readonly standard: Standard;
  readonly records: readonly unknown[];
  /** How many services the feed says that it has. */
  readonly total?: number | undefined;
  readonly pages?: number | undefined;
  readonly number?: number | undefined;
  readonly isFirst?: boolean | undefined;
  readonly isLast?: boolean | undefined;
}

/** A number, or the text of one. Null, "" and false say nothing, and least of all zero. */
const Count = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\s*\d+\s*$/)
      .transform(Number),
  ])
  .pipe(z.int().min(0))
  .optional()
  .catch(undefined);
/** No list that has a page has no pages. */
const Pages = Count.transform((count) => count || undefined);
const Flag = z.boolean().optional().catch(undefined);

const Page3 = z
  .object({
    contents: z.array(z.unknown()),
    ...{ total_items: Count, total_pages: Pages, page_number: Count },
    ...{ first_page: Flag, last_page: Flag },
  })
  .transform((page): Page => ({
    standard: "HSDS-UK 3.0",
    records: page.contents,
    total: page.total_items,
    pages: page.total_pages,
    number: page.page_number,
    isFirst: page.first_page,
    isLast: page.last_page,
  }));
const Page1 = z
  .object({
    content: z.array(z.unknown()),
    ...{ totalElements: Count, totalPages: Pages, number: Count },
    ...{ first: Flag, last: Flag },
  })
  .transform((page): Page => ({
    standard: "ORUK 1.0",
    records: page.content,
    total: page.totalElements,
    pages: page.totalPages,
    number: page.number,
    isFirst: page.first,
    isLast: page.last,
  }));
const AnyPage = z.union([Page3, Page1]);

/** What an Open Referral API says of itself at its root. */
const Root = z.union([
  z.object({ version: z.string(), profile: z.string() }),
  z.object({ openapi_url: z.string() }),
]);

/** Reads a page by its shape. Undefined when it is no list of services. */
export function readPage(json: unknown): Page | undefined {
  const read = AnyPage.safeParse(json);
  return read.success ? read.data : undefined;
}

/** Whether this is the root of an API, whose services are one step further. */
export function isRoot(json: unknown): boolean {
  return Root.safeParse(json).success;
}

/**
 * Whether the list ends with this page. A page that says two things is not believed when it says
 * that it is the last: one request more costs little.
 *
 * @param at Which page it is, counted from 1.
 */
export function endsWith({ records, isLast, pages }: Page, at: number): boolean {
  if (records.length === 0) return true;
  if (isLast === undefined) return pages !== undefined && at >= pages;
  return isLast && !(pages !== undefined && at < pages);
}

/** The address of one page of a list. What else the address asks for stays. */
export function pageAddress(list: string, page: number): string {
  const url = new URL(list);
  url.searchParams.set("page", String(page));
  if (!url.searchParams.has("per_page")) url.searchParams.set("per_page", "100");
  return url.href;
}

/** The address of one service of a list. */
export function serviceAddress(list: string, id: string): string {
  const url = new URL(list);
  url.search = "";
  url.pathname = `${url.pathname.replace(/\/$/, "")}/${encodeURIComponent(id)}`;
  return url.href;
}

/** The address of the list of an API, from its root. */
export function listAddress(root: string): string {
  const url = new URL(root);
  url.pathname = `${url.pathname.replace(/\/$/, "")}/services`;
  return url.href;
}
