import {
  AzureMonitorMetricExporter,
  AzureMonitorTraceExporter,
} from "@azure/monitor-opentelemetry-exporter";
import { PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";

const EVERY_MS = 60_000;

/** Traces and metrics to Application Insights. Nothing is kept on this machine's disk. */
export async function azureMonitor(connectionString: string) {
  const options = { connectionString, disableOfflineStorage: true };
  const metrics = new PeriodicExportingMetricReader({
    exporter: new AzureMonitorMetricExporter(options),
    exportIntervalMillis: EVERY_MS,
  });
  const spans = new BatchSpanProcessor(new AzureMonitorTraceExporter(options));
  return { destinations: { readers: [metrics], processors: [spans] }, metrics: undefined };
}
