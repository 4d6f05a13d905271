import type { Page } from '@playwright/test';
import type { RollupRows } from '#core/rollup/rollup.ts';
import { decodeSegment } from '#core/rollup/segment-codec.ts';
import { SeriesDictionary, type SeriesKey } from '#core/rollup/series.ts';
import type { IntervalSet } from '#core/time/intervals.ts';
import { parseHistoryReply, unpackHistory } from '#core/wire/history.ts';

/** What the browser has on disk of the current epoch, at 5 s. */
export interface Cached {
  readonly epoch: string;
  readonly coverage: IntervalSet;
  /** One line per (bucket, series), sorted. */
  readonly lines: readonly string[];
}

interface Dump {
  cursor: { epoch: string };
  coverage: { epoch: string; resolution: string; intervals: IntervalSet }[];
  series: (SeriesKey & { epoch: string; id: number })[];
  segments: { epoch: string; resolution: string; bytes: number[] }[];
}

/** Reads the database past the product's own code, but for the codec. */
export async function readCache(page: Page): Promise<Cached> {
  const dump: Dump = await page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('the request failed'));
      });
    const database = await settled(indexedDB.open('burnrate'));
    const all = (table: string) => settled(database.transaction(table).objectStore(table).getAll());
    const meta = await all('meta');
    const segments = await all('segments');
    const dump = {
      cursor: meta.find((row) => row.key === 'cursor')?.value,
      coverage: await all('coverage'),
      series: await all('series'),
      segments: segments.map((row) => ({ ...row, bytes: [...row.bytes] })),
    };
    database.close();
    return dump;
  });
  const { epoch } = dump.cursor;
  const isCurrent = (row: { epoch: string; resolution: string }) =>
    row.epoch === epoch && row.resolution === '5s';
  const ids = dump.series.filter((row) => row.epoch === epoch).sort((a, b) => a.id - b.id);
  const dictionary = new SeriesDictionary(ids);
  const lines = dump.segments.filter(isCurrent).flatMap((segment) => {
    const decoded = decodeSegment(Uint8Array.from(segment.bytes));
    if (!decoded.ok) throw new Error(`a cached segment is damaged: ${decoded.reason}`);
    return linesOf(decoded.rows, dictionary);
  });
  const coverage = dump.coverage.find(isCurrent)?.intervals ?? [];
  return { epoch, coverage, lines: lines.sort() };
}

/** What the server says of the spans, from its history. */
export async function readTruth(url: string, coverage: IntervalSet): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const span of coverage) {
    for (let fromMs = span.fromMs; fromMs < span.toMs;) {
      const query = `from=${fromMs}&to=${span.toMs}&resolution=5s`;
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
