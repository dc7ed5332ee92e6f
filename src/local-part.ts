import type { holders } from "./people/index.ts";

/** What exists on one's own machine only. Elsewhere its code is not even loaded. */
export async function localPart(isLocal: boolean, parts: ReturnType<typeof holders>) {
  if (!isLocal)
    return { features: [], whoSpeaks: async (signedIn: { id: string; name: string }) => signedIn };
  const { acting } = await import("./local/acting.ts");
  return acting(parts);
}
