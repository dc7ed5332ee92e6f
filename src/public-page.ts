/** What somebody asks of a public page: `:id` of its path, and the query as it came. */
interface PageRequest {
  readonly id: string;
  readonly query: Readonly<Record<string, string>>;
}

/** A page that everybody may read without signing in, as JSON. */
export interface PublicPage {
  /** "/open-referral/services/:id" */
  readonly path: string;
  answer(request: PageRequest): Promise<{ readonly status: number; readonly body: object }>;
}
