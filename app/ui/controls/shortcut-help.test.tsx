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
    expect(keys).toEqual([
      '?',
      'p',
      '/',
      'f',
      'c',
      'r',
      'l',
      'k',
      ',',
      '.',
      '<',
      '>',
      '+',
      '-',
      't',
      'a',
      'd',
      's',
      'u',
      'x',
      'Escape',
    ]);
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

  it('N45 halve and double what is shown around its middle, not beyond the present', async () => {
    const { store } = await renderHelp();
    const HOUR_MS = 3_600_000;
    const endMs = Math.floor(AS_OF_MS / HOUR_MS) * HOUR_MS - 2 * HOUR_MS;
    act(() => store.setState({ range: { spanMs: HOUR_MS, endMs } }));
    const user = userEvent.setup();
    await user.keyboard('+');
    expect(store.getState().range).toEqual({ spanMs: HOUR_MS / 2, endMs: endMs - HOUR_MS / 4 });
    await user.keyboard('--');
    expect(store.getState().range).toEqual({ spanMs: 2 * HOUR_MS, endMs: endMs + HOUR_MS / 2 });
    await user.keyboard('------');
    expect(store.getState().range.endMs).toBe(AS_OF_MS + 4_000);
    await user.keyboard('+++++++++++++++++++');
    expect(store.getState().range.spanMs).toBe(60_000);
  });

  it('N45 go to the next shorter or longer window in real time', async () => {
    const { store } = await renderHelp();
    const user = userEvent.setup();
    const spans = [];
    for (const key of '+--+-----') {
      await user.keyboard(key);
      spans.push(store.getState().range.spanMs / 60_000);
    }
    expect(spans).toEqual([5, 15, 60, 15, 60, 1_440, 10_080, 43_200, 43_200]);
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
