import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aFrame, AS_OF_MS } from '#app/testing/frames.ts';
import { aPageStore } from '#app/testing/page.tsx';
import type { Speed } from '#core/view/playback.ts';
import { readClock } from './clock.ts';
import { startPlayback } from './playback-driver.ts';
import type { PageState, PageStore } from './store.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const START_MS = AS_OF_MS - 12 * HOUR_MS;
const START = { spanMs: 5 * MINUTE_MS, endMs: START_MS };

let close = () => undefined as void;

beforeEach(() => {
  vi.useFakeTimers({
    now: AS_OF_MS,
    toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'performance', 'Date'],
  });
  window.history.replaceState(null, '', '/');
});

afterEach(() => {
  close();
  vi.useRealTimers();
});

/** A page that plays the past from `START`, whose worker answers at once. */
function aPlayer(speed: Speed, parts: Partial<PageState> = {}) {
  const store = aPageStore({ frame: aFrame({ range: START }), range: START, ...parts });
  ({ close } = startPlayback(store));
  const moves: number[] = [];
  store.subscribe(({ range }, before) => {
    if (range === before.range || range.endMs === null) return;
    moves.push((range.endMs - START_MS) / 1_000);
    store.setState({ frame: aFrame({ range }) });
  });
  play(store, speed);
  return { store, moves };
}

function play(store: PageStore, speed: Speed) {
  const { steadyMs } = readClock();
  store.setState({ playback: { speed, fromMs: START_MS, sinceMs: steadyMs } });
}

/** Animation frames, 60 a second. */
function runFor(ms: number) {
  for (let passed = 0; passed < ms; passed += 16) vi.advanceTimersByTime(16);
}

describe('playing the past', () => {
  it('N9 N11 moves the range on, ten times a second and by whole buckets', () => {
    const { moves, store } = aPlayer(60);
    runFor(1_000);
    expect(moves.length).toBeLessThanOrEqual(10);
    expect(moves.length).toBeGreaterThan(6);
    expect(moves.every((seconds) => seconds % 5 === 0)).toBe(true);
    expect(moves.at(-1)).toBeGreaterThanOrEqual(50);
    expect(moves.at(-1)).toBeLessThanOrEqual(60);
    store.setState({ playback: null });
    const { length } = moves;
    runFor(1_000);
    expect(moves).toHaveLength(length);
  });

  it('N11 does nothing between two buckets', () => {
    const { moves } = aPlayer(1);
    runFor(12_000);
    expect(moves).toEqual([5, 10]);
  });

  it('N11 waits until what it asked for is on screen', () => {
    const store = aPageStore({ frame: aFrame({ range: START }), range: START });
    ({ close } = startPlayback(store));
    play(store, 600);
    runFor(500);
    const first = store.getState().range;
    expect(first.endMs).toBeGreaterThan(START_MS);
    runFor(1_000);
    expect(store.getState().range).toBe(first);
    store.setState({ frame: aFrame({ range: first }) });
    runFor(100);
    expect(store.getState().range.endMs).toBeGreaterThan(START_MS + 800_000);
    // An answer that never comes does not stop it for ever.
    const second = store.getState().range;
    runFor(2_500);
    expect(store.getState().range).not.toBe(second);
  });

  it('N9 stands still while nobody looks', () => {
    const { store } = aPlayer(600);
    runFor(1_000);
    const seenMs = store.getState().range.endMs ?? 0;
    const now = performance.now.bind(performance);
    const jump = vi.spyOn(performance, 'now').mockImplementation(() => now() + 60_000);
    runFor(200);
    jump.mockRestore();
    const endMs = store.getState().range.endMs ?? 0;
    expect(endMs - seenMs).toBeLessThan(5 * MINUTE_MS);
  });

  it('N9 has the playhead in the address, which changes once a second at most', () => {
    const replace = vi.spyOn(window.history, 'replaceState');
    const { store } = aPlayer(60);
    runFor(3_000);
    expect(replace.mock.calls.length).toBeLessThanOrEqual(4);
    expect(replace.mock.calls.length).toBeGreaterThanOrEqual(3);
    const to = Date.parse(new URLSearchParams(window.location.search).get('to') ?? '');
    expect((store.getState().range.endMs ?? 0) - to).toBeLessThan(MINUTE_MS);
    replace.mockRestore();
  });

  it.each([
    ['live', { kind: 'live', via: 'streaming' }, null],
    [
      'waiting',
      { kind: 'waiting', attempt: 1, sinceMs: 0, untilMs: 0, reason: 'unreachable' },
      'the edge',
    ],
  ] as const)('N14 ends at the present while %s', (_, connection, where) => {
    const nearMs = AS_OF_MS - 2 * MINUTE_MS;
    const range = { ...START, endMs: nearMs };
    const { store } = aPlayer(600, { connection });
    store.setState({ range, frame: aFrame({ range }) });
    store.setState({ playback: { speed: 600, fromMs: nearMs, sinceMs: readClock().steadyMs } });
    runFor(1_000);
    const page = store.getState();
    expect(page.playback).toBeNull();
    if (where === null) expect(page.range.endMs).toBeNull();
    else expect(page.range.endMs).toBeGreaterThanOrEqual(AS_OF_MS);
  });
});
