import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_FILTER } from '#core/view/filter.ts';
import type { CustomerUsage } from '#core/view/frame.ts';
import { aCustomer, aFigure, aFrame } from '#app/testing/frames.ts';
import { allParts, renderPage, setElementSize } from '#app/testing/page.tsx';
import { CostByModel } from './cost-by-model.tsx';
import { KeyFigures } from './key-figures.tsx';
import { TopCustomers } from './top-customers.tsx';

async function render(panel: Parameters<typeof renderPage>[0], frame = aFrame()) {
  const page = renderPage(panel, { frame });
  await allParts();
  return page;
}

const renderCustomers = (customers: readonly CustomerUsage[]) =>
  render(<TopCustomers />, aFrame({ customers }));

afterEach(() => {
  window.history.replaceState(null, '', '/');
  window.localStorage.clear();
});

describe('the key figures', () => {
  it('U44 show each number of the window and its change against the one before', async () => {
    await render(<KeyFigures />);
    const text = screen.getByRole('region', { name: 'Key figures' }).textContent ?? '';
    for (const part of ['Spend$8,500', 'Tokens/s200', 'Calls/s12.0', '640 ms', 'customers87']) {
      expect(text).toContain(part);
    }
    expect(text.match(/\+11\.1%/g)).toHaveLength(5);
  });

  it('U44 say what is not known, and compare no sum of half a window', async () => {
    const keyFigures = { ...aFrame().keyFigures, meanLatencyMs: aFigure(null) };
    await render(<KeyFigures />, aFrame({ coveredMs: 150_000, keyFigures }));
    const text = screen.getByRole('region', { name: 'Key figures' }).textContent ?? '';
    expect(text).toContain('of the last 5 min');
    expect(text).toContain('Mean latency—');
    expect(text).toMatch(/Spend\$8,500—/);
  });
});

describe('cost by model', () => {
  it('U45 ranks models with cost and share, and filters by the one that is pressed', async () => {
    const { store } = await render(<CostByModel />);
    const panel = within(screen.getByRole('region', { name: 'Cost by model' }));
    const buttons = panel.getAllByRole('button');
    expect(buttons.map((one) => one.textContent)).toEqual([
      'gpt-4o$5,00058.8%',
      'claude-sonnet-4$3,50041.2%',
    ]);
    await userEvent.setup().click(buttons[1] ?? document.body);
    expect(store.getState().filter.models).toEqual(['claude-sonnet-4']);
    expect(buttons[1]?.getAttribute('aria-pressed')).toBe('true');
  });

  it('U45 is drawn as bars or as a donut, as was chosen last', async () => {
    const { unmount, container } = await render(<CostByModel />);
    await userEvent.setup().click(screen.getByText('Donut'));
    expect(container.querySelectorAll('.donut-part')).toHaveLength(2);
    unmount();
    const again = await render(<CostByModel />);
    expect(again.container.querySelectorAll('.donut-part')).toHaveLength(2);
  });

  it('U45 says so when nothing was used', async () => {
    await render(<CostByModel />, aFrame({ costByModel: [] }));
    expect(screen.getByText('No model was used')).toBeTruthy();
  });
});

describe('the top customers', () => {
  beforeEach(() => setElementSize(800, 400));

  const customers = [
    aCustomer({ customerId: 'acme', costUsd: 60, tokens: 10, meanLatencyMs: 900 }),
    aCustomer({ customerId: 'bolt', tenantId: 'south', costUsd: 30, tokens: 30 }),
    aCustomer({
      customerId: 'core',
      tenantId: 'south',
      costUsd: 10,
      tokens: 20,
      meanLatencyMs: null,
    }),
  ];
  const names = () =>
    screen
      .getAllByRole('row')
      .slice(1)
      .map((row) => within(row).getAllByRole('button')[0]?.textContent);

  it('U46 are sorted by spend, with share, tenant and rank', async () => {
    await renderCustomers(customers);
    expect(names()).toEqual(['acme', 'bolt', 'core']);
    expect(screen.getAllByRole('row')[2]?.textContent).toContain('2boltsouth$30.0030.0%');
    expect(screen.getAllByRole('row')[3]?.textContent).toContain('—');
    const spend = screen.getByRole('columnheader', { name: /Spend/ });
    expect(spend.getAttribute('aria-sort')).toBe('descending');
  });

  it('U46 can be sorted by any column, either way, and keep their rank', async () => {
    await renderCustomers(customers);
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: 'Tokens' }));
    expect(names()).toEqual(['bolt', 'core', 'acme']);
    await user.click(screen.getByRole('button', { name: 'Tokens' }));
    expect(names()).toEqual(['acme', 'core', 'bolt']);
    await user.click(screen.getByRole('button', { name: 'Customer' }));
    expect(names()).toEqual(['acme', 'bolt', 'core']);
    await user.click(screen.getByRole('button', { name: 'Rank' }));
    expect(names()).toEqual(['acme', 'bolt', 'core']);
  });

  it('V21 are not said to have used nothing when nothing is known', async () => {
    const { unmount } = await render(<TopCustomers />, aFrame({ customers: [], coveredMs: 0 }));
    const panel = () => screen.getByRole('region', { name: 'Top customers' });
    expect(panel().textContent).toContain('0 s known of the last 5 min');
    expect(panel().textContent).not.toContain('Nothing was used');
    unmount();
    await render(<TopCustomers />, aFrame({ customers: [] }));
    expect(panel().textContent).toContain('Nothing was used in the last 5 min');
  });

  it('U47 are found by customer or tenant, and nothing found is said', async () => {
    await renderCustomers(customers);
    const user = userEvent.setup();
    const search = screen.getByRole('searchbox', { name: 'Search customers' });
    await user.type(search, 'SOUTH');
    expect(names()).toEqual(['bolt', 'core']);
    await user.clear(search);
    await user.type(search, 'nobody');
    expect(screen.getByText('No customer matches “nobody”.')).toBeTruthy();
  });

  it('U48 filter by the customer or the tenant that is pressed', async () => {
    const { store } = await renderCustomers(customers);
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: 'core' }));
    await user.click(screen.getAllByRole('button', { name: 'south' })[0] ?? document.body);
    expect(store.getState().filter).toEqual({
      tenants: ['south'],
      customers: ['core'],
      models: [],
    });
  });

  it('U49 are drawn only as far as they are in sight, however many there are', async () => {
    const many = Array.from({ length: 1_000 }, (_, i) =>
      aCustomer({ customerId: `customer-${i}`, costUsd: 2_000 - i }),
    );
    await renderCustomers(many);
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('1001');
    expect(screen.getAllByRole('row').length).toBeLessThan(40);
  });

  const focused = () => document.activeElement?.querySelector('button')?.textContent;
  const active = () => screen.getAllByRole('row').filter((row) => row.tabIndex === 0);

  it('U87 are one stop of the keyboard, and its arrows walk over them', async () => {
    await renderCustomers(customers);
    const user = userEvent.setup();
    screen.getByRole('button', { name: 'Latency' }).focus();
    await user.tab();
    expect(focused()).toBe('acme');
    await user.keyboard('{ArrowDown}');
    expect(focused()).toBe('bolt');
    expect(active()).toEqual([document.activeElement]);
    await user.keyboard('{End}{ArrowDown}');
    expect(focused()).toBe('core');
    await user.keyboard('{Home}');
    expect(focused()).toBe('acme');
    await user.keyboard('{ArrowDown}');
    await user.tab({ shift: true });
    await user.tab();
    expect(focused()).toBe('bolt');
    await user.tab();
    await user.tab();
    expect(document.activeElement?.textContent).toBe('south');
    await user.tab();
    expect(screen.getByRole('grid').contains(document.activeElement)).toBe(false);
  });

  it('U87 are filtered by on Enter, each control of a row by its own', async () => {
    const { store } = await renderCustomers(customers);
    const user = userEvent.setup();
    screen.getByRole('button', { name: 'Latency' }).focus();
    await user.tab();
    await user.keyboard('{ArrowDown}{Enter}');
    expect(store.getState().filter).toEqual({ ...NO_FILTER, customers: ['bolt'] });
    await user.tab();
    await user.tab();
    await user.keyboard('{Enter}');
    expect(store.getState().filter).toEqual({
      ...NO_FILTER,
      customers: ['bolt'],
      tenants: ['south'],
    });
  });

  it('U87 keep the focus while they change their places', async () => {
    const { store } = await renderCustomers(customers);
    const user = userEvent.setup();
    screen.getByRole('button', { name: 'Latency' }).focus();
    await user.tab();
    await user.keyboard('{ArrowDown}');
    const bolt = aCustomer({ customerId: 'bolt', tenantId: 'south', costUsd: 90 });
    const show = (shown: CustomerUsage[]) =>
      act(() => store.setState({ frame: aFrame({ customers: shown }) }));
    show([bolt, ...customers.filter(({ customerId }) => customerId !== 'bolt')]);
    await waitFor(() => expect(names()).toEqual(['bolt', 'acme', 'core']));
    expect(focused()).toBe('bolt');
    await user.keyboard('{ArrowDown}');
    expect(focused()).toBe('acme');
    show([
      bolt,
      aCustomer({ customerId: 'core', tenantId: 'south', costUsd: 70 }),
      ...customers.slice(0, 1),
    ]);
    await waitFor(() => expect(names()).toEqual(['bolt', 'core', 'acme']));
    expect(focused()).toBe('acme');
  });

  it('U87 can be walked to the last of a thousand, which is drawn then', async () => {
    const many = Array.from({ length: 1_000 }, (_, i) =>
      aCustomer({ customerId: `customer-${i}`, costUsd: 2_000 - i }),
    );
    await renderCustomers(many);
    const user = userEvent.setup();
    screen.getByRole('button', { name: 'Latency' }).focus();
    await user.tab();
    await user.keyboard('{PageDown}');
    // 400 px hold nine rows of 44, and one of them stays in sight.
    expect(focused()).toBe('customer-8');
    await user.keyboard('{End}');
    expect(focused()).toBe('customer-999');
    expect(document.activeElement?.getAttribute('aria-rowindex')).toBe('1001');
    await user.keyboard('{ArrowUp}');
    expect(focused()).toBe('customer-998');
  });
});
