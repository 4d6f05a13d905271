import { type ComponentType, useEffect, useState } from 'react';
import { useFilterActions } from '../filter-actions.ts';
import { focusField, listenForShortcuts, type Shortcut } from '../shortcuts.ts';
import { useTimeActions } from '../time-actions.ts';
import type { ShortcutDialogProps } from './shortcut-dialog.tsx';

interface ShortcutHelpProps {
  readonly onPause: () => void;
  readonly onRetry: () => void;
  readonly onNextTheme: () => void;
}

/** The keys of the page, listed under "?", and what listens for them. */
export function ShortcutHelp({ onPause, onRetry, onNextTheme }: ShortcutHelpProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [Dialog, prepareDialog] = useShortcutDialog();
  const { clear } = useFilterActions();
  const { backToLive, pan, step, playOrStop, scale } = useTimeActions();
  const open = () => {
    prepareDialog();
    setIsOpen(true);
  };
  const shortcuts: readonly Shortcut[] = [
    { key: '?', name: 'Show this help', run: open },
    { key: 'p', name: 'Pause or resume', run: onPause },
    { key: '/', name: 'Search customers', run: () => focusField('search') },
    { key: 'f', name: 'Filter', run: () => focusField('filter') },
    { key: 'c', name: 'Clear all filters', run: clear },
    { key: 'r', name: 'Try the server now', run: onRetry },
    { key: 'l', name: 'Back to live', run: backToLive },
    { key: 'k', name: 'Play the past, or stop', run: playOrStop },
    { key: ',', name: 'Earlier', run: () => pan(-1) },
    { key: '.', name: 'Later', run: () => pan(1) },
    { key: '<', name: 'Step back', run: () => step(-1) },
    { key: '>', name: 'Step on', run: () => step(1) },
    { key: '+', name: 'Half as much time', run: () => scale(0.5) },
    { key: '-', name: 'Twice as much time', run: () => scale(2) },
    { key: 't', name: 'Dark, light or system theme', run: onNextTheme },
  ];
  useEffect(() => {
    const listener = listenForShortcuts(shortcuts);
    return () => listener.close();
  });
  return (
    <>
      <button
        type="button"
        className="help-button"
        aria-label="Keyboard shortcuts"
        aria-haspopup="dialog"
        aria-expanded={isOpen && Dialog !== null}
        onPointerEnter={prepareDialog}
        onFocus={prepareDialog}
        onClick={open}
      >
        ?
      </button>
      {Dialog && <Dialog isOpen={isOpen} shortcuts={shortcuts} onClose={() => setIsOpen(false)} />}
    </>
  );
}

/** @returns the dialog, null until its code was read, and what reads it; most visits never do */
function useShortcutDialog() {
  const [Dialog, setDialog] = useState<ComponentType<ShortcutDialogProps> | null>(null);
  const prepare = async () => {
    try {
      const { ShortcutDialog } = await import('./shortcut-dialog.tsx');
      setDialog(() => ShortcutDialog);
    } catch {
      // Not on this device yet, and no server: the next use tries again.
    }
  };
  return [Dialog, () => void prepare()] as const;
}
