/** Gives up on work that takes too long. What it still does, nobody waits for. */
export async function within<Result>(
  milliseconds: number,
  work: () => Promise<Result>,
  tooLate: () => Error = () => new DOMException("No answer in time", "TimeoutError"),
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
