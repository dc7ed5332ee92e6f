import { setTimeout as setTimeoutAsPromise } from "node:timers/promises";

/** Gives up on work that takes too long. What it still does, nobody waits for. */
export async function within<Result>(
  milliseconds: number,
  work: () => Promise<Result>,
  tooLate: () => Error = noAnswer,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooLate()), milliseconds);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The same for work of many minutes. A process that has nothing else to do ends before that. */
export async function withinMinutes<Result>(
  minutes: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const stop = new AbortController();
  const late = setTimeoutAsPromise(minutes * 60_000, undefined, {
    signal: stop.signal,
    ref: false,
  });
  try {
    return await Promise.race([work(), late.then(() => Promise.reject(noAnswer()))]);
  } finally {
    stop.abort();
  }
}

function noAnswer(): Error {
  return new DOMException("No answer in time", "TimeoutError");
}
