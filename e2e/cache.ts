import { inflateRawSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import type { RollupRows } from '#core/rollup/rollup.ts';
import { decodeSegment } from '#core/rollup/segment-codec.ts';
import { SeriesDictionary, type SeriesKey } from '#core/rollup/series.ts';
import type { IntervalSet } from '#core/time/intervals.ts';
import type { Resolution } from '#core/time/resolution.ts';
import { parseHistoryReply, unpackHistory } from '#core/wire/history.ts';

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
  const [meta, coverage] = await readTables<[{ key: string; value: unknown }, CoverageRow]>(page, [
    'meta',
    'coverage',
  ]);
  const cursor = meta.find((row) => row.key === 'cursor')?.value as { epoch: string }; // by the schema
  const row = coverage.find((one) => one.epoch === cursor.epoch && one.resolution === resolution);
  return { epoch: cursor.epoch, coverage: row?.intervals ?? [] };
}

/** Reads the database past the product's own code, but for the codec. */
export async function readCache(page: Page, resolution: Resolution = '5s'): Promise<Cached> {
  const { epoch, coverage } = await readCoverage(page, resolution);
  const [series, segments] = await readTables<[SeriesRow, Row & { bytes: string }]>(page, [
    'series',
    'segments',
  ]);
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

interface CoverageRow extends Row {
  readonly intervals: IntervalSet;
}

interface SeriesRow extends SeriesKey {
  readonly epoch: string;
  readonly id: number;
}

/** All rows of some tables; bytes come as base64, which is a hundred times faster than as numbers. */
async function readTables<Rows extends unknown[]>(
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
    const result: unknown[][] = [];
    for (const name of wanted) {
      const rows: Record<string, unknown>[] = await settled(
        database.transaction(name).objectStore(name).getAll(),
      );
      for (const row of rows) {
        if (row['bytes'] instanceof Uint8Array) row['bytes'] = encode(row['bytes']);
      }
      result.push(rows);
    }
    database.close();
    return result;
  }, names as string[]); // a mapped tuple of strings
  return tables as { [Index in keyof Rows]: Rows[Index][] }; // what the tables hold, by the schema
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
      const response = await fetch(`${url}/api/metrics/history?${query}`);
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
