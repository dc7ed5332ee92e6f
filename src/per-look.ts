import type { Instant } from "./calendar.ts";

/**
 * Reads something once for all jobs of one look, which are given the same instant. Only for what
 * decides whether there is work: a run reads again what it is about to change.
 */
export function perLook<About extends readonly unknown[], Result>(
  nameOf: (...about: About) => string,
  read: (now: Instant, ...about: About) => Promise<Result>,
): (now: Instant, ...about: About) => Promise<Result> {
  const looks = new WeakMap<Instant, Map<string, Promise<Result>>>();
  return (now, ...about) => {
    const look = looks.get(now) ?? new Map<string, Promise<Result>>();
    looks.set(now, look);
    const name = nameOf(...about);
    const known = look.get(name) ?? read(now, ...about);
    look.set(name, known);
    return known;
  };
}
