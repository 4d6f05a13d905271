import { useState } from 'react';
import type { MouseHandlerDataParam } from 'recharts';
import { useTimeActions } from '../time-actions.ts';

interface Drag {
  /** Middle of the bucket where it began, and of the one where it is now, epoch ms. */
  readonly startMs: number;
  readonly nowMs: number;
}

/** A stretch of a chart that is marked with the mouse is shown alone. */
export function useZoomDrag(bucketMs: number) {
  const { zoom } = useTimeActions();
  const [drag, setDrag] = useState<Drag | null>(null);
  const selection = drag && spanOf(drag, bucketMs);
  return {
    /** What is marked now; null: nothing is. */
    selection,
    handlers: {
      onMouseDown: ({ activeLabel }: MouseHandlerDataParam) => {
        const atMs = Number(activeLabel ?? Number.NaN);
        if (Number.isFinite(atMs)) setDrag({ startMs: atMs, nowMs: atMs });
      },
      onMouseMove: ({ activeLabel }: MouseHandlerDataParam) => {
        const nowMs = Number(activeLabel ?? Number.NaN);
        if (drag && Number.isFinite(nowMs)) setDrag({ ...drag, nowMs });
      },
      onMouseUp: () => {
        // A click marks a single bucket, which is no stretch.
        if (selection && drag.startMs !== drag.nowMs) zoom(selection.fromMs, selection.toMs);
        setDrag(null);
      },
      onMouseLeave: () => setDrag(null),
    },
  };
}

/** All of the buckets that the mouse went over. */
function spanOf({ startMs, nowMs }: Drag, bucketMs: number) {
  return {
    fromMs: Math.min(startMs, nowMs) - bucketMs / 2,
    toMs: Math.max(startMs, nowMs) + bucketMs / 2,
  };
}
