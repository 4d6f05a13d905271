import { describe, expect, it } from 'vitest';
import { aRollup, aSeries } from '../testing/builders.ts';
import { ScriptedStore } from '../testing/scripted-store.ts';
import { MetricsPages } from './metrics-pages.ts';

const START_MS = Date.UTC(2024, 4, 6, 12);
const NOW_MS = START_MS + 600_000;

/** A store with a row in each second. */
function aStore(): ScriptedStore {
  const store = new ScriptedStore({ tickMs: 1_000, earliestMs: START_MS });
  for (let atMs = START_MS; atMs < NOW_MS; atMs += 1_000) store.use(atMs, aSeries(0), aRollup());
  return store;
}

/** How many rows a page carries. */
function rowsIn(bytes: Buffer): number {
  return bytes.toString().match(/"timestamp"/g)?.length ?? 0;
}

describe('pages of the stream', () => {
  const since = NOW_MS - 60_001;

  it('E17 are the same bytes for all who ask for the same', () => {
    const pages = new MetricsPages(aStore(), () => NOW_MS);
    const query = { since, rawMs: 10_000 };
    expect(pages.answer({ ...query })).toBe(pages.answer({ ...query }));
  });

  it('E17 are others for who wants another stretch tick by tick', () => {
    const pages = new MetricsPages(aStore(), () => NOW_MS);
    expect(rowsIn(pages.answer({ since, rawMs: 10_000 }).bytes)).toBe(10);
    expect(rowsIn(pages.answer({ since, rawMs: 30_000 }).bytes)).toBe(30);
    expect(rowsIn(pages.answer({ since }).bytes)).toBe(60);
  });

  it('E17 go on as they began', () => {
    const pages = new MetricsPages(aStore(), () => NOW_MS);
    const { next } = pages.answer({ since, rawMs: 10_000 });
    expect(next).toMatchObject({ since: NOW_MS - 1, rawMs: 10_000 });
  });
});
