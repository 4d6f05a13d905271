import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { aFrame } from '#app/testing/frames.ts';
import { renderPage } from '#app/testing/page.tsx';
import { followAddress } from '../filter-actions.ts';
import { FilterBar } from './filter-bar.tsx';

async function renderBar() {
  const page = renderPage(<FilterBar />, { frame: aFrame() });
  return page;
}

const picker = (name: string) =>
  screen.getByRole<HTMLInputElement>('combobox', { name: `Filter by ${name}` });

describe('the filter bar', () => {
  afterEach(() => window.history.replaceState(null, '', '/'));

  it('U72 says that everything is shown until something is chosen', async () => {
    await renderBar();
    expect(screen.getByRole('group', { name: 'Filter' }).textContent).toContain('Everything');
    expect(screen.queryByRole('list', { name: 'Active filters' })).toBeNull();
  });

  it('U72 finds a value by what is typed, and takes it into slice and address', async () => {
    const { store } = await renderBar();
    const user = userEvent.setup();
    await user.type(screen.getByRole('combobox', { name: 'Filter by customer' }), 'bol');
    expect(await screen.findAllByRole('option')).toHaveLength(1);
    await user.click(screen.getByRole('option', { name: /bolt/ }));
    expect(store.getState().filter.customers).toEqual(['bolt']);
    expect(window.location.search).toBe('?customer=bolt');
  });

  it('U72 says when nothing is called what was typed', async () => {
    await renderBar();
    const input = screen.getByRole('combobox', { name: 'Filter by model' });
    await userEvent.setup().type(input, 'zzz');
    expect(await screen.findByText('No model is called that')).toBeTruthy();
  });

  it('U82 takes the text along that was typed before the list was there', async () => {
    await renderBar();
    await userEvent.setup().type(picker('customer'), 'bo');
    await screen.findByRole('option', { name: /bolt/ });
    expect(picker('customer').value).toBe('bo');
    expect(document.activeElement).toBe(picker('customer'));
  });

  it('U82 takes the focus along without opening, and opens by the arrow key', async () => {
    await renderBar();
    const user = userEvent.setup();
    const field = picker('tenant');
    await user.tab();
    await waitFor(() => expect(picker('tenant')).not.toBe(field));
    expect(document.activeElement).toBe(picker('tenant'));
    expect(picker('tenant').getAttribute('aria-expanded')).toBe('false');
    await user.keyboard('{ArrowDown}');
    expect(await screen.findAllByRole('option')).toHaveLength(2);
  });

  it('U82 opens by the press that came before the list was there', async () => {
    await renderBar();
    await userEvent.setup().click(picker('model'));
    expect(await screen.findAllByRole('option')).toHaveLength(2);
    expect(document.activeElement).toBe(picker('model'));
  });

  it('U82 leaves a field alone that the user has left meanwhile', async () => {
    await renderBar();
    const user = userEvent.setup();
    await user.click(picker('model'));
    await user.click(document.body);
    await user.click(picker('tenant'));
    await screen.findAllByRole('option');
    expect(document.activeElement).toBe(picker('tenant'));
    expect(picker('model').getAttribute('aria-expanded')).toBe('false');
  });

  it('U73 shows what is chosen, and takes each away alone or all at once', async () => {
    const { store } = await renderBar();
    const filter = { tenants: ['north'], customers: [], models: ['gpt-4o', 'claude-sonnet-4'] };
    act(() => store.setState({ filter }));
    const chips = within(screen.getByRole('list', { name: 'Active filters' }));
    const user = userEvent.setup();
    await user.click(chips.getByRole('button', { name: 'Remove model gpt-4o' }));
    expect(store.getState().filter).toEqual({ ...filter, models: ['claude-sonnet-4'] });
    await user.click(chips.getByRole('button', { name: 'Clear all' }));
    expect(store.getState().filter).toEqual({ tenants: [], customers: [], models: [] });
    expect(window.location.search).toBe('');
  });

  it('U74 follows the address when the user goes back', async () => {
    const { store } = await renderBar();
    const following = followAddress(store);
    window.history.replaceState(null, '', '/?tenant=south');
    act(() => void window.dispatchEvent(new PopStateEvent('popstate')));
    expect(store.getState().filter.tenants).toEqual(['south']);
    following.close();
  });
});
