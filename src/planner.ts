import { z } from "zod/v4";
import { isPlainHttps } from "./address.ts";
import type { Instant } from "./calendar.ts";

/** What a planner may choose: a command by its id, and how people ask for it. */
export interface Choice {
  readonly id: string;
  readonly purpose: string;
  readonly examples: readonly string[];
}

/** Names the choice that a text means. Without an answer in time, or one of the choices: nothing. */
export type Planner = (
  text: string,
  choices: readonly Choice[],
  now: Instant,
) => Promise<string | undefined>;

/** A longer text is not a question, and could hold anything. In characters. */
export const LONGEST_PLANNED = 300;

/** The model that is asked where the bot's own guesses do not reach, when a council has one. */
export interface PlannerSettings {
  /** The council's own Azure OpenAI resource, `https://champions.openai.azure.com`. */
  readonly endpoint: string;
  readonly deployment: string;
  /** Without it the bot shows the managed identity of where it runs. */
  readonly key?: string | undefined;
}

/** The settings of the planner, in production only. */
export const Planner = {
  PLANNER_ENDPOINT: z
    .string()
    .refine(isPlainHttps)
    .optional()
    .describe(
      "an https address, the Azure OpenAI resource's, like https://champions.openai.azure.com, or left out",
    ),
  PLANNER_DEPLOYMENT: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .optional()
    .describe(
      "the name of a deployment of that resource, in letters, digits, points and dashes, or left out",
    ),
  PLANNER_KEY: z.string().optional(),
};

/** What is wrong with the settings of the planner together, each with its mend. */
export function plannerFaults(given: Record<string, string>): string[] {
  const { PLANNER_ENDPOINT: endpoint, PLANNER_DEPLOYMENT: deployment } = given;
  const faults: string[] = [];
  if (endpoint && !deployment)
    faults.push("PLANNER_DEPLOYMENT is missing. Enter it, or leave PLANNER_ENDPOINT out too.");
  if (deployment && !endpoint)
    faults.push("PLANNER_ENDPOINT is missing. Enter it, or leave PLANNER_DEPLOYMENT out too.");
  if (given["PLANNER_KEY"] && !endpoint && !deployment)
    faults.push("PLANNER_KEY must be left out where there is no PLANNER_ENDPOINT.");
  // The library under the planner then prints every request, with what people type.
  if (endpoint && given["DEBUG"] === "true")
    faults.push("DEBUG must be left out with PLANNER_ENDPOINT: it prints what people type.");
  return faults;
}

/** The planner of checked settings; undefined while it is off. */
export function plannerIn({
  PLANNER_ENDPOINT: endpoint,
  PLANNER_DEPLOYMENT: deployment,
  PLANNER_KEY: key,
}: {
  readonly [name in keyof typeof Planner]?: string | undefined;
}): PlannerSettings | undefined {
  return endpoint && deployment ? { endpoint, deployment, key } : undefined;
}
