import type { Activity, Attachment, TurnContext } from "botbuilder";
import { z } from "zod/v4";
import { UserError } from "../errors.ts";
import type { AttachedFile } from "../feature.ts";
import type { FileQuestion, Files, MadeFile } from "../paper.ts";
import type { TeamsPosting } from "./posting.ts";

/** Where Teams keeps people's files. Nothing is sent to, or fetched from, any other host. */
const STORES = ".sharepoint.com";
const CONSENT_CARD = "application/vnd.microsoft.teams.card.file.consent";
const INFO_CARD = "application/vnd.microsoft.teams.card.file.info";
const DOWNLOAD_INFO = "application/vnd.microsoft.teams.file.download.info";
const LONGEST_UPLOAD_MS = 30_000;
/** A person waits, and Teams delivers a message again after 15 seconds. */
const LONGEST_DOWNLOAD_MS = 6000;
const NOT_OURS =
  "Teams named a place that is not one of Microsoft's for files, so nothing was saved.";
const UNREACHABLE = "I could not fetch the file from Teams. Wait a minute, then send it again.";

/** Whether Teams keeps files at an address. */
export type IsStore = (address: string) => boolean;

/** Where files may go and come from, and how long that may take. */
interface FileParts {
  readonly posting: Pick<TeamsPosting, "attach" | "replace">;
  /** The local client cannot ask for consent. */
  readonly canAsk: boolean;
  /** Whether files may go to an address and come from it. */
  readonly isStore: IsStore;
  /** The bot's own address, where links may lead. */
  readonly address: () => string | undefined;
  readonly longestUpload?: number;
}

const Context = z.object({ offer: z.string(), committee: z.string() });
const Consent = z.object({
  action: z.enum(["accept", "decline"]),
  context: Context,
  uploadInfo: z.unknown(),
});
const Attachments = z
  .array(z.looseObject({ contentType: z.string(), name: z.string().default("file") }))
  .catch([]);
const DownloadInfo = z.object({ downloadUrl: z.string() });

/** Files to people and from people, as Teams does it: by consent, and by addresses it gives. */
export function createFiles(parts: FileParts): Files {
  const { posting, canAsk, isStore, address, longestUpload = LONGEST_UPLOAD_MS } = parts;
  return {
    canAsk,
    ask: (person, chat, question) => posting.attach(person, chat, consentCard(question)),
    upload: async (to, file) => {
      if (!isStore(to)) throw new UserError(NOT_OURS);
      await upload(to, file, longestUpload);
    },
    show: (person, chat, { contentUrl, name, uniqueId, fileType }) => {
      if (!isStore(contentUrl)) return refused();
      const content = { uniqueId, fileType };
      return posting.attach(person, chat, { contentType: INFO_CARD, contentUrl, name, content });
    },
    replace: posting.replace,
    linkTo: (token) => {
      const base = address();
      return base === undefined ? undefined : new URL(`/papers/${token}`, base).href;
    },
  };
}

/** What a person answered to the question for consent, in the shape of a press. */
export function consentOf({ value, replyToId = "" }: Activity) {
  const read = Consent.safeParse(value);
  if (!read.success) return undefined;
  const { action, context, uploadInfo } = read.data;
  const data = { offer: context.offer, message: replyToId };
  return action === "accept"
    ? { verb: "papers.accept", committee: context.committee, data: { ...data, upload: uploadInfo } }
    : { verb: "papers.decline", committee: context.committee, data };
}

/** The files that came with a message in a personal chat. Nothing of them is fetched yet. */
export function filesWith(
  activity: Activity,
  isStore: IsStore,
  longest = LONGEST_DOWNLOAD_MS,
): AttachedFile[] {
  if (activity.conversation.conversationType !== "personal") return [];
  return Attachments.parse(activity.attachments ?? []).flatMap(({ contentType, name, content }) => {
    const info = DownloadInfo.safeParse(content);
    if (contentType === DOWNLOAD_INFO && info.success) {
      const { downloadUrl } = info.data;
      const read = async (most: number) => {
        if (!isStore(downloadUrl)) throw new UserError(UNREACHABLE);
        return download({ from: downloadUrl, name, most, longest });
      };
      return [{ name, read }];
    }
    if (contentType.startsWith("text/csv") && typeof content === "string")
      return [{ name, read: async (most: number) => within(Buffer.from(content), name, most) }];
    return [];
  });
}

/** Whether a press of the question for consent came. */
export async function isConsent({ activity }: TurnContext): Promise<boolean> {
  return activity.type === "invoke" && activity.name === "fileConsent/invoke";
}

/** A host on which Teams keeps files, over HTTPS, without a name or password in the address. */
export function isSharePoint(address: string): boolean {
  const url = URL.parse(address);
  if (!url || url.username || url.password) return false;
  return url.protocol === "https:" && !url.port && url.hostname.endsWith(STORES);
}

function consentCard({ name, description, size, offer }: FileQuestion): Attachment {
  const [committee = ""] = offer.split(".");
  const context = { offer, committee };
  return {
    contentType: CONSENT_CARD,
    name,
    content: {
      description,
      sizeInBytes: size,
      acceptContext: context,
      declineContext: context,
    },
  };
}

async function refused() {
  return { outcome: "refused", reason: "no address of the council's files" } as const;
}

async function upload(to: string, { bytes, type }: MadeFile, longest: number): Promise<void> {
  let status = 0;
  try {
    const response = await fetch(to, {
      method: "PUT",
      // A redirect could lead anywhere.
      redirect: "error",
      headers: {
        "content-type": type,
        "content-range": `bytes 0-${bytes.length - 1}/${bytes.length}`,
      },
      body: new Uint8Array(bytes),
      signal: AbortSignal.timeout(longest),
    });
    await response.body?.cancel();
    status = response.status;
  } catch {
    throw new UserError(
      "Teams did not say whether the file was saved. Look in your OneDrive before you get it again.",
    );
  }
  if (status < 200 || status > 299)
    throw new UserError(
      "Your OneDrive did not take the file, so nothing was saved. Wait a minute, then get it again.",
    );
}

async function download({ from, name, most, longest }: Download): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    const response = await fetch(from, {
      redirect: "error",
      signal: AbortSignal.timeout(longest),
    });
    if (!response.ok || !response.body) throw new UserError(UNREACHABLE);
    for await (const piece of response.body) {
      // Leaving the loop ends the transfer: no more than asked for is ever held.
      size += piece.length;
      if (size > most) break;
      pieces.push(piece);
    }
  } catch {
    throw new UserError(UNREACHABLE);
  }
  if (size > most) throw tooLarge(name, most);
  return Buffer.concat(pieces);
}

interface Download {
  readonly from: string;
  readonly name: string;
  /** Bytes. */
  readonly most: number;
  /** Milliseconds. */
  readonly longest: number;
}

function within(bytes: Uint8Array, name: string, most: number): Uint8Array {
  if (bytes.length > most) throw tooLarge(name, most);
  return bytes;
}

function tooLarge(name: string, most: number): UserError {
  const size = most < 1_000_000 ? `${most / 1000} KB` : `${most / 1_000_000} MB`;
  return new UserError(`${name} is larger than ${size}. Send it in smaller parts.`);
}
