import { type KeyboardEvent, useRef, useState } from 'react';
import type { Interval } from '#core/time/intervals.ts';
import { useElementSize } from '../element-size.ts';
import { serverNowMs } from '../selectors.ts';
import type { PageState } from '../store.ts';
import { usePage } from '../use-page.ts';
import { ChartMarkButton } from './chart-mark-button.tsx';
import { isOfSlice, isWithin, marksOf, shadesOf } from './chart-marks.ts';
import { pastMsOf, type ShownIncident, ShownIncidents } from './shown-incidents.ts';
import '../theme/chart-incidents.css';

const NONE: readonly ShownIncident[] = [];
const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: (at) => Math.max(0, at - 1),
  ArrowRight: (at, last) => Math.min(last, at + 1),
  Home: () => 0,
  End: (_at, last) => last,
};

/**
 * The incidents of the slice that is shown over the plot of the token chart: how long they lasted, and a mark each
 * that tells of it. One of the marks is in the tab order; the arrow keys go to the others.
 */
export function ChartIncidents({ span }: { span: Interval }) {
  const [ref, size] = useElementSize();
  const incidents = useIncidents(span);
  const marks = marksOf(incidents, span, size?.width ?? 0);
  const [stopId, setStopId] = useState<string | null>(null);
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const stop = marks.find((one) => one.id === stopId) ?? marks.at(-1);
  const step = (event: KeyboardEvent) => {
    const to = STEPS[event.key]?.(stop ? marks.indexOf(stop) : 0, marks.length - 1);
    const next = to === undefined ? undefined : marks[to];
    if (!next) return;
    event.preventDefault();
    buttons.current.get(next.id)?.focus();
  };
  return (
    <div className="chart-incidents" ref={ref}>
      {size &&
        shadesOf(incidents, span, size.width).map(({ severity, from, to }) => (
          <i
            key={`${severity}${from}`}
            className="chart-shade"
            data-severity={severity}
            style={{ left: `${100 * from}%`, width: `${100 * (to - from)}%` }}
          />
        ))}
      {size && marks.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/interactive-supports-focus -- its buttons have the focus
        <div role="toolbar" aria-label="Incidents on the chart" onKeyDown={step}>
          {marks.map((mark) => (
            <ChartMarkButton
              key={mark.id}
              mark={mark}
              isStop={mark === stop}
              onFocus={() => setStopId(mark.id)}
              buttonRef={(button) => {
                if (button) buttons.current.set(mark.id, button);
                else buttons.current.delete(mark.id);
              }}
            />
          ))}
        </div>
      )}
    </div>
  );
}

/** Those of the span, as they were known at the page's instant; what was dismissed is none, unless it is open in its panel. */
function useIncidents(span: Interval): readonly ShownIncident[] {
  const [memory] = useState(() => new ShownIncidents());
  const picked = usePage((page) => page.pickedIncident);
  const shown = usePage((page) => incidentsOf(page, span, memory));
  return shown.filter(
    ({ anomaly, standing }) => standing.state !== 'dismissed' || anomaly.id === picked,
  );
}

/** The same list until something changes about it. */
function incidentsOf(page: PageState, span: Interval, memory: ShownIncidents) {
  const { frame, incidents } = page;
  if (!frame || !incidents) return NONE;
  const near = incidents.filter(
    ({ anomaly }) => isWithin(anomaly, span) && isOfSlice(anomaly, frame),
  );
  return memory.at(near, pastMsOf(page), serverNowMs(page));
}
