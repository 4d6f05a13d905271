import { describe, expect, it } from 'vitest';
import type { ConnectionSignal } from './connection.ts';
import type { StreamFailure } from './stream-trust.ts';
import { type Events, failure, reply, timeline } from './testing/timeline.ts';

describe('the connection machine with streams', () => {
  const hello: ConnectionSignal = { kind: 'hello' };
  const broken = (over: Partial<StreamFailure> = {}): ConnectionSignal => ({
    kind: 'stream-failure',
    reason: 'unreachable',
    isRefused: false,
    ...over,
  });

  it('C9 streams by itself, and is live when the stream has said its hello', () => {
    expect(
      timeline(
        [
          [0, { kind: 'start' }],
          [40, hello],
        ],
        { transport: 'automatic' },
      ),
    ).toEqual(['0 start -> connecting, open-stream', '40 hello -> streaming']);
  });

  it('C10 polls at once when the server has no stream to give, and tries a stream again after a minute', () => {
    expect(
      timeline(
        [
          [0, { kind: 'start' }],
          [40, broken({ reason: 'not the Burnrate server', isRefused: true })],
          [80, reply(30_000)],
          [30_100, reply(30_000)],
          [60_150, broken({ isRefused: true, reason: 'timeout' })],
          [60_190, reply(30_000)],
          [90_200, reply(30_000)],
          [120_250, hello],
        ],
        { transport: 'automatic' },
      ),
    ).toEqual([
      '0 start -> connecting, open-stream',
      '40 stream-failure -> connecting, ask',
      '80 reply -> polling, wake at 30080',
      '30080 wake -> polling, ask',
      '30100 reply -> polling, wake at 60100',
      '60100 wake -> polling, open-stream',
      '60150 stream-failure -> polling, ask',
      '60190 reply -> polling, wake at 90190',
      '90190 wake -> polling, ask',
      '90200 reply -> polling, wake at 120200',
      '120200 wake -> polling, open-stream',
      '120250 hello -> streaming',
    ]);
  });

  it('C11 polls after three quick failures in a row, however they came', () => {
    expect(
      timeline(
        [
          [0, { kind: 'start' }],
          [10, broken({ reason: 'server error' })],
          [520, hello],
          [600, broken({ reason: 'malformed reply' })],
          [1_100, hello],
          [1_200, broken({ reason: 'malformed reply' })],
          [1_300, reply(1_000)],
        ],
        { transport: 'automatic' },
      ),
    ).toEqual([
      '0 start -> connecting, open-stream',
      '10 stream-failure -> waiting 1 since 10, wake at 510',
      '510 wake -> waiting 1 since 10, open-stream',
      '520 hello -> streaming',
      '600 stream-failure -> waiting 1 since 600, wake at 1100',
      '1100 wake -> waiting 1 since 600, open-stream',
      '1100 hello -> streaming',
      '1200 stream-failure -> streaming, ask',
      '1300 reply -> polling, wake at 3300',
    ]);
  });

  it('C11 forgives the end of a stream that lived', () => {
    const log = timeline(
      [
        [0, { kind: 'start' }],
        [10, hello],
        [20_000, broken()],
        [20_600, hello],
        [40_000, broken()],
        [40_600, hello],
        [60_000, broken()],
      ],
      { transport: 'automatic' },
    );
    expect(log.filter((line) => line.endsWith(', ask'))).toEqual([]);
    expect(log.at(-1)).toBe('60000 stream-failure -> waiting 1 since 60000, wake at 60500');
  });

  it('C11 goes back to the stream soon after an outage, which says little about streams', () => {
    const log = timeline(
      [
        [0, { kind: 'start' }],
        [10, hello],
        [30_000, broken()],
        [30_510, broken()],
        [31_520, broken()],
        [33_530, broken()],
        [33_540, failure()],
        [37_600, reply(1_000)],
        [39_700, hello],
      ],
      { transport: 'automatic' },
    );
    expect(log.slice(-7)).toEqual([
      '33520 wake -> waiting 3 since 30000, open-stream',
      '33530 stream-failure -> waiting 3 since 30000, ask',
      '33540 failure -> waiting 4 since 30000, wake at 37540',
      '37540 wake -> waiting 4 since 30000, ask',
      '37600 reply -> polling, wake at 39600',
      '39600 wake -> polling, open-stream',
      '39700 hello -> streaming',
    ]);
  });

  it('C11 holds nothing against streams when a stranger refused them and the poll too', () => {
    const refused = broken({ reason: 'not the Burnrate server', isRefused: true });
    const log = timeline(
      [
        [0, { kind: 'start' }],
        [10, refused],
        [20, failure()],
        [530, failure()],
        [1_540, failure()],
        [3_550, failure()],
        [7_560, hello],
      ],
      { transport: 'automatic' },
    );
    expect(log.slice(-2)).toEqual([
      '7550 wake -> waiting 4 since 20, open-stream',
      '7560 hello -> streaming',
    ]);
  });

  it('C12 never polls when the user wants streaming only, and never streams when polling', () => {
    const refusals: Events = [
      [0, { kind: 'start' }],
      [10, broken({ isRefused: true })],
      [600, broken({ isRefused: true })],
      [2_000, broken({ isRefused: true })],
      [9_000, broken({ isRefused: true })],
    ];
    const log = timeline(refusals, { transport: 'streaming' });
    expect(log.filter((line) => line.endsWith(', ask'))).toEqual([]);
    expect(log.at(-1)).toBe('9000 stream-failure -> waiting 4 since 10, wake at 13000');
    const polls = timeline([
      [0, { kind: 'start' }],
      [9, reply(1_000)],
      [9_000, reply(0)],
    ]);
    expect(polls.filter((line) => line.endsWith('open-stream'))).toEqual([]);
  });

  it('C13 begins the stream again at once when what it brought does not continue the cache', () => {
    expect(
      timeline(
        [
          [0, { kind: 'start' }],
          [10, hello],
          [20, { kind: 'resync' }],
        ],
        {
          transport: 'automatic',
        },
      ).at(-1),
    ).toBe('20 resync -> streaming, open-stream');
  });
});
