import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { runawayStart } from './runaway-start.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 10, 21, 14);

it('F10 goes on after a restart while the runaway does, and begins another after it', async () => {
  const folder = temporaryFolder();
  expect(await runawayStart(join(folder, 'new'), START_MS)).toBe(START_MS);
  const again = (afterMs: number) => runawayStart(join(folder, 'new'), START_MS + afterMs);
  expect(await again(44 * MINUTE_MS)).toBe(START_MS);
  expect(await again(45 * MINUTE_MS)).toBe(START_MS + 45 * MINUTE_MS);
  expect(await again(46 * MINUTE_MS), 'it is remembered from then on').toBe(
    START_MS + 45 * MINUTE_MS,
  );
  expect(await again(0), 'a clock that was set back').toBe(START_MS);
});

it('F10 begins another when what was remembered cannot be read', async () => {
  const folder = temporaryFolder();
  for (const text of ['', '{"startedAtMs": "soon"}', 'null']) {
    await writeFile(join(folder, 'fleet-runaway.json'), text);
    expect(await runawayStart(folder, START_MS)).toBe(START_MS);
  }
});
