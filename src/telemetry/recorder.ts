import { context, createContextKey, SpanStatusCode, trace, type Span } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, type IMetricReader } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, type SpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { About, Recorder } from "../measuring.ts";
import { VERSION } from "../version.ts";

/** A recorder, and how it ends: what is not sent yet is sent. */
export interface Recording extends Recorder {
  end(): Promise<void>;
}

interface Destinations {
  readonly readers: readonly IMetricReader[];
  readonly processors: readonly SpanProcessor[];
}

const NAME = "community-champions-bot";
const TURN = createContextKey("turn");
/** Seconds: from a fast read to what Teams no longer waits for. */
const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10];
/** What tells one series of a metric from another. The rest would make a series of each turn. */
const OF_A_SERIES = ["kind", "table", "call", "job", "committee", "outcome", "reason"] as const;

/** Measurements as OpenTelemetry has them: a span and a histogram for what is timed. */
export function createRecorder({ readers, processors }: Destinations): Recording {
  const resource = resourceFromAttributes({
    "service.name": NAME,
    "service.version": VERSION,
  });
  const meters = new MeterProvider({ resource, readers: [...readers] });
  const tracers = new BasicTracerProvider({ resource, spanProcessors: [...processors] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const tracer = tracers.getTracer(NAME);
  const meter = meters.getMeter(NAME);
  const histogram = (name: string) =>
    meter.createHistogram(`bot.${name}.duration`, {
      description: `Seconds: ${name}`,
      unit: "s",
      advice: { explicitBucketBoundaries: BOUNDARIES },
    });
  const times = {
    turn: histogram("turn"),
    authentication: histogram("authentication"),
    understanding: histogram("understanding"),
    store: histogram("store"),
    card: histogram("card"),
    send: histogram("send"),
    job: histogram("job"),
  };
  const counts = {
    conflict: meter.createCounter("bot.store.conflicts"),
    post: meter.createCounter("bot.posts"),
    refusal: meter.createCounter("bot.refusals"),
  };
  const levels = { "posts in doubt": meter.createGauge("bot.posts.doubtful") };

  return { time, count, level, note, trace: currentTrace, end };

  function time<Result>(name: keyof typeof times, about: About, work: () => Result): Result {
    const started = performance.now();
    const span = tracer.startSpan(name, { attributes: { ...about } });
    const around = trace.setSpan(context.active(), span);
    const inside = name === "turn" ? around.setValue(TURN, span) : around;
    const stop = (outcome: string) => {
      const seconds = (performance.now() - started) / 1000;
      times[name].record(seconds, seriesOf({ outcome, ...about }));
      if (outcome === "failed") span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    };
    try {
      const result = context.with(inside, work);
      // An error's words can hold what somebody typed, so a span says only that there was one.
      if (result instanceof Promise)
        result.then(
          () => stop("done"),
          () => stop("failed"),
        );
      else stop("done");
      return result;
    } catch (error) {
      stop("failed");
      throw error;
    }
  }

  function count(name: keyof typeof counts, about: About): void {
    counts[name].add(1, seriesOf(about));
  }

  function level(name: keyof typeof levels, value: number, about: About): void {
    levels[name].record(value, seriesOf(about));
  }

  async function end(): Promise<void> {
    // Where they should go may be away: that must not keep the bot from ending.
    await Promise.allSettled([tracers.shutdown(), meters.shutdown()]);
    context.disable();
  }
}

function note(about: About): void {
  // Only `time` puts something there.
  const turn = context.active().getValue(TURN) as Span | undefined;
  turn?.setAttributes({ ...about });
}

function currentTrace(): string | undefined {
  return trace.getSpan(context.active())?.spanContext().traceId;
}

function seriesOf(about: About): Record<string, string> {
  return Object.fromEntries(
    OF_A_SERIES.flatMap((name) => (about[name] === undefined ? [] : [[name, about[name]]])),
  );
}
