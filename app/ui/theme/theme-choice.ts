import { readText, writeText } from '../device-storage.ts';

export const THEMES = ['system', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

/** Key and values are those of public/theme.js, which applies the choice before the first paint. */
const KEY = 'burnrate.theme';

function isTheme(value: unknown): value is Theme {
  return THEMES.some((theme) => theme === value);
}

/** One after the other: dark, light, as the system has it. */
export function nextTheme(theme: Theme): Theme {
  return THEMES.at(THEMES.indexOf(theme) - 1) ?? 'system';
}

/** What was chosen on this device; what cannot be read counts as "system". */
export function readTheme(): Theme {
  const stored = readText(KEY);
  return isTheme(stored) ? stored : 'system';
}

/** Applies a choice to the page and keeps it for the next visit, if the device lets it. */
export function chooseTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
  colourBars(theme);
  writeText(KEY, theme);
}

/** The title bar of the installed app, and the browser's own bars on a phone, go with the page. */
function colourBars(theme: Theme): void {
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const { of } = meta.dataset;
    const chosen = theme === of ? 'all' : 'not all';
    meta.setAttribute('media', theme === 'system' ? `(prefers-color-scheme: ${of})` : chosen);
  }
}
