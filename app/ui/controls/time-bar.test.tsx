import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { aFrame, AS_OF_MS } from '#app/testing/frames.ts';
import { renderPage } from '#app/testing/page.tsx';
import { REAL_TIME } from '#core/view/window.ts';
import type { StorageAnswer, StorageRequest } from '#app/protocol/messages.ts';
import { TimeBar } from './time-bar.tsx';

const HOUR_MS = 3_600_000;

beforeEach(() => window.history.replaceState(null, '', '/'));

const asked: StorageRequest[] = [];

async function answer(request: StorageRequest): Promise<StorageAnswer> {
  asked.push(request);
  const result = { ok: false, reason: 'Nothing is cached yet.' } as const;
  return { type: 'export-csv', result };
}

describe('the time range', () => {
  it('N2 is real time, 5 min of it, unless chosen otherwise', () => {
    renderPage(<TimeBar onStorage={answer} />, { frame: aFrame() });
    const chosen = screen.getAllByRole<HTMLInputElement>('radio').filter((one) => one.checked);
    expect(chosen.map((one) => one.labels?.[0]?.textContent)).toEqual(['5 min']);
    expect(screen.queryByRole('status', { name: 'Mode' })).toBeNull();
  });

  it('N2 can be of any length, from minutes to a month, and is in the address', async () => {
    const { store } = renderPage(<TimeBar onStorage={answer} />, { frame: aFrame() });
    const user = userEvent.setup();
    const names = screen.getAllByRole('radio').map((one) => one.parentElement?.textContent);
    expect(names).toEqual(['5 min', '15 min', '1 h', '24 h', '7 d', '30 d']);
    await user.click(screen.getByRole('radio', { name: '24 h' }));
    expect(store.getState().range).toEqual({ spanMs: 24 * HOUR_MS, endMs: null });
    expect(window.location.search).toBe('?window=24h');
    await user.keyboard('{ArrowRight}');
    expect(window.location.search).toBe('?window=7d');
  });

  it('N3 stops where it is, goes back and forth, and back to live', async () => {
    const { store } = renderPage(<TimeBar onStorage={answer} />, { frame: aFrame() });
    const user = userEvent.setup();
    await user.click(screen.getByRole('radio', { name: '1 h' }));
    await user.click(screen.getByRole('button', { name: 'Stop here' }));
    expect(store.getState().range).toEqual({ spanMs: HOUR_MS, endMs: AS_OF_MS });
    const mode = screen.getByRole('status', { name: 'Mode' });
    expect(mode.textContent).toBe('Historical 13:03 to 14:03 · reading…');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Later' }).disabled).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Earlier' }));
    expect(mode.textContent).toMatch(/^Historical 12:33 to 13:33/);
    expect(new URLSearchParams(window.location.search).get('to')).toBe(
      new Date(AS_OF_MS - HOUR_MS / 2).toISOString(),
    );
    await user.click(screen.getByRole('button', { name: 'Later' }));
    expect(mode.textContent).toMatch(/^Historical 13:03 to 14:03/);
    await user.click(screen.getByRole('button', { name: 'Back to live' }));
    expect(store.getState().range).toEqual({ ...REAL_TIME, spanMs: HOUR_MS });
    expect(screen.queryByRole('status', { name: 'Mode' })).toBeNull();
  });

  it.each([
    [300_000, 'live', ''],
    [60_000, 'live', ' · not all of it on this device yet, it is being fetched'],
    [60_000, 'waiting', ' · not all of it on this device, it comes when the server is back'],
    [0, 'waiting', ' · not on this device, it comes when the server is back'],
  ] as const)(
    'N8 says what is not here of a stretch: %i ms known while %s',
    (coveredMs, kind, text) => {
      const range = { spanMs: 300_000, endMs: AS_OF_MS };
      const connection =
        kind === 'live'
          ? ({ kind, via: 'streaming' } as const)
          : ({ kind, attempt: 1, sinceMs: 0, untilMs: 0, reason: 'unreachable' } as const);
      renderPage(<TimeBar onStorage={answer} />, {
        range,
        connection,
        frame: aFrame({ range, coveredMs }),
      });
      const mode = screen.getByRole('status', { name: 'Mode' });
      expect(mode.textContent).toBe(`Historical 13:58 to 14:03${text}`);
    },
  );

  it('N3 cannot be stopped before there is anything', () => {
    renderPage(<TimeBar onStorage={answer} />);
    const stop = screen.getByRole<HTMLButtonElement>('button', { name: 'Stop here' });
    expect(stop.disabled).toBe(true);
  });

  it('N6 is asked for as a table, of the slice and the window that are shown, and says why there is none', async () => {
    renderPage(<TimeBar onStorage={answer} />, { frame: aFrame(), zone: 'Asia/Kathmandu' });
    await userEvent.setup().click(screen.getByRole('button', { name: 'CSV' }));
    const span = { fromMs: AS_OF_MS - 300_000, toMs: AS_OF_MS };
    const { filter } = aFrame();
    const zone = 'Asia/Kathmandu';
    expect(asked).toEqual([{ type: 'export-csv', filter, span, resolution: '5s', zone }]);
    expect((await screen.findByRole('alert')).textContent).toBe('Nothing is cached yet.');
  });
});
