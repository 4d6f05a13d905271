import 'fake-indexeddb/auto';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessageUsage } from '#core/wire/usage.ts';
import { NOW, renderPage, setElementSize } from '#app/testing/page.tsx';
import { storeUsage } from '#app/database/usage.ts';
import { writeAddress } from '../address.ts';
import { pageDatabase } from '../page-database.ts';
import type { PageState } from '../store.ts';
import { chooseZone } from '../zone-choice.ts';
import { CreditsPage } from './credits.tsx';

const LIVE = { kind: 'live', via: 'streaming' } as const;

/** Four messages of three days: their order is neither that of names nor that of credits. */
const USAGE: readonly MessageUsage[] = [
  { message_id: 11, timestamp: '2026-11-02T23:30:00Z', report_name: 'Review', credits_used: 79 },
  { message_id: 12, timestamp: '2026-11-03T09:05:00Z', credits_used: 1.2 },
  { message_id: 13, timestamp: '2026-11-03T10:00:00Z', report_name: 'audit 10', credits_used: 30 },
  { message_id: 14, timestamp: '2026-11-05T10:00:00Z', report_name: 'Audit 9', credits_used: 30 },
];

interface Reply {
  readonly usage?: readonly unknown[];
  readonly status?: number;
  readonly headers?: Record<string, string>;
}

/** The server's answer, as it would be but for what is given. */
function answer({ usage = USAGE, status = 200, headers = {} }: Reply = {}) {
  const body = JSON.stringify({ usage });
  const ours = { 'Burnrate-Build': 'test', 'Server-Time': String(NOW.wallMs), ETag: `"${body}"` };
  const type = { 'Content-Type': 'application/json' };
  return new Response(body, { status, headers: { ...type, ...ours, ...headers } });
}

function renderCredits(search = '', parts: Partial<PageState> = {}) {
  setElementSize(900, 300);
  window.history.replaceState(null, '', `/credits${search}`);
  const known = { route: 'credits', zone: 'UTC', connection: LIVE } as const;
  return renderPage(<CreditsPage />, { ...known, ...parts });
}

const table = () => screen.findByRole('grid', { name: 'Messages' });
const header = (name: RegExp) => screen.getByRole('button', { name });

/** The ids of the rows, from the top. */
async function ids(): Promise<string[]> {
  const [, ...rows] = within(await table()).getAllByRole('row');
  return rows.map((row) => within(row).getAllByRole('gridcell')[0]?.textContent ?? '');
}

async function press(name: RegExp): Promise<string[]> {
  await userEvent.click(header(name));
  return ids();
}

beforeEach(async () => {
  await pageDatabase?.usage.clear();
  await pageDatabase?.meta.clear();
  vi.stubGlobal('fetch', async () => answer());
});

afterEach(() => {
  vi.unstubAllGlobals();
  window.history.replaceState(null, '', '/');
});

describe('the table of messages', () => {
  it('B28 has the columns of the contract, in the order of the server', async () => {
    renderCredits();
    const [head, ...rows] = within(await table()).getAllByRole('row');
    const textOf = (row: Element | undefined) =>
      [...(row?.children ?? [])].map((cell) => cell.textContent?.replace(/[↕]/, ''));
    expect(textOf(head)).toEqual(['Message ID', 'Timestamp', 'Report Name', 'Credits Used']);
    expect(rows.map(textOf)).toEqual([
      ['11', '02-11-2026 23:30', 'Review', '79.00'],
      ['12', '03-11-2026 09:05', '', '1.20'],
      ['13', '03-11-2026 10:00', 'audit 10', '30.00'],
      ['14', '05-11-2026 10:00', 'Audit 9', '30.00'],
    ]);
  });

  it('B28 tells times in the zone of the page', async () => {
    renderCredits('', { zone: 'Europe/Berlin' });
    expect(within(await table()).getByText('03-11-2026 00:30')).toBeDefined();
  });

  it('B28 draws only what is in sight of very many', async () => {
    const usage = Array.from({ length: 20_000 }, (_, id) => ({ ...USAGE[1], message_id: id }));
    vi.stubGlobal('fetch', async () => answer({ usage }));
    renderCredits();
    const grid = await table();
    expect(grid.getAttribute('aria-rowcount')).toBe('20001');
    expect(within(grid).getAllByRole('row').length).toBeLessThan(60);
  });

  it('B26 sorts a column up, then down, then not at all', async () => {
    renderCredits();
    expect(await ids()).toEqual(['11', '12', '13', '14']);
    expect(await press(/Report Name/)).toEqual(['14', '13', '11', '12']);
    expect(window.location.search).toBe('?sort=report&zone=UTC');
    expect(await press(/Report Name/)).toEqual(['11', '13', '14', '12']);
    expect(window.location.search).toBe('?sort=-report&zone=UTC');
    expect(await press(/Report Name/)).toEqual(['11', '12', '13', '14']);
    expect(window.location.search).toBe('?zone=UTC');
    expect(await press(/Credits Used/)).toEqual(['12', '13', '14', '11']);
    expect(await press(/Credits Used/)).toEqual(['11', '13', '14', '12']);
    expect(await press(/Credits Used/)).toEqual(['11', '12', '13', '14']);
  });

  it('B26 sorts by several columns in the order in which they were pressed, which is shown', async () => {
    renderCredits();
    await table();
    const places = () =>
      [/Report Name/, /Credits Used/].map((name) => header(name).querySelector('sup')?.textContent);
    await press(/Credits Used/);
    expect(places()).toEqual([undefined, undefined]);
    // 13 and 14 cost the same: their names decide, "Audit 9" before "audit 10".
    expect(await press(/Report Name/)).toEqual(['12', '14', '13', '11']);
    expect(places()).toEqual(['2', '1']);
    expect(header(/Report Name ?, ascending, 2 of 2/)).toBeDefined();
    expect(await press(/Report Name/)).toEqual(['12', '13', '14', '11']);
    expect(await press(/Credits Used/)).toEqual(['11', '13', '14', '12']);
    expect(window.location.search).toBe('?sort=-credits,-report&zone=UTC');
    // The first is taken away: the second is the first now.
    expect(await press(/Credits Used/)).toEqual(['11', '13', '14', '12']);
    expect(window.location.search).toBe('?sort=-report&zone=UTC');
    expect(places()).toEqual([undefined, undefined]);
  });

  it('B26 tells assistive technology of the column that decides', async () => {
    renderCredits('?sort=-credits,report');
    const grid = within(await table());
    const sorts = grid.getAllByRole('columnheader').map((cell) => cell.getAttribute('aria-sort'));
    expect(sorts).toEqual([null, null, 'none', 'descending']);
  });

  it('B24 is as its address says, and goes back with the browser', async () => {
    renderCredits('?sort=-credits,report&zone=UTC');
    expect(await ids()).toEqual(['11', '14', '13', '12']);
    await press(/Credits Used/);
    await act(async () => {
      window.history.replaceState(null, '', '/credits?sort=-credits&day=2026-11-03');
      window.dispatchEvent(new PopStateEvent('popstate'));
    });
    expect(await ids()).toEqual(['13', '12']);
  });

  it('B25 finds reports by a part of their name, and totals follow', async () => {
    renderCredits();
    await table();
    await userEvent.type(screen.getByRole('searchbox'), 'AUDIT');
    expect(await ids()).toEqual(['13', '14']);
    expect(window.location.search).toBe('?report=AUDIT&zone=UTC');
    const totals = screen.getByRole('region', { name: 'Totals' });
    expect(totals.textContent).toContain('60.00of 140.20');
    await userEvent.type(screen.getByRole('searchbox'), ' zebra');
    expect(screen.getByText(/No report has “AUDIT zebra” in its name/)).toBeDefined();
  });

  it('B24 keeps its sort when another zone is chosen, and when a past plays on elsewhere', async () => {
    const { store } = renderCredits('?sort=report&zone=UTC');
    await table();
    act(() => chooseZone(store, 'Asia/Tokyo'));
    expect(window.location.search).toBe('?sort=report&zone=Asia%2FTokyo');
    expect(within(await table()).getByText('03-11-2026 08:30')).toBeDefined();
    writeAddress({ ...store.getState(), range: { spanMs: 300_000, endMs: NOW.wallMs } }, 'replace');
    expect(window.location.search).toBe('?sort=report&zone=Asia%2FTokyo');
    act(() => chooseZone(store, null));
    expect(window.location.search).toBe('?sort=report');
  });

  it('B24 has all days again when the chosen one is taken away', async () => {
    renderCredits('?day=2026-11-03');
    expect(await ids()).toEqual(['12', '13']);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all days, not Tue 3 Nov alone' }),
    );
    expect(await ids()).toEqual(['11', '12', '13', '14']);
    expect(window.location.search).toBe('?zone=UTC');
  });

  it('B22 is saved as it is shown', async () => {
    const saved: Blob[] = [];
    const createObjectURL = (blob: Blob) => `blob:${saved.push(blob)}`;
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL, revokeObjectURL: vi.fn() }));
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    renderCredits('?sort=-report&report=audit');
    await table();
    await userEvent.click(screen.getByRole('button', { name: 'CSV' }));
    expect(await saved[0]?.text()).toBe(
      'message_id,timestamp_utc,report_name,credits_used\r\n' +
        '13,2026-11-03T10:00:00.000Z,audit 10,30.00\r\n' +
        '14,2026-11-05T10:00:00.000Z,Audit 9,30.00\r\n',
    );
  });

  it('B20 stands below a chart with a bar for each day that was used', async () => {
    const { container } = renderCredits();
    await table();
    const heights = [...container.querySelectorAll('.credits-bar')].map((bar) =>
      Number(bar.getAttribute('height')),
    );
    // 79.00, 31.20, nothing, 30.00: the day without usage has its place and no height.
    expect(heights.filter((height) => height > 0)).toHaveLength(3);
    const labels = [...container.querySelectorAll('.recharts-xAxis-tick-labels text')];
    expect(labels.map((label) => label.textContent)).toEqual(['2 Nov', '3 Nov', '4 Nov', '5 Nov']);
  });
});

describe('where the credits come from', () => {
  const NEWER = [...USAGE, { message_id: 15, timestamp: '2026-11-06T10:00:00Z', credits_used: 2 }];
  const EARLIER_MS = NOW.wallMs - 3 * 3_600_000;

  async function remember(usage = USAGE): Promise<void> {
    if (!pageDatabase) throw new Error('the test has storage');
    await storeUsage(pageDatabase, { tag: '"old"', heardAtMs: EARLIER_MS, usage });
  }

  it.each([
    ['is dead', () => Promise.reject(new TypeError('fetch failed')), 'cannot be reached'],
    ['cannot tell', async () => answer({ status: 503 }), 'cannot tell the credits now'],
    ['lacks a field', async () => answer({ usage: [{ message_id: 1 }] }), 'answer is malformed'],
    ['sends no JSON', async () => new Response('<p>', { headers: answer().headers }), 'malformed'],
    ['is another', async () => new Response('{"usage":[]}'), 'is not the Burnrate server'],
  ])('B27 is what is stored, with its age, when the server %s', async (_what, fetch, reason) => {
    await remember();
    vi.stubGlobal('fetch', fetch);
    const { container } = renderCredits('?sort=report');
    expect(await ids()).toEqual(['14', '13', '11', '12']);
    expect((await screen.findByRole('alert')).textContent).toContain(reason);
    expect(container.querySelector('time')?.textContent).toMatch(/^as of 11:0\d:\d\d, 3 h ago$/);
    expect(screen.getByRole('region', { name: 'Messages' }).dataset['freshness']).toBe('stale');
  });

  it('B27 is asked for again when the user does so, and when the server is back', async () => {
    await remember();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
    const { store } = renderCredits('', { connection: { kind: 'connecting' } });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect((await screen.findByRole('alert')).textContent).toContain('cannot be reached');
    vi.stubGlobal('fetch', async () => answer({ usage: NEWER }));
    act(() => store.setState({ connection: LIVE }));
    await waitFor(async () => expect(await ids()).toHaveLength(5));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('region', { name: 'Messages' }).dataset['freshness']).toBe('live');
  });

  it('B21 says what is new since the last time', async () => {
    await remember();
    vi.stubGlobal('fetch', async () => answer({ usage: NEWER }));
    renderCredits();
    const changes = await screen.findByText(/new message/);
    expect(changes.textContent).toMatch(/^1 new message since 11:0\d$/);
  });

  it('B27 is nothing on a first visit without a server, and that is said', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
    renderCredits();
    const notice = await screen.findByRole('alert');
    expect(notice.textContent).toContain('The server cannot be reached');
    vi.stubGlobal('fetch', async () => answer());
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await ids()).toHaveLength(4);
  });

  it('B27 may be a period without messages', async () => {
    vi.stubGlobal('fetch', async () => answer({ usage: [] }));
    renderCredits();
    expect(await screen.findByText('No messages yet')).toBeDefined();
  });

  it('B32 has the focus on its heading', async () => {
    renderCredits();
    await table();
    expect(document.activeElement?.textContent).toBe('Credits');
  });
});
