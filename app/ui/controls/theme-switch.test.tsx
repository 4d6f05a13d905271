import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { ThemeSwitch } from './theme-switch.tsx';

async function renderSwitch() {
  // The switch reads its own parts once more after the first drawing.
  return act(async () => render(<ThemeSwitch />));
}

const radio = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name });
const pageTheme = () => document.documentElement.dataset['theme'];

describe('the theme switch', () => {
  afterEach(() => {
    delete document.documentElement.dataset['theme'];
  });

  it('U17 follows the system until the user chooses', async () => {
    await renderSwitch();
    expect(screen.getByRole('radiogroup', { name: 'Theme' })).toBeTruthy();
    expect(radio('System').checked).toBe(true);
    expect(pageTheme()).toBeUndefined();
  });

  it('U17 applies a choice at once and remembers it', async () => {
    const { unmount } = await renderSwitch();
    await userEvent.click(radio('Light'));
    expect(pageTheme()).toBe('light');
    unmount();
    await renderSwitch();
    expect(radio('Light').checked).toBe(true);
  });

  it('U17 goes back to what the system has', async () => {
    await renderSwitch();
    await userEvent.click(radio('Dark'));
    await userEvent.click(radio('System'));
    expect(pageTheme()).toBeUndefined();
  });
});
