import type { IncomingMessage, ServerResponse } from "node:http";
import type { Settings } from "../config.ts";
import { recordWith } from "../measuring.ts";

/** Measurements that are taken. */
export interface Telemetry {
  /** What Prometheus asks for, where it may. */
  readonly metrics: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  /** Sends what is not sent yet. */
  end(): Promise<void>;
}

const NONE: Telemetry = { metrics: undefined, end: async () => undefined };

/**
 * Sends measurements to Azure Monitor, or keeps them for Prometheus, or takes none. Whatever is
 * not wanted is not even loaded.
 */
export async function startTelemetry({ telemetry }: Settings): Promise<Telemetry> {
  if (telemetry.kind === "none") return NONE;
  const { createRecorder } = await import("./recorder.ts");
  const { destinations, metrics } =
    telemetry.kind === "azure"
      ? await (await import("./azure-monitor.ts")).azureMonitor(telemetry.connectionString)
      : await (await import("./prometheus.ts")).prometheus(telemetry.token);
  const recording = createRecorder(destinations);
  recordWith(recording);
  return {
    metrics,
    end: async () => {
      recordWith(undefined);
      await recording.end();
    },
  };
}
