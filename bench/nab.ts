import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { localHourOf } from '#core/anomaly/local-hour.ts';
import { QuietBar } from '#core/anomaly/quiet-bar.ts';
import { RecordBand } from '#core/anomaly/record-band.ts';
import { markdownOf } from './table.ts';

const USAGE = `usage: npm run bench:nab -- --data DIR --out DIR [--detector NAME]
  --data      a checkout of the Numenta Anomaly Benchmark, or its folder data
  --out       gets a CSV for each data file, with the columns timestamp, value, anomaly_score
  --detector  record-band (the product's, default), or a floor: range-leaver, fixed-period`;

/** Takes the next row, gives its score: 0 for no alarm. Nothing else of the file is ever seen. */
type Scorer = (value: number, atMs: number) => number;

const HORIZON_BINS = 8_000;
const LEAVES_BY = 0.005;
const PERIOD_ROWS = 400;

const DETECTORS: Readonly<Record<string, () => Scorer>> = {
  'record-band': () => {
    const band = new RecordBand(HORIZON_BINS);
    const bar = new QuietBar();
    return (value, atMs) => {
      // The time stamps are local, and name no zone.
      const { score } = band.push(value, localHourOf(atMs, 0));
      return bar.passes(score) ? score : 0;
    };
  },
  'range-leaver': () => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    return (value) => {
      const margin = LEAVES_BY * (high - low);
      const isOutside = value > high + margin || value < low - margin;
      low = Math.min(low, value);
      high = Math.max(high, value);
      return Number(isOutside);
    };
  },
  'fixed-period': () => {
    let rows = 0;
    return () => Number(++rows % PERIOD_ROWS === 0);
  },
};

interface Row {
  readonly timestamp: string;
  readonly value: string;
}

function rowsOf(path: string): readonly Row[] {
  const [head = '', ...lines] = readFileSync(path, 'utf8').split(/\r?\n/);
  const names = head.split(',').map((name) => name.trim().replaceAll('"', ''));
  const timeAt = names.indexOf('timestamp');
  const valueAt = names.indexOf('value');
  if (timeAt < 0 || valueAt < 0) throw new Error(`${path}: no columns timestamp and value`);
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(','))
    .map((cells) => ({ timestamp: cells[timeAt] ?? '', value: cells[valueAt] ?? '' }));
}

function scoresOf(rows: readonly Row[], scorer: Scorer): readonly number[] {
  return rows.map(({ timestamp, value }) => {
    const atMs = Date.parse(`${timestamp.trim().replace(' ', 'T')}Z`);
    const number = value.trim() === '' ? Number.NaN : Number(value);
    // A row without a number is no bin: nothing can be said of it, nor learnt from it.
    return Number.isFinite(number) && Number.isFinite(atMs) ? scorer(number, atMs) : 0;
  });
}

function writeScores(path: string, rows: readonly Row[], scores: readonly number[]): void {
  const lines = rows.map((row, i) => `${row.timestamp},${row.value},${scores[i]}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, ['timestamp,value,anomaly_score', ...lines, ''].join('\n'));
}

function main(): void {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      out: { type: 'string' },
      detector: { type: 'string', default: 'record-band' },
    },
  });
  const make = DETECTORS[values.detector];
  if (!values.data || !values.out || !make) {
    console.error(USAGE);
    process.exit(2);
  }
  const folder = existsSync(join(values.data, 'data')) ? join(values.data, 'data') : values.data;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.csv'))
    .sort();
  if (files.length === 0) throw new Error(`no CSV under ${folder}`);
  const lines = files.map((path) => {
    const rows = rowsOf(join(folder, path));
    const startMs = performance.now();
    const scores = scoresOf(rows, make());
    const ns = ((performance.now() - startMs) * 1e6) / rows.length;
    writeScores(join(values.out ?? '', path), rows, scores);
    const alarms = scores.filter((score) => score >= 0.5).length;
    return [path, String(rows.length), String(alarms), ns.toFixed(0)];
  });
  const columns = ['file', 'rows', 'scores of 0.5 and more', 'ns/row, reading the time included'];
  console.log(markdownOf({ title: `NAB: ${values.detector}`, columns, rows: lines }));
}

main();
