/** What is timed: a whole turn and its parts, and what runs without a turn. */
type Timed = "turn" | "authentication" | "understanding" | "store" | "card" | "send" | "job";
/** What is counted. */
type Counted = "conflict" | "post" | "refusal";
/** What has a height at a moment. */
type Level = "posts in doubt";

/**
 * What a measurement is about. Every value is a word of the program's own (a table, a command, a
 * status), never what somebody typed, is called or is known by. A test plants names and looks.
 */
export interface About {
  readonly kind?: string;
  readonly command?: string;
  readonly table?: string;
  readonly call?: string;
  readonly card?: string;
  readonly job?: string;
  readonly committee?: string;
  readonly outcome?: string;
  readonly reason?: string;
  /** The reference on an error card: eight characters that were made up for it. */
  readonly reference?: string;
}

/** Takes measurements somewhere. Only `src/telemetry` makes one. */
export interface Recorder {
  time<Result>(name: Timed, about: About, work: () => Result): Result;
  count(name: Counted, about: About): void;
  level(name: Level, value: number, about: About): void;
  /** Adds to the whole turn that is under way. */
  note(about: About): void;
  /** What the log's lines of this turn are found by, next to its trace. */
  trace(): string | undefined;
}

/** One for the whole process, because whoever measures is everywhere. Nobody reads it to decide. */
let recorder: Recorder | undefined;

/** From here on measurements are taken, or with `undefined` no more. */
export function recordWith(next: Recorder | undefined): void {
  recorder = next;
}

/** Does the work, and takes its time where somebody wants it. Nothing else happens otherwise. */
export function measured<Result>(name: Timed, about: About, work: () => Result): Result {
  return recorder ? recorder.time(name, about, work) : work();
}

/** One more of something. */
export function counted(name: Counted, about: About): void {
  recorder?.count(name, about);
}

/** How many there are now. */
export function levelled(name: Level, value: number, about: About): void {
  recorder?.level(name, value, about);
}

/** What the turn under way is about, once that is known. */
export function noted(about: About): void {
  recorder?.note(about);
}

/** The trace of the turn under way. */
export function currentTrace(): string | undefined {
  return recorder?.trace();
}
