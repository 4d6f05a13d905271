import { useEffect, useRef, useState } from 'react';
import type { Frame } from '#core/view/frame.ts';
import { usePageStore } from './use-page.ts';

/**
 * How many animation frames after the figures each chart is drawn: one at a time, because all in one would
 * hold up the screen. At 60 a second the last is 50 ms behind, which nobody sees.
 */
const TURNS = { 'Token usage': 1, 'Cost by model': 2, 'Top customers': 3 } as const;

/** The newest frame, when it is the turn of this chart. */
export function useFrameInTurn(chart: keyof typeof TURNS): Frame | null {
  const store = usePageStore();
  const [frame, setFrame] = useState(() => store.getState().frame);
  const first = useRef(frame);
  useEffect(() => {
    let request: number | null = null;
    const wait = (turns: number) => {
      request = requestAnimationFrame(() => {
        if (turns > 1) {
          wait(turns - 1);
          return;
        }
        request = null;
        setFrame(store.getState().frame);
      });
    };
    // A frame that comes while this one waits does not send it back to the end of the line.
    const follow = () => {
      if (request === null) wait(TURNS[chart]);
    };
    // What came between the first drawing and now.
    if (store.getState().frame !== first.current) follow();
    const unsubscribe = store.subscribe((page, before) => {
      if (page.frame !== before.frame) follow();
    });
    return () => {
      unsubscribe();
      if (request !== null) cancelAnimationFrame(request);
    };
  }, [store, chart]);
  return frame;
}
