import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { Server } from '../e2e/server.ts';
import { launchProfile } from './browser.ts';
import type { Figures } from './store-page.ts';
import type { Table } from './table.ts';

const KEEPERS = {
  typedArrays: 'raw IndexedDB, plain typed arrays (the limit)',
  segments: 'segments, as the product keeps them',
  rowPerUpdate: 'one Dexie row per update, 10 min of 5 s only',
} as const;

/** What it takes to keep what is required (and an hour of 5 s more), and to build windows from it. */
export async function benchStore(): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'burnrate-bench-'));
  const script = await bundle();
  const rows: string[][] = [];
  try {
    for (const customers of ['100', '1000']) {
      const data = join(folder, 'data');
      const server = await Server.start({ DATA_DIR: data, FLEET_CUSTOMERS: customers });
      const context = await launchProfile(join(folder, customers), { bypassCSP: true });
      const page = await context.newPage();
      await page.goto(`${server.url}/api/health`);
      await page.addScriptTag({ content: script });
      await page.evaluate('storeBench.fetchAll()');
      for (const [keeper, name] of Object.entries(KEEPERS)) {
        const figures = await page.evaluate<Figures>(`storeBench.${keeper}()`);
        rows.push([`${customers} customers: ${name}`, ...cellsOf(figures)]);
      }
      await context.close();
      await server.kill();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return {
    title: 'Store: what is required, on the disk and back (one tab, main thread)',
    columns: [
      'how',
      'values',
      'bytes per value',
      'values written per s',
      '5 min, ms',
      '1 h, ms',
      '24 h, ms',
      '30 d, ms',
    ],
    rows,
  };
}

/** The product's own modules as one script, for a page that has nothing else. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: 'bench/store-page.ts', formats: ['iife'], name: 'bench' },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const chunk = first && 'output' in first ? first.output[0] : null;
  if (!chunk) throw new Error('nothing was built');
  return chunk.code;
}

function cellsOf({ values, bytesPerValue, writeMs, buildMs }: Figures): string[] {
  return [
    String(values),
    bytesPerValue.toFixed(2),
    String(Math.round((values * 1_000) / writeMs)),
    ...buildMs.map((ms) => (ms === null ? '' : ms.toFixed(ms < 10 ? 1 : 0))),
  ];
}
