import { Dialog } from '@ark-ui/react/dialog';
import { Portal } from '@ark-ui/react/portal';
import { useEffect, useMemo, useState } from 'react';
import { useFilterActions } from '../filter-actions.ts';
import { focusField, listenForShortcuts, type Shortcut } from '../shortcuts.ts';
import { usePageStore } from '../use-page.ts';

interface ShortcutHelpProps {
  readonly onPause: () => void;
  readonly onRetry: () => void;
}

/** The keys of the page, listed under "?", and what listens for them. */
export function ShortcutHelp({ onPause, onRetry }: ShortcutHelpProps) {
  const [isOpen, setIsOpen] = useState(false);
  const store = usePageStore();
  const { clear } = useFilterActions();
  const shortcuts = useMemo(
    (): readonly Shortcut[] => [
      { key: '?', name: 'Show this help', run: () => setIsOpen(true) },
      { key: 'p', name: 'Pause or resume', run: onPause },
      { key: '/', name: 'Search customers', run: () => focusField('search') },
      { key: 'f', name: 'Filter', run: () => focusField('filter') },
      { key: 'c', name: 'Clear all filters', run: clear },
      { key: 'r', name: 'Try the server now', run: onRetry },
    ],
    // The actions are made anew with each drawing, and always do the same to the same store.
    // oxlint-disable-next-line react/exhaustive-deps -- see above
    [store],
  );
  useEffect(() => {
    const listener = listenForShortcuts(shortcuts);
    return () => listener.close();
  }, [shortcuts]);
  return (
    <Dialog.Root open={isOpen} onOpenChange={({ open }) => setIsOpen(open)} lazyMount unmountOnExit>
      <Dialog.Trigger className="help-button" aria-label="Keyboard shortcuts">
        ?
      </Dialog.Trigger>
      <Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Positioner className="dialog-place">
          <Dialog.Content className="dialog">
            <Dialog.Title>Keyboard shortcuts</Dialog.Title>
            <dl className="shortcuts">
              {shortcuts.map(({ key, name }) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{name}</dd>
                </div>
              ))}
            </dl>
            <Dialog.CloseTrigger>Close</Dialog.CloseTrigger>
          </Dialog.Content>
        </Dialog.Positioner>
      </Portal>
    </Dialog.Root>
  );
}
