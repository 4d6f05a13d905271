import { Dialog } from '@ark-ui/react/dialog';
import { Portal } from '@ark-ui/react/portal';
import { type FormEvent, useState } from 'react';
import { MAX_NOTE_LENGTH } from '#core/wire/decision-limits.ts';
import { cleanNote } from './own-name.ts';
import { OwnNameField } from './own-name-field.tsx';

interface NoteDialogProps {
  /** As it is now; empty: there is none. */
  readonly note: string;
  readonly onKeep: (note: string) => void;
  readonly onClose: () => void;
}

/** What the user has to say about an incident, to whoever looks at it next, and who they are. */
export function NoteDialog({ note, onKeep, onClose }: NoteDialogProps) {
  const [text, setText] = useState(note);
  const keep = (event: FormEvent) => {
    event.preventDefault();
    onKeep(cleanNote(text));
    onClose();
  };
  return (
    <Dialog.Root open onOpenChange={({ open }) => open || onClose()}>
      <Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Positioner className="dialog-place">
          <Dialog.Content className="dialog note-dialog">
            <Dialog.Title>Note on the incident</Dialog.Title>
            <form onSubmit={keep}>
              <label>
                For whoever looks at it next
                <textarea
                  rows={4}
                  maxLength={MAX_NOTE_LENGTH}
                  value={text}
                  onChange={({ target }) => setText(target.value)}
                />
              </label>
              <OwnNameField />
              <div className="note-dialog-acts">
                <button type="button" className="quiet" onClick={onClose}>
                  Cancel
                </button>
                <button type="submit">Keep the note</button>
              </div>
            </form>
          </Dialog.Content>
        </Dialog.Positioner>
      </Portal>
    </Dialog.Root>
  );
}
