import { z } from "zod/v4";

const SHORTEST_TOKEN = 32;

/** Where measurements go. A token is what Prometheus has to bring, if not from this machine. */
export type TelemetrySettings =
  | { readonly kind: "none" }
  | { readonly kind: "azure"; readonly connectionString: string }
  | { readonly kind: "prometheus"; readonly token: string | undefined };

/** The settings of measurements, each with what to enter (see config.ts). */
export const TELEMETRY = {
  APPLICATIONINSIGHTS_CONNECTION_STRING: z
    .string()
    .regex(/^InstrumentationKey=/)
    .optional()
    .describe("the connection string of Application Insights, or left out"),
  METRICS: z
    .enum(["on", "off"])
    .default("off")
    .describe("on (/metrics for Prometheus) or off, like off"),
  METRICS_TOKEN: z
    .string()
    .min(SHORTEST_TOKEN)
    .optional()
    .describe(
      `a secret of ${SHORTEST_TOKEN} characters or more that Prometheus sends as its bearer token, or left out: then only this machine may read /metrics`,
    ),
};
const Telemetry = z.object(TELEMETRY);

/** Azure Monitor where it is named, or Prometheus where it is wanted. */
export function telemetryIn(read: z.infer<typeof Telemetry>): TelemetrySettings {
  const { APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString, METRICS_TOKEN: token } = read;
  if (connectionString) return { kind: "azure", connectionString };
  return read.METRICS === "on" ? { kind: "prometheus", token } : { kind: "none" };
}
