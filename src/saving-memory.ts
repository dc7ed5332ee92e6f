import { performance } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";

/** Node with an engine that can be told so while it runs. */
const FIRST_NODE = 24;
const LOOK_EVERY_MS = 1000;
/** With more of its time taken than this, a replica is busy at once; with less, after some seconds, calm. */
const BUSY = 0.7;
const CALM = 0.4;
const CALM_FOR_LOOKS = 10;

/**
 * Has the engine give memory back while there is little to do: a replica lives beside others, and left
 * to itself the engine takes what the machine has (bench/load.ts). That costs half as much of the
 * processor again, so it ends where that is short: at the start, and where very many people ask at once.
 */
export function saveMemoryWhenCalm(): void {
  if (Number(process.versions.node.split(".")[0]) < FIRST_NODE) return;
  let before = performance.eventLoopUtilization();
  let calmLooks = 0;
  let isSaving = false;
  setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    calmLooks = utilization < CALM ? calmLooks + 1 : 0;
    const isBusy = utilization > BUSY;
    const isToSave = isSaving ? !isBusy : calmLooks >= CALM_FOR_LOOKS;
    if (isToSave === isSaving) return;
    isSaving = isToSave;
    setFlagsFromString(isSaving ? "--memory-saver-mode" : "--no-memory-saver-mode");
  }, LOOK_EVERY_MS).unref();
}
