import { describe, expect, it } from 'vitest';
import { BucketTable } from '../rollup/bucket-table.ts';
import { SeriesDictionary } from '../rollup/series.ts';
import { csvLines } from './csv.ts';
import { zoneNamed } from '../time/zone.ts';
import { type Filter, NO_FILTER } from './filter.ts';

const FROM_MS = Date.UTC(2026, 10, 21, 9);
const SERIES = new SeriesDictionary([
  { tenantId: 'north', customerId: 'acme', model: 'gpt-4o' },
  { tenantId: '=cmd()', customerId: 'He said "no", twice', model: 'a\nb' },
]);

function linesOf(filter: Filter = NO_FILTER, zoneName = 'UTC'): string[] {
  const zone = zoneNamed(zoneName);
  if (!zone) throw new Error(`no zone is called ${zoneName}`);
  const table = new BucketTable(5_000);
  const rollup = { calls: 2, tokens: 900, costMicroUsd: 1_012_345, latencyMsSum: 2_100 };
  for (const bucket of [-1, 0, 1, 2]) table.add(FROM_MS + bucket * 5_000, bucket & 1, rollup);
  table.add(FROM_MS, 1, { ...rollup, costMicroUsd: 7 });
  const span = { fromMs: FROM_MS, toMs: FROM_MS + 10_000 };
  const chunk = { fromMs: FROM_MS - 5_000, toMs: FROM_MS + 15_000, rows: table.toRows() };
  return [...csvLines({ chunks: [chunk], resolution: '5s', series: SERIES, filter, span, zone })];
}

describe('a table of what is shown', () => {
  it('N6 has all columns, instants in UTC, exact dollars, and only what lies in the window', () => {
    const acme = linesOf({ ...NO_FILTER, tenants: ['north'] });
    expect(acme).toEqual([
      'bucket_start_utc,resolution,tenant_id,customer_id,model,calls,tokens,cost_usd,latency_ms_sum,bucket_start_local,zone\r\n',
      '2026-11-21T09:00:00.000Z,5s,north,acme,gpt-4o,2,900,1.012345,2100,2026-11-21T09:00:00+00:00,UTC\r\n',
    ]);
    expect(linesOf()).toHaveLength(4);
  });

  it('N32 tells the local time of each bucket too, with its offset, and in which zone', () => {
    const [, line = ''] = linesOf(NO_FILTER, 'America/New_York');
    expect(line).toMatch(/^2026-11-21T09:00:00.000Z,/);
    expect(line).toMatch(/,2026-11-21T04:00:00-05:00,America\/New_York\r\n$/);
    const locals = linesOf(NO_FILTER, 'Asia/Kathmandu').map((one) => one.split(',').at(-2));
    expect(locals.slice(1)).toEqual([
      '2026-11-21T14:45:00+05:45',
      '2026-11-21T14:45:00+05:45',
      '2026-11-21T14:45:05+05:45',
    ]);
  });

  it('N6 is read by a spreadsheet as text, whatever the names are', () => {
    const [, , line = ''] = linesOf();
    expect(line).toBe(
      `2026-11-21T09:00:00.000Z,5s,'=cmd(),"He said ""no"", twice","a\nb",2,900,0.000007,2100,2026-11-21T09:00:00+00:00,UTC\r\n`,
    );
  });
});
