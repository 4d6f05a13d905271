import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_LIVE_SETTINGS } from '#core/live/settings.ts';
import type { StorageAnswer, StorageReport, StorageRequest } from '#app/protocol/messages.ts';
import { renderPage } from '#app/testing/page.tsx';
import type { PageState } from '../store.ts';
import { SettingsPage } from './settings.tsx';

const AT_MS = Date.UTC(2026, 10, 21, 9);
const HOUR_MS = 3_600_000;
const REPORT: StorageReport = {
  tiers: [
    {
      resolution: '5s',
      bytes: 1_020_000,
      segments: 32,
      fromMs: AT_MS - HOUR_MS,
      toMs: AT_MS,
      coveredMs: HOUR_MS / 2,
    },
    { resolution: '1m', bytes: 0, segments: 0, fromMs: null, toMs: null, coveredMs: 0 },
    {
      resolution: '1h',
      bytes: 2_000_000,
      segments: 5,
      fromMs: AT_MS - 720 * HOUR_MS,
      toMs: AT_MS,
      coveredMs: 720 * HOUR_MS,
    },
  ],
  mostBytes: 200_000_000,
  quotaBytes: 10_000_000_000,
};

type Answers = { [T in StorageRequest['type']]: Extract<StorageAnswer, { type: T }>['result'] };

const ANSWERS: Answers = {
  'report-storage': { ok: true, value: REPORT },
  'clear-cache': { ok: true, value: null },
  'export-evidence': { ok: true, value: new Blob(['x']) },
  'export-csv': { ok: true, value: new Blob(['x']) },
  'import-evidence': { ok: true, value: { fileName: 'a.burnrate', exportedAtMs: AT_MS } },
};

function renderSettings(parts: Partial<PageState> = {}, answers: Partial<Answers> = {}) {
  const asked: StorageRequest[] = [];
  const onConfigure = vi.fn();
  const onCatchUp = vi.fn();
  const onStorage = async (request: StorageRequest) => {
    asked.push(request);
    const result = { ...ANSWERS, ...answers }[request.type];
    return { type: request.type, result } as StorageAnswer; // of the request's type
  };
  renderPage(
    <SettingsPage
      onConfigure={onConfigure}
      onCatchUp={onCatchUp}
      onStorage={onStorage}
      onBackTest={() => undefined}
    />,
    parts,
  );
  return { asked, onConfigure, onCatchUp };
}

const part = (name: string) => within(screen.getByRole('region', { name }));

beforeEach(() => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
});
afterEach(() => vi.unstubAllGlobals());

describe('the settings page', () => {
  it('U61 tells what is cached, by resolution', async () => {
    renderSettings();
    const rows = await screen.findAllByRole('row');
    const cells = rows.map((row) => [...row.children].map((cell) => cell.textContent));
    expect(cells[0]).toEqual(['Resolution', 'From', 'To', 'Complete', 'Size', 'Segments']);
    expect(cells[1]?.slice(3)).toEqual(['50.0%', '1.02 MB', '32']);
    expect(cells[2]).toEqual(['1 minute', '–', '–', '–', '0 B', '0']);
    expect(part('On this device').getByText('3.02 MB')).toBeDefined();
    expect(part('On this device').getByText(/oldest data of 22 Oct/)).toBeDefined();
  });

  it('U61 says so when the storage fails', async () => {
    renderSettings({}, { 'report-storage': { ok: false, reason: 'The storage failed.' } });
    expect((await screen.findByRole('alert')).textContent).toBe('The storage failed.');
  });

  it('U62 asks the browser to keep the data when the user does, and tells what it said', async () => {
    const persist = vi.fn(async () => false);
    vi.stubGlobal('navigator', {
      ...navigator,
      storage: { persisted: async () => false, persist },
    });
    renderSettings();
    expect(persist).not.toHaveBeenCalled();
    await userEvent.click(await screen.findByRole('button', { name: /Ask the browser/ }));
    expect(persist).toHaveBeenCalledOnce();
    expect(await screen.findByText(/did not agree/)).toBeDefined();
  });

  it('U63 lets the user keep more or less', async () => {
    const { onConfigure } = renderSettings();
    await userEvent.click(screen.getByRole('radio', { name: /Keep less/ }));
    expect(onConfigure).toHaveBeenCalledWith({ ...DEFAULT_LIVE_SETTINGS, cacheBytes: 50_000_000 });
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /as usual/ }).checked).toBe(true);
  });

  it('U64 tells how far history is, stops it and lets it go on', async () => {
    const catchUp = { isCancelled: false, share: 0.639, gotBytes: 2e6, expectedBytes: 3.13e6 };
    const { onCatchUp } = renderSettings({ catchUp });
    expect(part('History').getByText('Catching up 63%, 2 MB of 3.13 MB')).toBeDefined();
    await userEvent.click(part('History').getByRole('button', { name: 'Cancel' }));
    expect(onCatchUp).toHaveBeenLastCalledWith(false);
  });

  it('U64 lets what was stopped go on', async () => {
    const catchUp = { isCancelled: true, share: 0.5, gotBytes: 0, expectedBytes: null };
    const { onCatchUp } = renderSettings({ catchUp });
    await userEvent.click(part('History').getByRole('button', { name: 'Go on' }));
    expect(onCatchUp).toHaveBeenLastCalledWith(true);
  });

  it('U65 saves the cache as a file', async () => {
    vi.stubGlobal(
      'URL',
      Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: vi.fn() }),
    );
    const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    renderSettings();
    await userEvent.click(screen.getByRole('button', { name: 'Export' }));
    expect(await part('Evidence files').findByText('Exported.')).toBeDefined();
    const [link] = saved.mock.contexts as HTMLAnchorElement[]; // what was clicked is a link
    expect(link?.download).toMatch(/^burnrate-\d{4}-\d\d-\d\d-\d{4}\.burnrate$/);
  });

  it('U65 imports a file and leads to it, or says what is wrong with it', async () => {
    const { asked } = renderSettings();
    const choose = (name: string) =>
      fireEvent.change(screen.getByLabelText('Import a file'), {
        target: { files: [new File(['x'], name)] },
      });
    choose('a.burnrate');
    const link = await screen.findByRole('link', { name: 'Look at it' });
    expect(link.getAttribute('href')).toBe('/evidence');
    expect(asked.at(-1)).toMatchObject({ type: 'import-evidence', name: 'a.burnrate' });
  });

  it('U65 tells what is wrong with a file', async () => {
    renderSettings({}, { 'import-evidence': { ok: false, reason: 'The file is not complete.' } });
    fireEvent.change(screen.getByLabelText('Import a file'), {
      target: { files: [new File(['x'], 'b.burnrate')] },
    });
    expect((await screen.findByRole('alert')).textContent).toContain('not complete');
    expect(screen.queryByRole('link', { name: 'Look at it' })).toBeNull();
  });

  it('U66 clears the cache only after asking once more', async () => {
    const { asked } = renderSettings({}, { 'clear-cache': { ok: false, reason: 'It failed.' } });
    const types = () => asked.map((one) => one.type);
    await userEvent.click(screen.getByRole('button', { name: 'Clear the cache…' }));
    await userEvent.click(screen.getByRole('button', { name: 'Keep them' }));
    expect(types()).not.toContain('clear-cache');
    await userEvent.click(screen.getByRole('button', { name: 'Clear the cache…' }));
    await userEvent.click(screen.getByRole('button', { name: 'Delete all metrics' }));
    await waitFor(() => expect(types()).toContain('clear-cache'));
    expect((await screen.findByRole('alert')).textContent).toBe('It failed.');
  });
});
