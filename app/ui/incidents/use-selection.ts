import { useMemo, useRef, useState } from 'react';
import type { ShownIncident } from './shown-incidents.ts';

/** Incidents that the user has chosen to deal with at once. */
export interface Selection {
  /** Of incidents that are listed. */
  readonly ids: ReadonlySet<string>;
  /** All that are listed. */
  readonly isAll: boolean;
  /** @param isRange with all between it and the one that was chosen before */
  toggle(id: string, isRange: boolean): void;
  selectAll(isWanted: boolean): void;
}

const NONE: ReadonlySet<string> = new Set();

/** @param rows that are listed: what is not cannot be chosen, and is no longer */
export function useSelection(rows: readonly ShownIncident[]): Selection {
  const [chosen, setChosen] = useState(NONE);
  const lastId = useRef<string | null>(null);
  return useMemo(() => {
    const listed = rows.map(({ anomaly }) => anomaly.id);
    const ids = chosen.size === 0 ? NONE : new Set(listed.filter((id) => chosen.has(id)));
    return {
      ids,
      isAll: ids.size > 0 && ids.size === listed.length,
      toggle: (id, isRange) => {
        const next = new Set(ids);
        const isWanted = !next.has(id);
        const between = isRange ? stretch(listed, lastId.current, id) : [id];
        for (const one of between) {
          if (isWanted) next.add(one);
          else next.delete(one);
        }
        lastId.current = id;
        setChosen(next);
      },
      selectAll: (isWanted) => setChosen(isWanted ? new Set(listed) : NONE),
    };
  }, [rows, chosen]);
}

/** From one to the other, whichever comes first. */
function stretch(listed: readonly string[], from: string | null, to: string): readonly string[] {
  const [a, b] = [listed.indexOf(from ?? to), listed.indexOf(to)];
  return a < 0 ? [to] : listed.slice(Math.min(a, b), Math.max(a, b) + 1);
}
