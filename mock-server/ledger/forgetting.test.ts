import { describe, expect, it, onTestFinished } from 'vitest';
import { startForgetting } from './forgetting.ts';

const NOW_MS = Date.UTC(2026, 10, 3, 10);
const DAY_MS = 86_400_000;

describe('forgetting', () => {
  it('K41 is done now and then, once the ledger is open, for what is older than 400 days', async () => {
    const asked: number[] = [];
    const logged: unknown[] = [];
    let isOpen = false;
    const ledger = {
      forget: (beforeMs: number) => {
        asked.push(beforeMs);
        return asked.length === 2 ? Promise.reject(new Error('it is gone')) : Promise.resolve(0);
      },
    };
    const forgetting = startForgetting({
      ledger: () => (isOpen ? ledger : null),
      now: () => NOW_MS,
      log: { error: (...message: unknown[]) => void logged.push(message) },
      everyMs: 1,
    });
    onTestFinished(forgetting.close);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toEqual([]);
    isOpen = true;
    await expect.poll(() => asked.length).toBeGreaterThan(3);
    expect(new Set(asked)).toEqual(new Set([NOW_MS - 400 * DAY_MS]));
    expect(logged, 'what fails is told, and done again').toHaveLength(1);
  });
});
