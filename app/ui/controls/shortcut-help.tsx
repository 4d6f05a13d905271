import { Dialog } from '@ark-ui/react/dialog';
import { Portal } from '@ark-ui/react/portal';
import { useEffect, useState } from 'react';
import { useFilterActions } from '../filter-actions.ts';
import { focusField, listenForShortcuts, type Shortcut } from '../shortcuts.ts';

interface ShortcutHelpProps {
  readonly onPause: () => void;
  readonly onRetry: () => void;
}

/** The keys of the page, listed under "?", and what listens for them. */
export function ShortcutHelp({ onPause, onRetry }: ShortcutHelpProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { clear } = useFilterActions();
  const shortcuts: readonly Shortcut[] = [
    { key: '?', name: 'Show this help', run: () => setIsOpen(true) },
    { key: 'p', name: 'Pause or resume', run: onPause },
    { key: '/', name: 'Search customers', run: () => focusField('search') },
    { key: 'f', name: 'Filter', run: () => focusField('filter') },
    { key: 'c', name: 'Clear all filters', run: clear },
    { key: 'r', name: 'Try the server now', run: onRetry },
  ];
  useEffect(() => {
    const listener = listenForShortcuts(shortcuts);
    return () => listener.close();
  });
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
