import { Ingest } from '#core/live/ingest.ts';
import { encodeSegment } from '#core/rollup/segment-codec.ts';
import { cutChunk } from '#core/rollup/segment.ts';
import { SeriesDictionary } from '#core/rollup/series.ts';
import { FINEST_MS } from '#core/time/resolution.ts';
import { parseMetricsReply } from '#core/wire/metrics.ts';
import { deliver } from '#mock-server/delivery.ts';
import { createFleet } from '#mock-server/fleet/fleet.ts';
import { medianOf, type Table } from './table.ts';

const NOW_MS = Date.UTC(2026, 10, 18, 12);
const ROUNDS = 5;
const SPAN_MS = 60_000;

/** How fast the worker's path from text to encoded segments is, beside reading the same JSON alone. */
export function benchIngest(): Table {
  const rows = [100, 1_000].map((customers) => {
    const store = createFleet({
      seed: 1,
      customers,
      tenants: 7,
      tickMs: 1_000,
      incidents: 'on',
      startedAtMs: NOW_MS,
    });
    const since = NOW_MS - SPAN_MS - 1;
    const reply = deliver(store, { since, limit: 200_000 }, NOW_MS);
    const text = JSON.stringify(reply);
    const count = reply.metrics.length;
    const perSecond = (run: () => void) => Math.round((count * 1_000) / medianTime(run));
    const whole = perSecond(() => ingest(text));
    const json = perSecond(() => void JSON.parse(text));
    return [`${customers} customers`, String(count), String(whole), String(json)];
  });
  return {
    title: 'Ingest, from the text of a reply to encoded segments (Node, one core)',
    columns: ['fleet', 'updates', 'updates/s', 'JSON.parse alone, updates/s'],
    rows,
  };
}

function ingest(text: string): void {
  const parsed = parseMetricsReply(JSON.parse(text));
  if (!parsed.ok) throw new Error(parsed.reason);
  const taken = new Ingest(new SeriesDictionary(), null);
  taken.accept(parsed.value);
  for (const chunk of taken.closed()?.chunks ?? []) {
    for (const { rows, fromMs } of cutChunk(chunk)) encodeSegment(rows, fromMs, FINEST_MS);
  }
}

function medianTime(run: () => void): number {
  run();
  const times = Array.from({ length: ROUNDS }, () => {
    const startMs = performance.now();
    run();
    return performance.now() - startMs;
  });
  return medianOf(times);
}
