import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { useTheme } from '../theme/use-theme.ts';
import { ThemeSwitch } from './theme-switch.tsx';

function Switch() {
  const [theme, choose] = useTheme();
  return <ThemeSwitch theme={theme} onChoose={choose} />;
}

const radio = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name });
const pageTheme = () => document.documentElement.dataset['theme'];

describe('the theme switch', () => {
  afterEach(() => {
    delete document.documentElement.dataset['theme'];
  });

  it('U17 follows the system until the user chooses', () => {
    render(<Switch />);
    expect(screen.getByRole('radiogroup', { name: 'Theme' })).toBeTruthy();
    expect(radio('System').checked).toBe(true);
    expect(pageTheme()).toBeUndefined();
  });

  it('U17 applies a choice at once and remembers it', async () => {
    const { unmount } = render(<Switch />);
    await userEvent.click(radio('Light'));
    expect(pageTheme()).toBe('light');
    unmount();
    render(<Switch />);
    expect(radio('Light').checked).toBe(true);
  });

  it('U17 goes back to what the system has', async () => {
    render(<Switch />);
    await userEvent.click(radio('Dark'));
    await userEvent.click(radio('System'));
    expect(pageTheme()).toBeUndefined();
  });
});
