import { useState } from 'react';
import { chooseTheme, readTheme, type Theme } from './theme-choice.ts';

/** The theme of the page, and what changes it. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(readTheme);
  const choose = (chosen: Theme) => {
    setTheme(chosen);
    chooseTheme(chosen);
  };
  return [theme, choose];
}
