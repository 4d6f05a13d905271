import { useEffect, useRef } from 'react';
import { keepTrying } from '../keep-trying.ts';
import type { LoadFailure } from '../lazy-after-paint.ts';
import { usePageStore } from '../use-page.ts';

interface MissingPartProps {
  readonly name: string;
  readonly failure: LoadFailure;
  /** Its code has arrived after all. */
  readonly onArrived: () => void;
}

/** Stands in for a part whose code did not arrive, and asks for it until it does: a wall has nobody to press anything. */
export function MissingPart({ name, failure, onArrived }: MissingPartProps) {
  const store = usePageStore();
  const tryNow = useRef<() => void>(null);
  useEffect(() => {
    const trying = keepTrying(store, async () => {
      await failure.again();
      onArrived();
    });
    tryNow.current = trying.tryNow;
    return trying.close;
  }, [store, failure, onArrived]);
  return (
    <div className="panel-failed" role="alert">
      <p>{name} failed: its code did not arrive. It is asked for again.</p>
      <button type="button" onClick={() => tryNow.current?.()}>
        Try again
      </button>
    </div>
  );
}
