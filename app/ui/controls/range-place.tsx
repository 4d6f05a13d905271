import { type ComponentType, useState } from 'react';
import type { TypedRange } from '../typed-range.ts';
import type { RangeDialogProps } from './range-dialog.tsx';

/** Opens the choice of any stretch of the past; most visits never do, so its code is read on first use. */
export function RangePlace() {
  const [Dialog, setDialog] = useState<ComponentType<RangeDialogProps> | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  /** What was typed and not shown yet outlives the dialog. */
  const [draft, setDraft] = useState<TypedRange | null>(null);
  const prepare = async () => {
    if (Dialog) return true;
    try {
      const { RangeDialog } = await import('./range-dialog.tsx');
      setDialog(() => RangeDialog);
      return true;
    } catch {
      return false;
    }
  };
  const open = async () => {
    setOpen(true);
    // Not on this device yet, and no server: the next use tries again.
    const isThere = await prepare();
    setFailed(!isThere);
    if (!isThere) setOpen(false);
  };
  return (
    <>
      <button
        type="button"
        className="time-button"
        aria-haspopup="dialog"
        aria-expanded={isOpen && Dialog !== null}
        onPointerEnter={() => void prepare()}
        onFocus={() => void prepare()}
        onClick={() => void open()}
      >
        Custom…
      </button>
      {hasFailed && <p role="alert">This part is not on this device yet.</p>}
      {Dialog && isOpen && (
        <Dialog draft={draft} onDraft={setDraft} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
