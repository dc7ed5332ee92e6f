import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus";

/** What a proxy adds. A request with one of them comes from elsewhere, whatever its address. */
const FORWARDED = ["forwarded", "x-forwarded-for", "x-real-ip", "x-client-ip"];
const LOOPBACK = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** Metrics for whoever asks from this machine, or with the token where there is one. */
export async function prometheus(token: string | undefined) {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  return {
    destinations: { readers: [exporter], processors: [] },
    metrics: (request: IncomingMessage, response: ServerResponse): void => {
      if (mayRead(request, token)) return exporter.getMetricsRequestHandler(request, response);
      // Nobody else learns that there is anything here.
      response.statusCode = 404;
      response.end();
    },
  };
}

function mayRead({ headers, socket }: IncomingMessage, token: string | undefined): boolean {
  if (token) return isSame(headers.authorization ?? "", `Bearer ${token}`);
  const isDirect = FORWARDED.every((name) => headers[name] === undefined);
  return isDirect && LOOPBACK.has(socket.remoteAddress ?? "");
}

/** In the same time whatever is wrong with it. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(hashOf(one), hashOf(other));
}

function hashOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
