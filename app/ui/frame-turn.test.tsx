import { act, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aCustomer, aFigure, aFrame, aTokenSeries } from '#app/testing/frames.ts';
import { allParts, renderPage, setElementSize } from '#app/testing/page.tsx';
import { CostByModel } from './panels/cost-by-model.tsx';
import { KeyFigures } from './panels/key-figures.tsx';
import { TokenUsage } from './panels/token-usage.tsx';
import { TopCustomers } from './panels/top-customers.tsx';

const PANELS = ['Key figures', 'Token usage', 'Cost by model', 'Top customers'];

/** A frame in which every panel has other numbers to show for each amount. */
function frameOf(amount: number) {
  return aFrame({
    number: amount,
    keyFigures: { ...aFrame().keyFigures, spendUsd: aFigure(amount) },
    tokenSeries: aTokenSeries([amount, amount]),
    costByModel: [{ model: 'gpt-4o', costUsd: amount, tokens: 1 }],
    customers: [aCustomer({ costUsd: amount })],
  });
}

async function renderPanels() {
  const page = renderPage(
    <>
      <KeyFigures />
      <TokenUsage />
      <CostByModel />
      <TopCustomers />
    </>,
    { frame: frameOf(1) },
  );
  await allParts();
  return page;
}

/** From here on animation frames pass only when the test says so. */
function holdAnimationFrames(): () => void {
  let waiting: FrameRequestCallback[] = [];
  vi.spyOn(window, 'requestAnimationFrame').mockImplementation((callback) =>
    waiting.push(callback),
  );
  return () => {
    const due = waiting;
    waiting = [];
    act(() => due.forEach((callback) => callback(0)));
  };
}

const textOf = (name: string) => screen.getByRole('region', { name }).textContent;

/** The panels that change while something is done. */
function changedBy(what: () => void): string[] {
  const before = PANELS.map(textOf);
  what();
  return PANELS.filter((name, i) => textOf(name) !== before[i]);
}

describe('a new frame', () => {
  beforeEach(() => setElementSize(800, 300));

  it('U86 is drawn by one chart per animation frame, the figures first', async () => {
    const { store } = await renderPanels();
    const nextAnimationFrame = holdAnimationFrames();
    const drawn = [changedBy(() => act(() => store.setState({ frame: frameOf(2) })))];
    for (let turn = 0; turn < 4; turn++) drawn.push(changedBy(nextAnimationFrame));
    expect(drawn).toEqual([
      ['Key figures'],
      ['Token usage'],
      ['Cost by model'],
      ['Top customers'],
      [],
    ]);
  });

  it('U86 does not wait for its turn for ever while others come', async () => {
    const { store } = await renderPanels();
    const nextAnimationFrame = holdAnimationFrames();
    for (let amount = 2; amount < 5; amount++) {
      act(() => store.setState({ frame: frameOf(amount) }));
      nextAnimationFrame();
    }
    expect(textOf('Token usage')).toContain('8 tokens');
    expect(textOf('Top customers')).toContain('$4.00');
  });

  it('U86 is not asked for when another part of the page changes', async () => {
    const { store } = await renderPanels();
    holdAnimationFrames();
    act(() => store.setState({ isSilent: true }));
    expect(window.requestAnimationFrame).not.toHaveBeenCalled();
  });
});
