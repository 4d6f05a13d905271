import { basename } from 'node:path';
import { PRICES } from '#core/billing/prices.ts';
import type { TraceConfig } from '../config.ts';
import { epochOf } from '../epoch.ts';
import type { MetricStore } from '../metric-store.ts';
import { anchorOf } from './anchor.ts';
import { type TraceFile, readTraceFile } from './trace-file.ts';
import { tracePeriod } from './trace-period.ts';
import { TraceStore } from './trace-store.ts';

/** Raised when the same file and options are played differently: dealing, latency, ticks. */
const GENERATOR_VERSION = 1;

export type TraceLoad =
  | { ok: true; store: MetricStore; /** One line about skipped rows. */ warning: string | null }
  | { ok: false; reason: string };

/**
 * A metric store that plays a recorded trace.
 * @param dataDir where its first start is remembered
 * @param nowMs epoch ms; the anchor, if this is the first start
 */
export async function loadTrace(
  config: TraceConfig,
  dataDir: string,
  nowMs: number,
): Promise<TraceLoad> {
  const read = await readTraceFile(config.file, config.columns);
  if (!read.ok) return read;
  const { speed, isLooped, columns } = config;
  const { sha256, requests } = read.file;
  const anchor = await anchorOf({ sha256, speed, isLooped }, dataDir, nowMs);
  if (!anchor.ok) return anchor;
  const { anchorMs } = anchor;
  const identity = {
    source: 'trace',
    sha256,
    speed,
    isLooped,
    columns,
    anchorMs,
    prices: PRICES,
    version: GENERATOR_VERSION,
  };
  const store = new TraceStore(tracePeriod(requests, speed), {
    source: { kind: 'trace', label: labelOf(config), isLatencyModelled: true },
    epoch: epochOf(identity),
    anchorMs,
    isLooped,
  });
  return { ok: true, store, warning: warningOf(read.file) };
}

function labelOf({ file, speed }: TraceConfig): string {
  return speed === 1 ? `replay of ${basename(file)}` : `replay x${speed} of ${basename(file)}`;
}

function warningOf({ total, skipped, firstSkipped }: TraceFile): string | null {
  if (!firstSkipped) return null;
  const { line, reason } = firstSkipped;
  return `${skipped} of ${total} rows skipped, first at line ${line}: ${reason}`;
}
