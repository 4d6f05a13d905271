import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnomalySettings } from '#core/anomaly/settings.ts';
import { BUILD_HEADER } from '#core/wire/routes.ts';
import type { BackTestNews } from '#app/protocol/messages.ts';
import { renderPage } from '#app/testing/page.tsx';
import { aTrial, aWouldBe, TRIED_TO_MS } from '#app/testing/would-be.ts';
import type { AskBackTest } from '../../back-test-questions.ts';
import type { PageState } from '../../store.ts';
import { AnomalySection } from './anomalies.tsx';

const LIVE: Partial<PageState> = {
  connection: { kind: 'live', via: 'streaming' },
  now: { wallMs: TRIED_TO_MS + 60_000, steadyMs: 0 },
  zone: 'UTC',
};
const CEDAR = aWouldBe('cedar', { root: { dimension: 'customer', id: 'cedar' }, kind: 'drop' });

/** The more sensitive, the more incidents. */
const RAISED = { low: [], medium: [aWouldBe('acme')], high: [aWouldBe('acme'), CEDAR] } as const;
const byLevel = ({ sensitivity }: AnomalySettings): BackTestNews => aTrial(RAISED[sensitivity]);

/** A server that keeps what it is sent, unless it is made to answer otherwise. */
class SettingsServer {
  body: unknown = { sensitivity: 'medium', floorUsdPerHour: 25 };
  answer: (() => Response) | null = null;
  readonly sent: unknown[] = [];

  readonly fetch = async (_path: string, { body }: RequestInit): Promise<Response> => {
    if (this.answer) return this.answer();
    if (typeof body === 'string') {
      this.body = JSON.parse(body);
      this.sent.push(this.body);
    }
    return Response.json(this.body, { headers: { [BUILD_HEADER]: 'x' } });
  };
}

let server: SettingsServer;

function renderSection(
  parts: Partial<PageState> = LIVE,
  trial: (settings: AnomalySettings) => BackTestNews = byLevel,
) {
  const tried: AnomalySettings[] = [];
  const onBackTest: AskBackTest = (settings, hear) => {
    tried.push(settings);
    hear(trial(settings));
  };
  return { tried, ...renderPage(<AnomalySection onBackTest={onBackTest} />, parts) };
}

const use = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Use these settings' });
const floor = () => screen.getByRole('textbox', { name: 'Floor, dollars an hour' });
const cells = () =>
  screen.getAllByRole('row').map((row) => [...row.children].map((one) => one.textContent.trim()));

beforeEach(() => {
  localStorage.clear();
  server = new SettingsServer();
  vi.stubGlobal('fetch', server.fetch);
});
afterEach(() => vi.unstubAllGlobals());

describe('the settings for anomalies', () => {
  it('U140 shows what counts for all, and puts what was chosen in its place', async () => {
    server.body = { sensitivity: 'high', floorUsdPerHour: 12.5 };
    renderSection();
    expect(await screen.findByText('They count now.')).toBeDefined();
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /^High/ }).checked).toBe(true);
    expect(floor()).toHaveProperty('value', '12.5');
    await userEvent.click(screen.getByRole('radio', { name: /^Low/ }));
    await userEvent.clear(floor());
    await userEvent.type(floor(), '$1,000');
    await userEvent.click(use());
    expect(await screen.findByText('They count now.')).toBeDefined();
    expect(server.sent).toEqual([{ sensitivity: 'low', floorUsdPerHour: 1_000 }]);
    expect(use().disabled).toBe(true);
  });

  it('U140 is used by keyboard alone', async () => {
    renderSection();
    await screen.findByText('They count now.');
    const user = userEvent.setup();
    await user.tab();
    await user.keyboard('{ArrowDown}');
    await user.tab();
    expect(document.activeElement).toBe(floor());
    await user.tab();
    await user.keyboard('{Enter}');
    await screen.findByText('They count now.');
    expect(server.sent).toEqual([{ sensitivity: 'high', floorUsdPerHour: 25 }]);
  });

  it('U141 says what is wrong with a floor, and neither tries nor sends it', async () => {
    const { tried } = renderSection();
    await screen.findByText('They count now.');
    await userEvent.clear(floor());
    expect(screen.getByRole('alert').textContent).toBe('Give an amount; 0 leaves nothing out.');
    await userEvent.type(floor(), 'lots');
    expect(floor().getAttribute('aria-invalid')).toBe('true');
    const described = floor().getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(described.map((id) => document.getElementById(id)?.textContent)).toContain(
      '“lots” is no amount: give dollars, such as 25.',
    );
    expect(use().disabled).toBe(true);
    expect(tried.every((one) => one.floorMicroUsdPerHour === 25e6)).toBe(true);
  });

  it('U142 tells what would have been raised, compared with what counts', async () => {
    renderSection();
    await screen.findByText(/the settings that count now the last 24 h would have raised 1 /);
    await userEvent.click(screen.getByRole('radio', { name: /^High/ }));
    const sentence = await screen.findByText(/would have raised 2 incidents, 1 more than now\./);
    expect(sentence.getAttribute('role')).toBe('status');
    expect(cells()).toEqual([
      ['Since', 'What', 'Who', 'For', 'Beyond the usual'],
      ['12:03', 'Drop new', 'cedar', '20 min', '+$310'],
      ['12:03', 'Spend spike', 'acme', '20 min', '+$310'],
    ]);
    await userEvent.click(screen.getByRole('radio', { name: /^Low/ }));
    await screen.findByText(/would have raised no incident, 1 fewer than now\./);
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('U142 lists the newest eight, and counts the others', async () => {
    const many = Array.from({ length: 11 }, (_, i) =>
      aWouldBe(`${i}`, { root: { dimension: 'tenant', id: `tenant-${i}` } }),
    );
    renderSection(LIVE, () => aTrial(many));
    expect(await screen.findByText('and 3 before')).toBeDefined();
    expect(cells()).toHaveLength(9);
    expect(cells()[1]?.[2]).toBe('tenant-10');
  });

  it.each<[string, BackTestNews, RegExp]>([
    ['too little is cached', { kind: 'too-little', cachedMs: 7_200_000 }, /^Too little .* 2 h at/],
    ['it failed', { kind: 'failed', reason: 'It broke.' }, /^It broke\.$/],
    ['it is being tried', { kind: 'running', share: 0.4 }, /^Trying it/],
  ])('U142 says that %s', async (_, news, words) => {
    renderSection(LIVE, () => news);
    expect(await screen.findByText(words)).toBeDefined();
    expect(within(screen.getByRole('group', { name: /Tried/ })).queryByRole('table')).toBeNull();
  });

  it('U143 keeps what was chosen while there is no server, and says why it does not count', async () => {
    const times = { attempt: 3, untilMs: 1, sinceMs: 0 };
    const waiting = { kind: 'waiting', reason: 'unreachable', ...times } as const;
    server.answer = () => {
      throw new TypeError('no network');
    };
    const first = renderSection({ ...LIVE, connection: waiting });
    await screen.findByText(/^The server cannot be reached\. What you choose is kept/);
    await userEvent.click(screen.getByRole('radio', { name: /^High/ }));
    await userEvent.clear(floor());
    await userEvent.type(floor(), '7');
    expect(use().disabled).toBe(true);
    expect(await screen.findByText(/the last 24 h would have raised 2 incidents/)).toBeDefined();
    first.unmount();
    const { store } = renderSection({ ...LIVE, connection: waiting });
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /^High/ }).checked).toBe(true);
    expect(floor()).toHaveProperty('value', '7');
    server.answer = null;
    act(() => store.setState(LIVE));
    await waitFor(() => expect(use().disabled).toBe(false));
    await userEvent.click(use());
    await screen.findByText('They count now.');
    expect(server.sent).toEqual([{ sensitivity: 'high', floorUsdPerHour: 7 }]);
  });

  it.each([
    [() => Response.json({}, { status: 200 }), /^What answered is not the Burnrate server\./],
    [
      () => Response.json({}, { status: 503, headers: { [BUILD_HEADER]: 'x' } }),
      /^The server’s ledger is not open yet\./,
    ],
    [
      () => Response.json({ sensitivity: 'huge' }, { headers: { [BUILD_HEADER]: 'x' } }),
      /^The server’s answer is malformed\./,
    ],
    [
      () => new Response('<html>', { headers: { [BUILD_HEADER]: 'x' } }),
      /^The server’s answer is malformed\./,
    ],
  ])('U143 takes nothing for an answer that is none: %#', async (answer, words) => {
    server.answer = answer;
    renderSection();
    expect(await screen.findByText(words)).toBeDefined();
    expect(use().disabled).toBe(true);
  });

  it('U143 tells of a refusal what the server said, and keeps what was chosen', async () => {
    renderSection();
    await screen.findByText('They count now.');
    await userEvent.click(screen.getByRole('radio', { name: /^High/ }));
    const problem = { type: 'about:blank', title: 'Bad Request', status: 400, detail: 'too much' };
    server.answer = () => Response.json(problem, { status: 400, headers: { [BUILD_HEADER]: 'x' } });
    await userEvent.click(use());
    expect(await screen.findByText(/^The server refused: too much\./)).toBeDefined();
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /^High/ }).checked).toBe(true);
  });

  it('U143 goes back to what counts when the user wants that', async () => {
    renderSection();
    await screen.findByText('They count now.');
    await userEvent.click(screen.getByRole('radio', { name: /^High/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Back to what counts' }));
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /^Medium/ }).checked).toBe(true);
  });
});
