/** What a key does, as the help lists it; the same table drives the handler. */
export interface Shortcut {
  readonly key: string;
  readonly name: string;
  readonly run: () => void;
}

/** Elements that take typing keep their keys to themselves. */
const TAKES_TYPING = 'input:not([type="radio"]), textarea, select, [contenteditable="true"]';

/** Runs a shortcut when its key is pressed alone, outside of fields. */
export function listenForShortcuts(shortcuts: readonly Shortcut[]): { close(): void } {
  const listening = new AbortController();
  const press = (event: KeyboardEvent) => {
    const isTyping = event.target instanceof Element && event.target.matches(TAKES_TYPING);
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const shortcut = shortcuts.find(({ key }) => key === event.key.toLowerCase());
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run();
  };
  window.addEventListener('keydown', press, { signal: listening.signal });
  return { close: () => listening.abort() };
}

/** Moves the focus to the field that is marked with `data-shortcut`. */
export function focusField(name: 'search' | 'filter'): void {
  document.querySelector<HTMLElement>(`[data-shortcut="${name}"]`)?.focus();
}
