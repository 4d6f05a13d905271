import { type Standing, standingOf } from '#core/outbox/standing.ts';
import { decide } from '#app/database/decisions.ts';
import type { Decision } from '#app/database/decisions.ts';
import { pageDatabase } from '../page-database.ts';
import { serverNowMs } from '../selectors.ts';
import type { PageStore } from '../store.ts';
import type { DecidedHere, Decisions } from './decided-here.ts';
import { STATE_WORDS } from './incident-words.ts';
import { ownName } from './own-name.ts';

/** What the user wants of an incident. */
export type Act =
  | { readonly state: 'acknowledged' | 'dismissed' | 'open' }
  | { readonly state: 'snoozed'; readonly untilMs: number }
  | { readonly note: string };

/**
 * Writes down what the user decided, and offers to undo it. What the storage does not take is told, with
 * an offer to try again.
 */
export async function decideHere(
  store: PageStore,
  ids: readonly string[],
  act: Act,
): Promise<void> {
  const changed = standingsOf(store, ids).filter(({ standing }) => isChange(standing, act));
  if (changed.length === 0) return;
  const who = ownName();
  const decisions = changed.map(({ incidentId, standing }) => ({
    incidentId,
    decision: decisionOf(standing, act, who),
  }));
  const undo = changed.map(({ incidentId, standing }) => ({
    incidentId,
    decision: restoring(standing, who),
  }));
  await keep(store, decisions, { words: wordsOf(act, changed.length), failed: null, undo });
}

/** Restores what was before the last decision. @returns whether that was about the incident, or about any */
export async function undoLast(store: PageStore, incidentId?: string): Promise<boolean> {
  const { decided } = store.getState();
  const isOfIt = decided?.undo.some(
    (one) => incidentId === undefined || one.incidentId === incidentId,
  );
  if (!decided || !isOfIt) return false;
  await keep(store, decided.undo, { words: 'Undone', failed: null, undo: [] });
  return true;
}

/** Writes down decisions as they are: those that failed, once more. */
export async function tryAgain(store: PageStore, decisions: Decisions): Promise<void> {
  await keep(store, decisions, { words: 'Kept now', failed: null, undo: [] });
}

async function keep(store: PageStore, decisions: Decisions, done: DecidedHere): Promise<void> {
  try {
    if (!pageDatabase) throw new Error('this browser refuses storage');
    await decide(pageDatabase, decisions, serverNowMs(store.getState()));
    store.setState({ decided: done });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const words = `“${done.words}” could not be kept on this device: ${why}`;
    store.setState({ decided: { words, failed: decisions, undo: [] } });
  }
}

interface Stood {
  readonly incidentId: string;
  readonly standing: Standing;
}

function standingsOf(store: PageStore, ids: readonly string[]): readonly Stood[] {
  const page = store.getState();
  const wanted = new Set(ids);
  return (page.incidents ?? [])
    .filter(({ anomaly }) => wanted.has(anomaly.id))
    .map(({ anomaly, ack, pending }) => ({
      incidentId: anomaly.id,
      standing: standingOf(ack, pending, serverNowMs(page)),
    }));
}

/** What is so already is left to whoever decided it. */
function isChange(standing: Standing, act: Act): boolean {
  if ('note' in act) return act.note !== standing.note;
  return act.state === 'snoozed' || act.state !== standing.state;
}

function decisionOf(standing: Standing, act: Act, who: string): Decision {
  if ('note' in act) return { ...restoring(standing, who), note: act.note };
  return { ...act, note: standing.note, who };
}

function restoring({ state, untilMs, note }: Standing, who: string): Decision {
  if (state !== 'snoozed') return { state, note, who };
  return { state, untilMs: untilMs ?? 0, note, who };
}

function wordsOf(act: Act, count: number): string {
  if ('note' in act) return 'Note kept';
  const what = act.state === 'open' ? 'Opened again' : STATE_WORDS[act.state];
  return count === 1 ? what : `${count} incidents ${what.toLowerCase()}`;
}
