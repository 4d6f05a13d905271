import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chooseTheme, readTheme } from './theme-choice.ts';

/** What the page loads before anything is drawn, as the browser would run it. */
const runBeforeFirstPaint = new Function(readFileSync('app/public/theme.js', 'utf8'));
const pageTheme = () => document.documentElement.dataset['theme'];

describe('the choice of theme', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    delete document.documentElement.dataset['theme'];
  });

  it.each(['dark', 'light'] as const)('U17 is applied before the first paint: %s', (theme) => {
    chooseTheme(theme);
    delete document.documentElement.dataset['theme'];
    runBeforeFirstPaint();
    expect(pageTheme()).toBe(theme);
  });

  it('W33 colours the title bar of the app like the page, also before the first paint', () => {
    const page = readFileSync('app/index.html', 'utf8');
    const metas = page.match(/<meta\s+name="theme-color"[^>]*>/g) ?? [];
    document.head.innerHTML = metas.join('');
    const shown = () =>
      [...document.querySelectorAll<HTMLMetaElement>('meta')].map((meta) =>
        meta.getAttribute('media'),
      );
    const system = ['(prefers-color-scheme: dark)', '(prefers-color-scheme: light)'];
    expect(shown()).toEqual(system);
    chooseTheme('light');
    expect(shown()).toEqual(['not all', 'all']);
    document.head.innerHTML = metas.join('');
    runBeforeFirstPaint();
    expect(shown()).toEqual(['not all', 'all']);
    chooseTheme('dark');
    expect(shown()).toEqual(['all', 'not all']);
    chooseTheme('system');
    expect(shown()).toEqual(system);
  });

  it('U17 leaves the page to the system when that was chosen', () => {
    chooseTheme('system');
    runBeforeFirstPaint();
    expect(pageTheme()).toBeUndefined();
  });

  it('U17 takes an unknown choice for "system"', () => {
    chooseTheme('dark');
    for (const key of Object.keys(localStorage)) localStorage.setItem(key, 'sepia');
    delete document.documentElement.dataset['theme'];
    runBeforeFirstPaint();
    expect(pageTheme()).toBeUndefined();
    expect(readTheme()).toBe('system');
  });

  it('U2 holds for this page where storage is refused', () => {
    const refuse = () => {
      throw new DOMException('refused', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
    runBeforeFirstPaint();
    expect(readTheme()).toBe('system');
    chooseTheme('dark');
    expect(pageTheme()).toBe('dark');
  });
});
