import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Frame, TokenSeries } from '#core/view/frame.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { AS_OF_MS, aFrame, aTokenSeries } from '#app/testing/frames.ts';
import { allParts, renderPage, setElementSize } from '#app/testing/page.tsx';
import { afterPaint } from '../after-paint.ts';
import { TokenUsage } from './token-usage.tsx';

const WIDTH = 800;

async function renderUsage(
  tokens: readonly (number | null)[],
  parts: Partial<TokenSeries> = {},
  others: Partial<Frame> = {},
) {
  const frame = aFrame({ tokenSeries: { ...aTokenSeries(tokens), ...parts }, ...others });
  const page = renderPage(<TokenUsage />, { frame });
  await allParts();
  return { ...page, section: screen.getByRole('region', { name: 'Token usage' }) };
}

const minuteOf = (tokens: number | null) => Array.from({ length: 12 }, () => tokens);
const chart = () => screen.getByRole('application', { name: /^Tokens over time/ });
/** Runs of the drawn line: each starts with a move. */
const runsOf = (section: HTMLElement) =>
  section.querySelector('.recharts-area-curve')?.getAttribute('d')?.match(/M/g)?.length;

describe('token usage', () => {
  beforeEach(() => setElementSize(WIDTH, 300));

  it('U13 says how many tokens there were in the window', async () => {
    const { section } = await renderUsage([...minuteOf(100_000), ...minuteOf(0)]);
    expect(section.textContent).toContain('1.20M tokens');
    expect(section.textContent).toContain('in the last 2 min');
  });

  it('U13 says how much of the window is known when it is not all of it', async () => {
    const { section } = await renderUsage([...minuteOf(null), ...minuteOf(5)]);
    expect(section.textContent).toContain('in the 60 s known of the last 2 min');
  });

  it('U13 draws a gap as a gap and a known zero as zero', async () => {
    expect(runsOf((await renderUsage([5, 5, null, null, 5, 5])).section)).toBe(2);
  });

  it('U13 draws a known zero as a part of the line', async () => {
    expect(runsOf((await renderUsage([5, 5, 0, 0, 5, 5])).section)).toBe(1);
  });

  it('U13 sums the chart up in a sentence for those who cannot see it', async () => {
    const { section } = await renderUsage([...minuteOf(1_200), ...minuteOf(null), ...minuteOf(0)]);
    expect(section.textContent).toContain(
      'Between 0 and 1,200 tokens in every 5 s of the last 3 min. 60 s of it are not known.',
    );
  });

  it('U13 tells time and value of each bucket to the keyboard', async () => {
    const { section } = await renderUsage([1_234, null, 5_678]);
    const tip = () => section.querySelector('.chart-tip')?.textContent;
    await userEvent.click(chart());
    await userEvent.keyboard('{Home}');
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    expect(tip()).toBe('1,234 tokens14:03:10 to 14:03:15');
    await userEvent.keyboard('{ArrowRight}');
    expect(tip()).toBe('Not known14:03:15 to 14:03:20');
    await userEvent.keyboard('{ArrowRight}');
    expect(tip()).toBe('5,678 tokens14:03:20 to 14:03:25');
  });

  it('V19 tells the busiest and the quietest of what a point is made of, to eye, keyboard and screen reader', async () => {
    const extremes = { finestMs: 1_000, least: [100, null, 500], most: [5_000, null, 7_500] };
    const { section } = await renderUsage([1_234, null, 5_678], { extremes });
    expect(section.textContent).toContain('The busiest 1 s had 1,500, the quietest 20.');
    expect(section.querySelectorAll('.chart-extremes .recharts-area-area')).toHaveLength(1);
    await userEvent.click(chart());
    await userEvent.keyboard('{Home}{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    const tip = () => section.querySelector('.chart-tip')?.textContent;
    expect(tip()).toContain('busiest 1 s 1K, quietest 20 tokens');
    await userEvent.keyboard('{ArrowRight}');
    expect(tip()).toBe('Not known14:03:15 to 14:03:20');
    await userEvent.click(screen.getByRole('radio', { name: 'By model' }));
    expect(section.querySelectorAll('.chart-extremes')).toHaveLength(0);
  });

  it('U89 draws the window before as a line of its own, until that is put away', async () => {
    const before = [1_000, 5, null];
    const { section, unmount } = await renderUsage([1_234, null, 5_678], { before });
    const ghost = () => section.querySelector('.chart-ghost .recharts-area-curve');
    const entry = () => screen.getByRole('button', { name: 'the 15 s before' });
    expect(entry().getAttribute('aria-pressed')).toBe('true');
    expect(ghost()?.getAttribute('d')).toMatch(/^M[^M]+$/);
    await userEvent.click(chart());
    await userEvent.keyboard('{Home}{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    expect(section.querySelector('.chart-tip')?.textContent).toContain(
      '23.4% more than 15 s earlier',
    );
    await userEvent.click(screen.getByRole('radio', { name: 'By model' }));
    expect(ghost()).not.toBeNull();
    await userEvent.click(entry());
    expect(entry().getAttribute('aria-pressed')).toBe('false');
    expect(ghost()).toBeNull();
    unmount();
    const again = await renderUsage([1_234, null, 5_678], { before });
    expect(again.section.querySelector('.chart-ghost')).toBeNull();
    expect(entry().getAttribute('aria-pressed')).toBe('false');
  });

  it('V47 draws what was expected as a band with its trend, tells of it, and puts it away', async () => {
    const expected = {
      trend: [900, 1_000, null],
      low: [500, 600, null],
      high: [1_400, 1_500, null],
    };
    const { section } = await renderUsage([1_234, null, 5_678], {}, { expected });
    const band = () => section.querySelector('.chart-expected .recharts-area-area');
    const trend = () => section.querySelector('.chart-trend .recharts-area-curve');
    expect(band()?.getAttribute('d')).toMatch(/^M[^M]+Z$/);
    expect(trend()?.getAttribute('d')).toMatch(/^M[^M]+$/);
    await userEvent.click(chart());
    await userEvent.keyboard('{Home}{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    expect(section.querySelector('.chart-tip')?.textContent).toContain('expected 900, 500 to 1.4K');
    await userEvent.click(screen.getByRole('radio', { name: 'By model' }));
    expect(trend()).not.toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'expected' }));
    expect(band()).toBeNull();
    expect(trend()).toBeNull();
  });

  it('V47 explains nothing where nothing was expected', async () => {
    await renderUsage([1_234, null, 5_678]);
    expect(screen.queryByRole('button', { name: 'expected' })).toBeNull();
  });

  it('V19 U89 keeps the line in front of what comes to be known later, and models behind it', async () => {
    const { section, store } = await renderUsage([10, 20, 30]);
    const extremes = { finestMs: 1_000, least: [1, 2, 3], most: [90, 90, 90] };
    const byModel = [{ model: 'a', tokens: [10, 20, 30] }];
    const tokenSeries = { ...aTokenSeries([10, 20, 30]), extremes, before: [9, 9, 9], byModel };
    act(() => store.setState({ frame: aFrame({ tokenSeries }) }));
    await act(afterPaint);
    await act(afterPaint);
    const order = () =>
      [...section.querySelectorAll('.recharts-area')].map((area) =>
        (area.getAttribute('class') ?? '').match(/chart-(\w+)/)?.at(1),
      );
    expect(order()).toEqual(['extremes', 'ghost', 'area']);
    await userEvent.click(screen.getByRole('radio', { name: 'By model' }));
    expect(order()).toEqual(['band', 'ghost']);
    await userEvent.click(screen.getByRole('radio', { name: 'Total' }));
    expect(order()).toEqual(['extremes', 'ghost', 'area']);
  });

  it('U89 draws nothing, and explains nothing, of a window before that is not known', async () => {
    const { section } = await renderUsage([1_234, 5], { before: [null, null] });
    expect(section.querySelector('.chart-ghost')).toBeNull();
    expect(screen.queryByRole('list', { name: 'Lines' })).toBeNull();
  });

  it('N47 shows a stretch alone that is marked with Shift and the arrow keys', async () => {
    const { section, store } = await renderUsage([1, 2, 3, 4, 5, 6]);
    const marks = () => section.querySelectorAll('.chart-selection').length;
    const chartPlace = chart();
    await userEvent.click(chartPlace);
    await userEvent.keyboard('{ArrowLeft>9/}{ArrowRight}');
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
    expect(marks()).toBe(1);
    expect(section.querySelector('.chart-tip')?.textContent).toContain('15 s marked');
    await userEvent.keyboard('{Escape}');
    expect(marks()).toBe(0);
    await userEvent.keyboard('{Enter}');
    expect(store.getState().range.endMs).toBeNull();
    // Back from the fourth bucket to the third, and not beyond the chart.
    await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}{Enter}');
    expect(store.getState().range).toEqual({ spanMs: 10_000, endMs: AS_OF_MS - 10_000 });
    expect(marks()).toBe(0);
  });

  it('N47 marks no further than the chart goes', async () => {
    const { store } = await renderUsage([1, 2, 3]);
    await userEvent.click(chart());
    await userEvent.keyboard('{Shift>}{ArrowRight>9/}{/Shift}{Enter}');
    expect(store.getState().range).toEqual({ spanMs: 15_000, endMs: AS_OF_MS });
  });

  it('U90 says why there is no picture of the chart', async () => {
    await renderUsage(minuteOf(null));
    await userEvent.click(screen.getByRole('button', { name: 'Save the chart as PNG' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toBe('There is no chart to save yet.');
  });

  it('U11 says that there is not enough data when nothing is known', async () => {
    const { section } = await renderUsage(minuteOf(null));
    expect(section.textContent).toContain('Not enough data yet');
    expect(section.textContent).toContain('0 s known of the last 60 s');
  });

  it('U16 is an empty place until the first figures come', () => {
    renderPage(<TokenUsage />);
    const section = screen.getByRole('region', { name: 'Token usage' });
    expect(section.getAttribute('aria-busy')).toBe('true');
    expect(section.textContent).toBe('Token usagePNGTotalBy model');
  });
});
