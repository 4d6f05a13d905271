import type { ReactNode } from 'react';
import { type Theme, THEMES } from '../theme/theme-choice.ts';
import { ChoiceStrip } from './choice-strip.tsx';

const NAMES: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };

const ICONS: Record<Theme, ReactNode> = {
  system: <path d="M2.5 3h11v7.5h-11zM6 13h4" />,
  light: (
    <path d="M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6M8 1.2v1.6M8 13.2v1.6M1.2 8h1.6M13.2 8h1.6M3.2 3.2l1.1 1.1M11.7 11.7l1.1 1.1M3.2 12.8l1.1-1.1M11.7 4.3l1.1-1.1" />
  ),
  dark: <path d="M13.5 9.8A5.8 5.8 0 0 1 6.2 2.5a5.8 5.8 0 1 0 7.3 7.3z" />,
};

const LABELS = { system: label('system'), light: label('light'), dark: label('dark') };

interface ThemeSwitchProps {
  readonly theme: Theme;
  readonly onChoose: (theme: Theme) => void;
}

/** Dark, light, or as the system has it. */
export function ThemeSwitch({ theme, onChoose }: ThemeSwitchProps) {
  return (
    <ChoiceStrip
      className="themes"
      name="Theme"
      choices={THEMES}
      chosen={theme}
      onChoose={onChoose}
      labels={LABELS}
      titles={NAMES}
    />
  );
}

function label(name: Theme): ReactNode {
  return (
    <>
      <svg className="theme-icon" viewBox="0 0 16 16" aria-hidden="true">
        {ICONS[name]}
      </svg>
      <span className="for-screen-readers">{NAMES[name]}</span>
    </>
  );
}
