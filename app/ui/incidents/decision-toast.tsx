import { useEffect, useState } from 'react';
import { usePage, usePageStore } from '../use-page.ts';
import { tryAgain, undoLast } from './decide-here.ts';

/** Long enough to read it and to think better of it; undoing goes on in the list. */
const SHOWN_MS = 10_000;

/** Tells what was decided last, for a while, and undoes it; what could not be kept stays until it is. */
export function DecisionToast() {
  const store = usePageStore();
  const decided = usePage((page) => page.decided);
  const [over, setOver] = useState<typeof decided>(null);
  const [isHeld, setIsHeld] = useState(false);
  const isFailed = (decided?.failed ?? null) !== null;
  useEffect(() => {
    if (isHeld || isFailed) return undefined;
    const timer = setTimeout(() => setOver(decided), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [decided, isHeld, isFailed]);
  if (!decided || decided === over) return null;
  const { words, failed, undo } = decided;
  return (
    <div
      className={failed ? 'toast toast-failure' : 'toast'}
      role={failed ? 'alert' : 'status'}
      aria-label="Decision"
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <p>{words}</p>
      {undo.length > 0 && (
        <button type="button" onClick={() => void undoLast(store)}>
          Undo
        </button>
      )}
      {failed && (
        <button type="button" onClick={() => void tryAgain(store, failed)}>
          Try again
        </button>
      )}
      {failed && (
        <button type="button" className="quiet" onClick={() => setOver(decided)}>
          Dismiss
        </button>
      )}
    </div>
  );
}
