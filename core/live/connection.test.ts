import { describe, expect, it } from 'vitest';
import { type ConnectionSignal, retryDelayMs } from './connection.ts';
import { failure, reply, timeline } from './testing/timeline.ts';

const ALWAYS_LONGEST = 0.999;

describe('the connection machine', () => {
  it('C1 asks at once while more waits, then at the slower of the two intervals', () => {
    expect(
      timeline([
        [0, { kind: 'start' }],
        [40, reply(0)],
        [80, reply(1_000)],
        [2_100, reply(5_000)],
        [7_200, reply(1_000)],
      ]),
    ).toEqual([
      '0 start -> connecting, ask',
      '40 reply -> polling, ask',
      '80 reply -> polling, wake at 2080',
      '2080 wake -> polling, ask',
      '2100 reply -> polling, wake at 7100',
      '7100 wake -> polling, ask',
      '7200 reply -> polling, wake at 9200',
    ]);
  });

  it('C2 waits longer after each failure, remembers since when, and never stops trying', () => {
    expect(
      timeline([
        [0, { kind: 'start' }],
        [10, failure()],
        [600, failure()],
        [1_700, failure('timeout')],
        [4_000, failure()],
        [9_000, failure()],
        [18_000, failure()],
        [35_000, failure()],
        [52_000, failure()],
      ]),
    ).toEqual([
      '0 start -> connecting, ask',
      '10 failure -> waiting 1 since 10, wake at 510',
      '510 wake -> waiting 1 since 10, ask',
      '600 failure -> waiting 2 since 10, wake at 1600',
      '1600 wake -> waiting 2 since 10, ask',
      '1700 failure -> waiting 3 since 10, wake at 3700',
      '3700 wake -> waiting 3 since 10, ask',
      '4000 failure -> waiting 4 since 10, wake at 8000',
      '8000 wake -> waiting 4 since 10, ask',
      '9000 failure -> waiting 5 since 10, wake at 17000',
      '17000 wake -> waiting 5 since 10, ask',
      '18000 failure -> waiting 6 since 10, wake at 34000',
      '34000 wake -> waiting 6 since 10, ask',
      '35000 failure -> waiting 7 since 10, wake at 51000',
      '51000 wake -> waiting 7 since 10, ask',
      '52000 failure -> waiting 8 since 10, wake at 68000',
    ]);
  });

  it('C2 draws the wait from below a limit that doubles from 1 s to 32 s', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => retryDelayMs(attempt, 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 32_000, 32_000,
    ]);
    expect(retryDelayMs(6, 0)).toBe(0);
  });

  it('C3 honours Retry-After, but not beyond five minutes', () => {
    const asked: ConnectionSignal = {
      kind: 'failure',
      reason: 'server error',
      retryAfterMs: 7_000,
    };
    const absurd: ConnectionSignal = { ...asked, retryAfterMs: 86_400_000 };
    expect(timeline([[0, asked]], { random: ALWAYS_LONGEST })).toEqual([
      '0 failure -> waiting 1 since 0, wake at 7000',
    ]);
    expect(timeline([[0, absurd]])).toEqual(['0 failure -> waiting 1 since 0, wake at 300000']);
  });

  it('C4 tries at once when it is hinted to while it waits, and only then', () => {
    expect(
      timeline(
        [
          [0, { kind: 'start' }],
          [5, { kind: 'retry-now' }],
          [10, failure()],
          [300, { kind: 'retry-now' }],
          [301, { kind: 'retry-now' }],
          [400, reply(1_000)],
          [500, { kind: 'retry-now' }],
        ],
        { random: ALWAYS_LONGEST },
      ),
    ).toEqual([
      '0 start -> connecting, ask',
      '5 retry-now -> connecting',
      '10 failure -> waiting 1 since 10, wake at 1009',
      '300 retry-now -> waiting 1 since 10, ask',
      '301 retry-now -> waiting 1 since 10',
      '400 reply -> polling, wake at 2400',
      '500 retry-now -> polling',
    ]);
  });

  it('C5 starts counting anew after a reply', () => {
    expect(
      timeline([
        [0, failure()],
        [600, failure()],
        [1_700, reply(1_000)],
        [1_800, failure()],
      ]).at(-1),
    ).toBe('1800 failure -> waiting 1 since 1800, wake at 2300');
  });

  it('C6 asks nothing while paused, whatever comes, and connects when resumed', () => {
    expect(
      timeline([
        [0, { kind: 'start' }],
        [10, { kind: 'pause', by: 'user' }],
        [20, reply(0)],
        [30, failure()],
        [40, { kind: 'wake' }],
        [50, { kind: 'retry-now' }],
        [60, { kind: 'resume' }],
        [70, { kind: 'resume' }],
      ]),
    ).toEqual([
      '0 start -> connecting, ask',
      '10 pause -> paused by user, rest',
      '20 reply -> paused by user',
      '30 failure -> paused by user',
      '40 wake -> paused by user',
      '50 retry-now -> paused by user',
      '60 resume -> connecting, ask',
      '70 resume -> connecting',
    ]);
  });
});
