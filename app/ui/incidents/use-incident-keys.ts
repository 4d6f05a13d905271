import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { rowAfterKey } from '../panels/row-keys.ts';
import type { PageStore } from '../store.ts';
import { usePage, usePageStore } from '../use-page.ts';
import { type Act, decideHere, undoLast } from './decide-here.ts';
import { actOfKey, type IncidentAct } from './incident-keys.ts';
import { closeIncident, pickIncident } from './pick-incident.ts';
import type { ShownIncident } from './shown-incidents.ts';
import type { Selection } from './use-selection.ts';

/** What can be done with a row; always the same object. */
export interface RowActs {
  /** Opens it, or closes it again. */
  toggleOpen(id: string): void;
  toggleSelected(id: string, isRange: boolean): void;
  /** Asks for how long; null: no longer. */
  askSnooze(id: string | null): void;
  decide(id: string, act: Act): void;
}

const PAGE_ROWS = 5;

/** The keys of the list, and which of its rows they are for. */
export function useIncidentKeys(
  rows: readonly ShownIncident[],
  selection: Selection,
  listRef: RefObject<HTMLElement | null>,
) {
  const store = usePageStore();
  const picked = usePage((page) => page.pickedIncident);
  const [activeId, setActiveId] = useState<string | null>(null);
  const [snoozing, setSnoozing] = useState<string | null>(null);
  const [followed, setFollowed] = useState<string | null>(null);
  // Whatever opened it, the keys go on from there.
  if (picked !== followed) {
    setFollowed(picked);
    setActiveId(picked ?? activeId);
  }
  const acts = useRowActs(store, selection, setSnoozing);
  const activeIndex = Math.max(
    0,
    rows.findIndex(({ anomaly }) => anomaly.id === activeId),
  );
  const goTo = (index: number) => {
    const row = rows[index];
    if (!row) return;
    // It has to be there before it can have the focus.
    flushSync(() => setActiveId(row.anomaly.id));
    const active = listRef.current?.querySelector<HTMLElement>('.incident-open[tabindex="0"]');
    active?.focus({ preventScroll: true });
    active?.closest('.incident')?.scrollIntoView({ block: 'nearest' });
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    // What is typed into a dialog of a row passes through here too.
    const isOfList = event.target instanceof Node && listRef.current?.contains(event.target);
    if (!isOfList || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = rowAfterKey(event.key, activeIndex, rows.length, PAGE_ROWS);
    const id = rows[activeIndex]?.anomaly.id;
    if (id === undefined) return;
    const act = target === null ? actOfKey(event.key) : null;
    if (target === null && act === null) return;
    event.preventDefault();
    if (target !== null) goTo(target);
    if (act) run(act, { id, isRange: event.shiftKey, acts, store, selection, snoozing });
    // What had the focus may be gone.
    if (act === 'leave') goTo(activeIndex);
    // The row that was dealt with goes to the end of the list: the next one takes its place.
    const isSettled = (act === 'acknowledge' || act === 'dismiss') && selection.ids.size === 0;
    if (isSettled) goTo(activeIndex + 1 < rows.length ? activeIndex + 1 : activeIndex);
  };
  const follow = ({ target }: FocusEvent<HTMLElement>) => {
    const row = target.closest<HTMLElement>('.incident');
    setActiveId(rows[Number(row?.dataset['index'])]?.anomaly.id ?? activeId);
  };
  return { activeIndex, snoozing, acts, press, follow };
}

function useRowActs(
  store: PageStore,
  selection: Selection,
  askSnooze: (id: string | null) => void,
): RowActs {
  const chosen = useRef(selection);
  useEffect(() => {
    chosen.current = selection;
  }, [selection]);
  return useMemo(
    () => ({
      toggleOpen: (id) => toggleOpen(store, id),
      toggleSelected: (id, isRange) => chosen.current.toggle(id, isRange),
      askSnooze,
      decide: (id, act) => {
        askSnooze(null);
        void decideHere(store, [id], act);
      },
    }),
    [store, askSnooze],
  );
}

function toggleOpen(store: PageStore, id: string): void {
  if (store.getState().pickedIncident === id) closeIncident(store);
  else pickIncident(store, id);
}

interface Pressed {
  /** Of the row that has the focus. */
  readonly id: string;
  readonly isRange: boolean;
  readonly acts: RowActs;
  readonly store: PageStore;
  readonly selection: Selection;
  /** Id of the one that is asked for how long; null: none is. */
  readonly snoozing: string | null;
}

/** Does it to all that are selected, or else to the row. */
function run(act: IncidentAct, pressed: Pressed): void {
  const { id, isRange, acts, store, selection } = pressed;
  const { ids } = selection;
  const decide = (state: 'acknowledged' | 'dismissed') => {
    acts.askSnooze(null);
    selection.selectAll(false);
    void decideHere(store, ids.size > 0 ? [...ids] : [id], { state });
  };
  switch (act) {
    case 'acknowledge':
      return decide('acknowledged');
    case 'dismiss':
      return decide('dismissed');
    case 'undo':
      return void undo(store, id);
    case 'select':
      return acts.toggleSelected(id, isRange);
    case 'snooze':
      return acts.askSnooze(id);
    case 'leave':
      return leave(pressed);
  }
}

/** Of the last decision if it was about this one; otherwise it is opened again. */
async function undo(store: PageStore, id: string): Promise<void> {
  const isUndone = await undoLast(store, id);
  if (!isUndone) await decideHere(store, [id], { state: 'open' });
}

/** Out of what was entered last: the question for how long, the selection, or what is open. */
function leave({ acts, store, selection, snoozing }: Pressed): void {
  if (snoozing !== null) return acts.askSnooze(null);
  if (selection.ids.size > 0) selection.selectAll(false);
  else closeIncident(store);
}
