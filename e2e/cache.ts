import { inflateRawSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import type { RollupRows } from '#core/rollup/rollup.ts';
import { decodeSegment } from '#core/rollup/segment-codec.ts';
import { SeriesDictionary, type SeriesKey } from '#core/rollup/series.ts';
import { NOTHING_CROWDED_OUT, requiredAt } from '#core/live/history-plan.ts';
import { type IntervalSet, missingFrom } from '#core/time/intervals.ts';
import type { Resolution } from '#core/time/resolution.ts';
import { healthReplySchema } from '#core/wire/health.ts';
import { parseHistoryReply, unpackHistory } from '#core/wire/history.ts';

const LONGEST_FILL_MS = 40_000;
const LOOK_EVERY_MS = 50;

/** What the browser has on disk of the current epoch, at one resolution. */
export interface Cached {
  readonly epoch: string;
  readonly coverage: IntervalSet;
  /** One line per (bucket, series), sorted. */
  readonly lines: readonly string[];
}

interface Row {
  readonly epoch: string;
  readonly resolution: string;
}

/** The spans that the browser claims to hold completely of the current epoch. */
export async function readCoverage(
  page: Page,
  resolution: Resolution = '5s',
): Promise<{ epoch: string; coverage: IntervalSet }> {
  const [meta, coverage] = await readTables<[MetaRow, CoverageRow]>(page, ['meta', 'coverage']);
  return currentOf(meta, coverage, resolution);
}

/** How much is cached without a hole; 0 when there is one. */
export async function unbrokenMs(page: Page): Promise<number> {
  const { coverage } = await readCoverage(page);
  const [span] = coverage;
  return coverage.length === 1 && span ? span.toMs - span.fromMs : 0;
}

/** Reads the database past the product's own code, but for the codec. */
export async function readCache(page: Page, resolution: Resolution = '5s'): Promise<Cached> {
  const [meta, rows, series, segments] = await readTables<
    [MetaRow, CoverageRow, SeriesRow, Row & { bytes: string }]
  >(page, ['meta', 'coverage', 'series', 'segments']);
  const { epoch, coverage } = currentOf(meta, rows, resolution);
  const ids = series.filter((row) => row.epoch === epoch).sort((a, b) => a.id - b.id);
  const dictionary = new SeriesDictionary(ids);
  const lines = segments
    .filter((row) => row.epoch === epoch && row.resolution === resolution)
    .flatMap((segment) => {
      const decoded = decodeSegment(inflateRawSync(Buffer.from(segment.bytes, 'base64')));
      if (!decoded.ok) throw new Error(`a cached segment is damaged: ${decoded.reason}`);
      return linesOf(decoded.rows, dictionary);
    });
  return { epoch, coverage, lines: lines.sort() };
}

/** Where what is cached differs from what the server says of the same spans: nowhere, one hopes. */
export async function differencesFromTruth(
  page: Page,
  url: string,
  resolution: Resolution,
): Promise<{ missing: string[]; extra: string[]; rows: number }> {
  const cached = await readCache(page, resolution);
  const truth = await readTruth(url, cached.coverage, resolution);
  const isCached = new Set(cached.lines);
  const isTrue = new Set(truth);
  return {
    missing: truth.filter((line) => !isCached.has(line)).slice(0, 5),
    // A line that is there twice is one too many too.
    extra: cached.lines.filter((line, i) => !isTrue.has(line) || line === cached.lines[i - 1]),
    rows: cached.lines.length,
  };
}

/** Spans that must be there without a server, and are not; of what the cache takes for the present. */
export async function missingOf(page: Page): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const span of requiredAt(await coveredToMs(page), NOTHING_CROWDED_OUT)) {
    const { coverage } = await readCoverage(page, span.resolution);
    const gaps = missingFrom(coverage, span).map(({ fromMs, toMs }) => `${fromMs} to ${toMs}`);
    missing.push(...gaps.map((gap) => `${span.resolution}: ${gap}`));
  }
  return missing;
}

async function coveredToMs(page: Page): Promise<number> {
  return (await readCoverage(page)).coverage.at(-1)?.toMs ?? 0;
}

/**
 * Waits until all that is required is there, up to what the server now knows.
 * @throws with what is still missing after 40 s
 */
export async function isFull(page: Page, url: string): Promise<void> {
  const { watermark } = healthReplySchema.parse(await (await fetch(`${url}/api/health`)).json());
  const toMs = Math.floor((watermark + 1) / 5_000) * 5_000;
  // Before the product has made its database there is none to read, and one must not be made here.
  await page.getByRole('region', { name: 'Spend rate' }).getByText('per hour').waitFor();
  const untilMs = performance.now() + LONGEST_FILL_MS;
  for (;;) {
    const missing = (await coveredToMs(page)) < toMs ? ['now'] : await missingOf(page);
    if (missing.length === 0) return;
    if (performance.now() > untilMs) throw new Error(`still missing: ${missing.join(', ')}`);
    await page.waitForTimeout(LOOK_EVERY_MS);
  }
}

function currentOf(
  meta: readonly MetaRow[],
  coverage: readonly CoverageRow[],
  resolution: Resolution,
): { epoch: string; coverage: IntervalSet } {
  const cursor = meta.find((row) => row.key === 'cursor')?.value as { epoch: string } | undefined; // by the schema
  if (!cursor) return { epoch: '', coverage: [] };
  const row = coverage.find((one) => one.epoch === cursor.epoch && one.resolution === resolution);
  return { epoch: cursor.epoch, coverage: row?.intervals ?? [] };
}

interface MetaRow {
  readonly key: string;
  readonly value: unknown;
}

interface CoverageRow extends Row {
  readonly intervals: IntervalSet;
}

interface SeriesRow extends SeriesKey {
  readonly epoch: string;
  readonly id: number;
}

/** All rows of some tables; bytes come as base64, which is a hundred times faster than as numbers. */
export async function readTables<Rows extends unknown[]>(
  page: Page,
  names: { [Index in keyof Rows]: string },
): Promise<{ [Index in keyof Rows]: Rows[Index][] }> {
  const tables = await page.evaluate(async (wanted) => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('the request failed'));
      });
    const encode = (bytes: Uint8Array) => {
      let text = '';
      for (const byte of bytes) text += String.fromCodePoint(byte);
      return btoa(text);
    };
    const database = await settled(indexedDB.open('burnrate'));
    // One transaction: what is written meanwhile is in all tables or in none.
    const transaction = database.transaction(wanted);
    const result = await Promise.all(
      wanted.map((name) =>
        settled<Record<string, unknown>[]>(transaction.objectStore(name).getAll()),
      ),
    );
    for (const rows of result) {
      for (const row of rows) {
        if (row['bytes'] instanceof Uint8Array) row['bytes'] = encode(row['bytes']);
      }
    }
    database.close();
    return result;
  }, names as string[]); // a mapped tuple of strings
  return tables as { [Index in keyof Rows]: Rows[Index][] }; // what the tables hold, by the schema
}

/**
 * Asks once more when the connection is gone: one that was idle while thousands of rows were compared may have been
 * closed by the server, which this process, having been busy, has not seen yet.
 */
async function ask(url: string): Promise<Response> {
  try {
    return await fetch(url);
  } catch {
    return fetch(url);
  }
}

/** What the server says of the spans, from its history. */
export async function readTruth(
  url: string,
  coverage: IntervalSet,
  resolution: Resolution = '5s',
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const span of coverage) {
    for (let fromMs = span.fromMs; fromMs < span.toMs;) {
      const query = `from=${fromMs}&to=${span.toMs}&resolution=${resolution}`;
      const response = await ask(`${url}/api/metrics/history?${query}`);
      const parsed = parseHistoryReply(await response.json());
      if (!parsed.ok) throw new Error(parsed.reason);
      const dictionary = new SeriesDictionary();
      lines.push(...linesOf(unpackHistory(parsed.value, dictionary), dictionary));
      if (parsed.value.completeTo <= fromMs) throw new Error('history does not reach that far');
      fromMs = parsed.value.completeTo;
    }
  }
  return lines.sort();
}

function linesOf(rows: RollupRows, dictionary: SeriesDictionary): string[] {
  return Array.from({ length: rows.length }, (_, i) => {
    const { tenantId, customerId, model } = dictionary.keyOf(rows.series[i] ?? -1);
    const { calls, tokens, costMicroUsd, latencyMsSum } = rows;
    const values = [calls[i], tokens[i], costMicroUsd[i], latencyMsSum[i]].join(' ');
    return `${rows.bucketStartMs[i]} ${tenantId}/${customerId}/${model} ${values}`;
  });
}
