import { describe, expect, it } from 'vitest';
import { AS_OF_MS } from '#app/testing/frames.ts';
import { known } from '#app/testing/known-incidents.ts';
import { renderPage } from '#app/testing/page.tsx';
import { ScrubIncidents } from './scrub-incidents.tsx';

const HOUR_MS = 3_600_000;

describe('incidents on the scrub bar', () => {
  it('N48 are ticks where they were found, one for those of one place, later ones too', () => {
    const found = (hoursAgo: number, severity: 'minor' | 'critical') =>
      known({ foundMs: AS_OF_MS - hoursAgo * HOUR_MS, severity });
    const incidents = [
      found(6, 'minor'),
      found(6, 'minor'),
      found(12, 'critical'),
      found(18, 'minor'),
      found(30, 'critical'),
    ];
    const endMs = AS_OF_MS - 12 * HOUR_MS;
    const { container } = renderPage(
      <ScrubIncidents fromMs={AS_OF_MS - 24 * HOUR_MS} toMs={AS_OF_MS} />,
      { incidents, range: { spanMs: HOUR_MS, endMs } },
    );
    const ticks = (severity: string) =>
      container.querySelector(`[data-severity='${severity}']`)?.getAttribute('d');
    expect(ticks('minor')).toBe('M750 0v1M250 0v1');
    expect(ticks('critical')).toBe('M500 0v1');
    expect(ticks('major')).toBe('');
  });
});
