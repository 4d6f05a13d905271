import { Dexie } from 'dexie';
import type { Chunk } from '#core/rollup/chunk.ts';
import { rowsWithin } from '#core/rollup/chunk.ts';
import { bytesOf } from '#core/rollup/retention.ts';
import type { RollupRows } from '#core/rollup/rollup.ts';
import { SeriesDictionary } from '#core/rollup/series.ts';
import { spanOf } from '#core/rollup/segment.ts';
import type { Interval } from '#core/time/intervals.ts';
import { floorTo, RESOLUTION_MS, type Resolution } from '#core/time/resolution.ts';
import { buildFrame } from '#core/view/build-frame.ts';
import { NO_FILTER } from '#core/view/filter.ts';
import { windowAt } from '#core/view/window.ts';
import { parseHistoryReply, unpackHistory } from '#core/wire/history.ts';
import { BurnrateDatabase, openDatabase } from '#app/database/database.ts';
import { unpackAll } from '#app/worker/data-set.ts';
import { DexieSegmentStore } from '#app/worker/dexie-segment-store.ts';
import { browserCompression, packChunk } from '#app/worker/packing.ts';

/** One way of keeping rollups in the browser. */
interface Keeper {
  write(resolution: Resolution, chunk: Chunk): Promise<void>;
  read(resolution: Resolution, span: Interval): Promise<readonly Chunk[]>;
  /** On disk; null: only the browser knows. */
  bytes(): Promise<number | null>;
}

export interface Figures {
  readonly values: number;
  readonly bytesPerValue: number;
  readonly writeMs: number;
  /** Per window, median of some builds; null: too much to wait for. */
  readonly buildMs: readonly (number | null)[];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WINDOWS_MS = [5 * MINUTE_MS, HOUR_MS, DAY_MS, 30 * DAY_MS];
const TIERS: readonly [Resolution, number][] = [
  ['5s', 2 * HOUR_MS],
  ['1m', DAY_MS],
  ['1h', 30 * DAY_MS],
];
const BUILDS = 5;
const EPOCH = 'bench';

const series = new SeriesDictionary();
const fetched: { resolution: Resolution; chunk: Chunk }[] = [];
let nowMs = 0;

/** Takes what is required (and an hour more of 5 s) from the server's history. */
async function fetchAll(): Promise<void> {
  const health: { watermark: number } = await (await fetch('/api/health')).json();
  nowMs = floorTo(health.watermark + 1, 5_000);
  for (const [resolution, spanMs] of TIERS) {
    const endMs = floorTo(nowMs, RESOLUTION_MS[resolution]);
    for (let fromMs = endMs - spanMs; fromMs < endMs;) {
      const query = `from=${fromMs}&to=${endMs}&resolution=${resolution}`;
      const reply = parseHistoryReply(await (await fetch(`/api/metrics/history?${query}`)).json());
      if (!reply.ok) throw new Error(reply.reason);
      const rows = unpackHistory(reply.value, series);
      fetched.push({ resolution, chunk: { fromMs, toMs: reply.value.completeTo, rows } });
      fromMs = reply.value.completeTo;
    }
  }
}

/** As the product keeps them. */
function segments(): Keeper {
  const store = new DexieSegmentStore(() => openDatabase(new BurnrateDatabase('bench-segments')));
  let expected: Parameters<typeof store.commit>[0]['expected'] = null;
  const next = { epoch: EPOCH, coveredToMs: null, revision: 0, writerTerm: 1 };
  let known = 0;
  return {
    async write(resolution, chunk) {
      const packed = await packChunk(browserCompression, chunk, EPOCH, resolution);
      const newSeries = series.keysFrom(known);
      const changes = [{ resolution, revoked: [], segments: packed, covered: packed.map(spanOf) }];
      await store.commit({ expected, next, newSeries, firstSeriesId: known, changes });
      known += newSeries.length;
      expected = next;
    },
    async read(resolution, span) {
      const stored = await store.segmentsIn(EPOCH, resolution, span);
      return (await unpackAll(browserCompression, stored)).chunks;
    },
    bytes: async () => bytesOf(await store.directory()),
  };
}

/** The limit: nothing is packed, and nothing stands between. */
function typedArrays(): Keeper {
  const opened = new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('bench-arrays');
    request.onupgradeneeded = () => request.result.createObjectStore('chunks');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('not opened'));
  });
  let bytes = 0;
  return {
    async write(resolution, chunk) {
      bytes += bytesIn(chunk.rows);
      const transaction = (await opened).transaction('chunks', 'readwrite');
      transaction.objectStore('chunks').put(chunk, [resolution, chunk.fromMs]);
      await done(transaction);
    },
    async read(resolution, span) {
      const transaction = (await opened).transaction('chunks');
      const range = IDBKeyRange.bound([resolution, 0], [resolution, span.toMs], false, true);
      const request = transaction.objectStore('chunks').getAll(range);
      await done(transaction);
      const chunks: Chunk[] = request.result;
      return chunks.filter((one) => one.toMs > span.fromMs);
    },
    bytes: async () => bytes,
  };
}

type Row = Record<'bucketStartMs' | 'series' | 'calls' | 'tokens' | 'cost' | 'latency', number> & {
  resolution: Resolution;
};

/** What comes to mind first: a row for each update. */
function rowPerUpdate(): Keeper {
  const database = new Dexie('bench-rows');
  database.version(1).stores({ rows: '[resolution+bucketStartMs+series]' });
  const table = database.table<Row>('rows');
  return {
    async write(resolution, { rows }) {
      const list = Array.from({ length: rows.length }, (_, i): Row => ({
        resolution,
        bucketStartMs: rows.bucketStartMs[i] ?? 0,
        series: rows.series[i] ?? 0,
        calls: rows.calls[i] ?? 0,
        tokens: rows.tokens[i] ?? 0,
        cost: rows.costMicroUsd[i] ?? 0,
        latency: rows.latencyMsSum[i] ?? 0,
      }));
      await table.bulkPut(list);
    },
    async read(resolution, span) {
      const from = [resolution, span.fromMs, 0];
      const list = await table
        .where('[resolution+bucketStartMs+series]')
        .between(from, [resolution, span.toMs, 0])
        .toArray();
      return [{ ...span, rows: columnsOf(list) }];
    },
    bytes: async () => null,
  };
}

/** @param mostMs no more than the newest so much of 5 s is kept; null: all */
async function measure(keeper: Keeper, mostMs: number | null): Promise<Figures> {
  const usedBefore = await used();
  const kept = mostMs === null ? fetched : newestFives(mostMs);
  const values = kept.reduce((sum, { chunk }) => sum + 4 * chunk.rows.length, 0);
  const startMs = performance.now();
  for (const { resolution, chunk } of kept) await keeper.write(resolution, chunk);
  const writeMs = performance.now() - startMs;
  const bytes = (await keeper.bytes()) ?? (await used()) - usedBefore;
  const buildMs: (number | null)[] = [];
  for (const spanMs of WINDOWS_MS) {
    const isKept = mostMs === null || 2 * spanMs <= mostMs;
    buildMs.push(isKept ? await medianBuild(keeper, spanMs) : null);
  }
  return { values, bytesPerValue: bytes / values, writeMs, buildMs };
}

function newestFives(spanMs: number): typeof fetched {
  const span = { fromMs: nowMs - spanMs, toMs: nowMs };
  return fetched
    .filter(({ resolution, chunk }) => resolution === '5s' && chunk.toMs > span.fromMs)
    .map(({ resolution, chunk }) => ({
      resolution,
      chunk: { ...chunk, rows: rowsWithin(chunk.rows, span) },
    }));
}

async function medianBuild(keeper: Keeper, spanMs: number): Promise<number> {
  const times: number[] = [];
  for (let build = 0; build < BUILDS; build++) {
    const startMs = performance.now();
    const playheadMs = nowMs - 1;
    const window = windowAt(playheadMs, spanMs);
    const chunks = await keeper.read(window.resolution, window);
    const range = { spanMs, endMs: null };
    const inputs = { number: 1, epoch: EPOCH, filter: NO_FILTER, playheadMs, range };
    const { tokenSeries } = buildFrame({ ...inputs, series, chunks });
    const known = tokenSeries.tokens.filter((one) => one !== null).length;
    if (known < tokenSeries.tokens.length - 2) throw new Error(`only ${known} buckets are there`);
    times.push(performance.now() - startMs);
  }
  return times.sort((a, b) => a - b)[Math.floor(BUILDS / 2)] ?? Number.NaN;
}

function bytesIn(rows: RollupRows): number {
  return rows.length * (5 * Float64Array.BYTES_PER_ELEMENT + Uint32Array.BYTES_PER_ELEMENT);
}

async function used(): Promise<number> {
  return (await navigator.storage.estimate()).usage ?? Number.NaN;
}

function columnsOf(list: readonly Row[]): RollupRows {
  return {
    length: list.length,
    bucketStartMs: Float64Array.from(list, (row) => row.bucketStartMs),
    series: Uint32Array.from(list, (row) => row.series),
    calls: Float64Array.from(list, (row) => row.calls),
    tokens: Float64Array.from(list, (row) => row.tokens),
    costMicroUsd: Float64Array.from(list, (row) => row.cost),
    latencyMsSum: Float64Array.from(list, (row) => row.latency),
  };
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
  });
}

// What the benchmark calls from outside.
Object.assign(globalThis, {
  storeBench: {
    fetchAll,
    segments: () => measure(segments(), null),
    typedArrays: () => measure(typedArrays(), null),
    rowPerUpdate: () => measure(rowPerUpdate(), 10 * MINUTE_MS),
  },
});
