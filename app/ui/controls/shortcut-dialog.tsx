import { Dialog } from '@ark-ui/react/dialog';
import { Portal } from '@ark-ui/react/portal';
import { INCIDENT_KEYS } from '../incidents/incident-keys.ts';
import type { Shortcut } from '../shortcuts.ts';

export interface ShortcutDialogProps {
  readonly isOpen: boolean;
  readonly shortcuts: readonly Shortcut[];
  readonly onClose: () => void;
}

/** Every key of the page and what it does. */
export function ShortcutDialog({ isOpen, shortcuts, onClose }: ShortcutDialogProps) {
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={({ open }) => open || onClose()}
      lazyMount
      unmountOnExit
    >
      <Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Positioner className="dialog-place">
          <Dialog.Content className="dialog">
            <Dialog.Title>Keyboard shortcuts</Dialog.Title>
            <Keys keys={shortcuts} />
            <h3>In the list of anomalies</h3>
            <Keys keys={INCIDENT_KEYS} />
            <Dialog.CloseTrigger>Close</Dialog.CloseTrigger>
          </Dialog.Content>
        </Dialog.Positioner>
      </Portal>
    </Dialog.Root>
  );
}

function Keys({ keys }: { keys: readonly Pick<Shortcut, 'key' | 'name'>[] }) {
  return (
    <dl className="shortcuts">
      {keys.map(({ key, name }) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{name}</dd>
        </div>
      ))}
    </dl>
  );
}
