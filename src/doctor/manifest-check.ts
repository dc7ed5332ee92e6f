import { z } from "zod/v4";
import type * as packageProgram from "../../manifest/package.ts";
import type { Settings } from "../config.ts";
import { ok, unchecked, wrong, type Finding } from "../finding.ts";
import { readTrouble } from "../trouble.ts";

type PackageProgram = typeof packageProgram;

const BotIds = z.object({ bots: z.array(z.object({ botId: z.string() })) });
const NOT_INSTALLED = ["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND", "ENOENT"];

/**
 * Whether the Teams app for this environment is one that Teams takes, and is this bot's. The
 * program that packs it is loaded when it is needed: it stands on packages for development only.
 */
export async function checkManifest(
  environment: string,
  settings: Settings | undefined,
  load: () => Promise<PackageProgram> = () => import("../../manifest/package.ts"),
): Promise<Finding[]> {
  const source = `env/.env.${environment}`;
  let program: PackageProgram;
  try {
    program = await load();
  } catch (error) {
    const { codes } = readTrouble(error);
    if (!NOT_INSTALLED.some((code) => codes.includes(code))) throw error;
    return [
      unchecked(
        "the packages that check it are not installed here.",
        "Run npm ci without --omit=dev, or run the doctor where the Teams app is packed.",
      ),
    ];
  }
  const values = program.readValues(environment);
  const made = program.createPackage(values, source);
  if ("faults" in made)
    return [
      ...made.faults.map((fault) => wrong(fault)),
      unchecked("whether it is for this bot, because of the lines before."),
    ];
  return [
    ok(`it is valid with the values of ${source}, and both icons are right.`),
    whoseBot(program.fillManifest(values).text, settings, source),
  ];
}

function whoseBot(manifest: string, settings: Settings | undefined, source: string): Finding {
  if (!settings) return unchecked("whether it is for this bot, because the settings are wrong.");
  const { identity } = settings;
  if (identity.kind === "off")
    return ok("it need not name this bot: in local mode the bot has no app id.");
  const others = BotIds.parse(JSON.parse(manifest))
    .bots.map(({ botId }) => botId)
    .filter((id) => id.toLowerCase() !== identity.appId.toLowerCase());
  return others.length === 0
    ? ok("it is for this bot: its bot id is the app id of the settings.")
    : wrong(
        `it is for another bot: its bot id is ${others.join(", ")}, and BOT_APP_ID is ${identity.appId}.`,
        `Set BOT_APP_ID to the same id in ${source} and in the environment. Then make the package again and upload it.`,
      );
}
