import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { benchFleetTruth, benchSensitivity } from './anomalies.ts';
import { benchCatchUp } from './catch-up.ts';
import { benchDetect } from './detect.ts';
import { benchExpect } from './expect.ts';
import { benchIngest } from './ingest.ts';
import { benchLive } from './live.ts';
import { benchOfflinePaint } from './offline-paint.ts';
import { benchPlayback } from './playback.ts';
import { benchStore } from './store.ts';
import { markdownOf, type Table } from './table.ts';
import { benchWall } from './wall.ts';

const DOCUMENT = 'docs/measured.md';
const BEGIN = '<!-- begin: npm run bench -->';
const END = '<!-- end: npm run bench -->';

const BENCHMARKS: Readonly<Record<string, () => Table | Promise<Table>>> = {
  ingest: benchIngest,
  store: benchStore,
  'catch-up': benchCatchUp,
  'offline-paint': benchOfflinePaint,
  live: benchLive,
  playback: benchPlayback,
  wall: benchWall,
  detect: benchDetect,
  expect: benchExpect,
  'fleet-truth': benchFleetTruth,
  sensitivity: benchSensitivity,
};

const [only] = process.argv.slice(2);
if (only !== undefined && !(only in BENCHMARKS)) {
  console.error(
    `There is no benchmark ${only}: give one of ${Object.keys(BENCHMARKS).join(', ')}.`,
  );
  process.exit(1);
}
const texts: string[] = [];
for (const [name, run] of Object.entries(BENCHMARKS)) {
  if (only !== undefined && only !== name) continue;
  const text = markdownOf(await run());
  console.log(text);
  texts.push(text);
}
if (only === undefined) writeDocument(texts.join('\n'));

/** Puts the figures of a whole run into the document, with the machine that they are from. */
function writeDocument(figures: string): void {
  const [cpu] = cpus();
  const machine = `${cpus().length} cores (${cpu?.model ?? 'unknown'}), Node ${process.version}`;
  const date = new Date().toISOString().slice(0, 10);
  const document = readFileSync(DOCUMENT, 'utf8');
  const before = document.slice(0, document.indexOf(BEGIN) + BEGIN.length);
  const after = document.slice(document.indexOf(END));
  writeFileSync(DOCUMENT, `${before}\n\nMeasured ${date} on ${machine}.\n\n${figures}\n${after}`);
}
