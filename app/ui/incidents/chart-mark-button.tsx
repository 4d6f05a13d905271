import { type Ref, Suspense, useId, useState } from 'react';
import { lazyAfterPaint } from '../lazy-after-paint.ts';
import { usePage, usePageStore } from '../use-page.ts';
import { type ChartMark, MARK_PX } from './chart-marks.ts';
import { pickIncident } from './pick-incident.ts';
import type { ShownIncident } from './shown-incidents.ts';

const MarkTip = lazyAfterPaint(async () => (await import('./mark-tip.tsx')).MarkTip);

interface ChartMarkButtonProps {
  readonly mark: ChartMark;
  /** It is in the tab order. */
  readonly isStop: boolean;
  readonly onFocus: () => void;
  readonly buttonRef: Ref<HTMLButtonElement>;
}

/** Tells of its incidents while it is pointed at or has the focus; pressed, it opens the worst of them. */
export function ChartMarkButton({ mark, isStop, onFocus, buttonRef }: ChartMarkButtonProps) {
  const store = usePageStore();
  const [isTold, setIsTold] = useState(false);
  const tipId = useId();
  const picked = usePage((page) => page.pickedIncident);
  const { incidents, at } = mark;
  const [worst] = incidents;
  if (!worst) return null;
  const isPicked = incidents.some((one) => one.anomaly.id === picked);
  return (
    <div
      className="chart-mark"
      // What began earlier stands at the edge, and not on the labels beside it.
      style={{ left: `max(${100 * at}%, ${MARK_PX / 2}px)` }}
      onPointerEnter={() => setIsTold(true)}
      onPointerLeave={() => setIsTold(false)}
    >
      <button
        type="button"
        ref={buttonRef}
        tabIndex={isStop ? 0 : -1}
        aria-label={nameOf(incidents)}
        aria-describedby={isTold ? tipId : undefined}
        aria-pressed={isPicked}
        data-severity={worst.anomaly.severity}
        data-state={worst.standing.state}
        onFocus={() => {
          onFocus();
          setIsTold(true);
        }}
        onBlur={() => setIsTold(false)}
        onKeyDown={({ key }) => key === 'Escape' && setIsTold(false)}
        onClick={() => pickIncident(store, worst.anomaly.id)}
      >
        <b>{incidents.length > 1 ? incidents.length : '!'}</b>
      </button>
      {isTold && (
        <Suspense fallback={null}>
          <MarkTip id={tipId} incidents={incidents} at={at} />
        </Suspense>
      )}
    </div>
  );
}

function nameOf(incidents: readonly ShownIncident[]): string {
  const [worst] = incidents;
  const what = worst?.anomaly.explanation?.sentence ?? 'not explained yet';
  return incidents.length === 1 ? `Incident: ${what}` : `${incidents.length} incidents: ${what}`;
}
