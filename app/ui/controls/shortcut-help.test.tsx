import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '#core/view/filter.ts';
import { AS_OF_MS } from '#app/testing/frames.ts';
import { renderPage } from '#app/testing/page.tsx';
import { ShortcutHelp } from './shortcut-help.tsx';

async function renderHelp() {
  const done: string[] = [];
  const page = renderPage(
    <>
      <ShortcutHelp
        onPause={() => done.push('pause')}
        onRetry={() => done.push('retry')}
        onNextTheme={() => done.push('theme')}
      />
      <input aria-label="Search customers" data-shortcut="search" />
    </>,
  );
  return { ...page, done };
}

describe('the keyboard shortcuts', () => {
  it('U77 are listed under ?, from the table that they run from', async () => {
    await renderHelp();
    await userEvent.setup().keyboard('?');
    const help = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    const keys = [...help.querySelectorAll('kbd')].map((key) => key.textContent);
    expect(keys).toEqual(['?', 'p', '/', 'f', 'c', 'r', 'l', 'k', ',', '.', '<', '>', 't']);
  });

  it('U77 are closed by Escape, and the focus is where it was', async () => {
    await renderHelp();
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: 'Keyboard shortcuts' }));
    await screen.findByRole('dialog');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const button = screen.getByRole('button', { name: 'Keyboard shortcuts' });
    await waitFor(() => expect(document.activeElement).toBe(button));
  });

  it('N3 go back and forth in the past, and back to live', async () => {
    const { store } = await renderHelp();
    const endMs = AS_OF_MS - 3_600_000;
    act(() => store.setState({ range: { spanMs: 300_000, endMs } }));
    const user = userEvent.setup();
    await user.keyboard(',,.');
    expect(store.getState().range.endMs).toBe(endMs - 150_000);
    await user.keyboard('l');
    expect(store.getState().range.endMs).toBeNull();
    await user.keyboard(',');
    expect(store.getState().range.endMs).toBeNull();
  });

  it('U77 do what they say', async () => {
    const { store, done } = await renderHelp();
    act(() => store.setState({ filter: { ...NO_FILTER, models: ['gpt-4o'] } }));
    await userEvent.setup().keyboard('prtc/');
    expect(done).toEqual(['pause', 'retry', 'theme']);
    expect(store.getState().filter).toEqual(NO_FILTER);
    expect(document.activeElement).toBe(screen.getByRole('textbox'));
  });

  it('U78 leave fields and the keys of the browser alone', async () => {
    const { done } = await renderHelp();
    const user = userEvent.setup();
    await user.type(screen.getByRole('textbox'), 'pr?');
    await user.tab({ shift: true });
    await user.keyboard('{Control>}p{/Control}{Alt>}r{/Alt}');
    expect(done).toEqual([]);
    expect((screen.getByRole('textbox') as HTMLInputElement).value).toBe('pr?');
  });
});
