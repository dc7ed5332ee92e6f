/** What a check found: one line for whoever runs the bot, and how to mend what is wrong. */
export interface Finding {
  readonly state: "ok" | "wrong" | "could not check";
  readonly what: string;
  readonly mend?: string;
}

/** All is well. */
export function ok(what: string): Finding {
  return { state: "ok", what };
}

/** Something keeps the bot from its work. */
export function wrong(what: string, mend?: string): Finding {
  return mend ? { state: "wrong", what, mend } : { state: "wrong", what };
}

/** Nobody knows, because something else is wrong or the network is away. */
export function unchecked(what: string, mend?: string): Finding {
  return mend ? { state: "could not check", what, mend } : { state: "could not check", what };
}

/** Whether all went well. */
export function isOk({ state }: Finding): boolean {
  return state === "ok";
}
