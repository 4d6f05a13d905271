import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ConnectionState } from '#core/live/connection.ts';
import type { Interval } from '#core/time/intervals.ts';
import { type Known, NOTHING_KNOWN } from '#core/time/known.ts';
import { AS_OF_MS, aFrame } from '#app/testing/frames.ts';
import { renderPage } from '#app/testing/page.tsx';
import { CoverageLegend, CoverageStrip } from './coverage-strip.tsx';

const MINUTE_MS = 60_000;
/** The ten minutes to 14:03:25, in minutes of it. */
const at = (fromMinute: number, toMinute: number): Interval => ({
  fromMs: AS_OF_MS + (fromMinute - 10) * MINUTE_MS,
  toMs: AS_OF_MS + (toMinute - 10) * MINUTE_MS,
});
const SPAN = at(0, 10);
const ALL = [SPAN];

function renderStrip(
  known: Partial<Known>,
  fives: readonly Interval[] = ALL,
  span = SPAN,
  connection: ConnectionState = { kind: 'connecting' },
) {
  const coverage = { '5s': fives, '1m': [], '1h': [] };
  const frame = aFrame({ known: { ...NOTHING_KNOWN, coverage, ...known } });
  const { container } = renderPage(
    <>
      <CoverageLegend span={span} resolution="5s" />
      <CoverageStrip span={span} resolution="5s" />
    </>,
    { frame, connection },
  );
  return {
    container,
    label: screen.queryByRole('img')?.getAttribute('aria-label'),
    legend: screen.queryAllByRole('listitem').map((item) => item.textContent),
    drawn: [...container.querySelectorAll('[role=img] .coverage-part')].map(
      (part) => `${part.getAttribute('data-state')}: ${part.querySelector('title')?.textContent}`,
    ),
  };
}

describe('the strip under a time axis', () => {
  it('N36 is one quiet run, without a legend, where all came as it happened', () => {
    const { label, legend, drawn } = renderStrip({ live: ALL });
    expect(label).toBe('Complete, as it happened');
    expect(legend).toEqual([]);
    expect(drawn).toEqual(['complete: Live 13:53:25 to 14:03:25']);
  });

  it('N36 names outages, holes and what was filled in later, for eye, mouse and screen reader', () => {
    const { label, legend, drawn } = renderStrip(
      { live: [at(2, 4), at(6, 10)], outages: [at(4, 6)] },
      [at(1, 5), at(6, 10)],
    );
    expect(label).toBe(
      'Complete but for 2 min: missing 13:53:25 to 13:54:25, server outage 13:57:25 to 13:58:25' +
        ', filled in since, server outage 13:58:25 to 13:59:25, 60 s filled in later',
    );
    expect(legend).toEqual(['Live', 'Filled in later', 'Missing', 'Server outage']);
    expect(drawn).toEqual([
      'complete: Live 13:55:25 to 13:57:25',
      'complete: Live 13:59:25 to 14:03:25',
      'back-filled: Filled in later 13:54:25 to 13:55:25',
      'missing: Missing 13:53:25 to 13:54:25',
      'outage: Server outage 13:57:25 to 13:58:25, filled in since',
      'outage: Server outage 13:58:25 to 13:59:25',
    ]);
  });

  it('N36 has for each state a look of its own besides its colour', () => {
    const { container } = renderStrip({
      live: [at(0, 2)],
      outages: [at(4, 6)],
      coverage: { '5s': [at(0, 4)], '1m': [at(6, 8)], '1h': [] },
    });
    const looks = [...container.querySelectorAll('[role=img] .coverage-part')].map((part) => [
      part.getAttribute('data-state'),
      part.getAttribute('fill')?.replace(/^url\(#.*?([a-z]+)\)$/, '$1') ?? null,
    ]);
    expect(looks).toEqual([
      ['complete', null],
      ['back-filled', null],
      ['partial', 'partial'],
      ['missing', 'missing'],
      ['outage', 'outage'],
    ]);
    for (const [, pattern] of looks.slice(2)) {
      expect(container.querySelector(`[role=img] pattern[id$="${pattern}"]`)).not.toBeNull();
    }
  });

  it('N36 tells no more than a listener can bear, and no seconds of a long span', () => {
    const day = { fromMs: AS_OF_MS - 1_440 * MINUTE_MS, toMs: AS_OF_MS };
    const outages = Array.from({ length: 9 }, (_, i) => at(100 * i - 800, 100 * i - 795));
    const { label, drawn } = renderStrip({ live: [], outages }, [day], day);
    expect(label).toMatch(/^Complete: server outage 00:33 to 00:38, filled in since, /);
    expect(label).toContain('and 5 more');
    expect(label).toContain('23 h 15 min filled in later');
    expect(label).not.toMatch(/\d\d:\d\d:\d\d/);
    expect(drawn).toHaveLength(19);
  });

  it.each([
    ['waiting', 'Missing 14:03:25 to 14:03:30'],
    ['live', undefined],
  ] as const)('N36 does not call missing what is still to come, while %s', (kind, tail) => {
    const connection: ConnectionState =
      kind === 'live'
        ? { kind, via: 'streaming' }
        : { kind, attempt: 1, untilMs: 0, sinceMs: 0, reason: 'unreachable' };
    const { drawn } = renderStrip({ live: ALL }, ALL, at(0, 30), connection);
    expect(drawn[0]).toBe('complete: Live 13:53:25 to 14:03:25');
    expect(drawn[1]).toBe(tail && `missing: ${tail}`);
  });

  it('N36 is not there where nothing is told, as by the snapshot of an older build', () => {
    const { container } = renderStrip(NOTHING_KNOWN);
    expect(container.innerHTML).toBe('');
  });

  it('N36 says it when none of a span is here', () => {
    const { label } = renderStrip({}, [at(20, 30)]);
    expect(label).toBe('None of 10 min is here: missing 13:53:25 to 14:03:25');
  });
});
