import { readFileSync } from "node:fs";
import { Agent } from "node:http";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { post } from "../post.ts";
import { activityFor, isPress, plan, type Kind, type PlannedTurn } from "./people.ts";

/** What one person saw of one turn. */
export interface Outcome {
  readonly kind: Kind;
  /** Since the minute began. */
  readonly at: number;
  readonly ms: number;
  /** "answered", "told to wait", or what Teams would show as an error: a status or no answer. */
  readonly saw: string;
  /** The reference of a record that was said to be made. */
  readonly reference: string | undefined;
}

interface Minute {
  readonly botUrl: string;
  readonly serviceUrl: string;
  readonly people: number;
  readonly seconds: number;
  /** Sends words where the bot knows no buttons. */
  readonly isEcho?: boolean;
}

/** Teams gives up on a message after this time. */
const LONGEST_TURN_MS = 15_000;
const SEEN_BY_PEOPLE = new Set(["answered", "told to wait", "another answer"]);
const RECORDED = /Recorded: (\w+)/;
const WAIT = /Wait a minute|Wait ten seconds/;

/** Sends everybody's turns when they are due, however many are still without an answer. */
export async function runMinute(minute: Minute): Promise<Outcome[]> {
  const agent = new Agent({ keepAlive: true });
  const began = performance.now();
  const under: Promise<Outcome>[] = [];
  for (const turn of plan(minute.people)) {
    const wait = turn.due * minute.seconds * 1000 - (performance.now() - began);
    if (wait > 1) await pause(wait);
    under.push(take(turn));
  }
  const outcomes = await Promise.all(under);
  agent.destroy();
  return outcomes;

  async function take(turn: PlannedTurn): Promise<Outcome> {
    const { kind } = turn;
    const planned = minute.isEcho ? ({ ...turn, kind: "help" } as const) : turn;
    const body = JSON.stringify(activityFor(minute.serviceUrl, planned));
    const sent = performance.now();
    let { saw, reference } = await deliver(kind, body);
    // Teams delivers again what got no answer, the same activity.
    if (!SEEN_BY_PEOPLE.has(saw)) ({ saw, reference } = await deliver(kind, body));
    return { kind, at: sent - began, ms: performance.now() - sent, saw, reference };
  }

  async function deliver(kind: Kind, body: string): Promise<Pick<Outcome, "saw" | "reference">> {
    try {
      const url = `${minute.botUrl}/api/messages`;
      const answer = await post(url, body, { agent, longestMs: LONGEST_TURN_MS });
      return { saw: seen(kind, answer), reference: RECORDED.exec(answer.body)?.[1] };
    } catch {
      return { saw: "no answer", reference: undefined };
    }
  }
}

/** The memory that a process has, in MB. */
export function memoryOf(pid: number): number {
  const [, kilobytes = "0"] =
    /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

function seen(kind: Kind, { status, body }: { status: number; body: string }): string {
  if (status !== 200) return `status ${status}`;
  if (WAIT.test(body)) return "told to wait";
  if (!isPress(kind)) return "answered";
  if (kind === "submit" && !RECORDED.test(body) && body !== "") return "another answer";
  return "answered";
}
