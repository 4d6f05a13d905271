import { useEffect, useState } from 'react';
import type { AnomalySettings } from '#core/anomaly/settings.ts';
import type { BackTestNews } from '#app/protocol/messages.ts';
import type { AskBackTest } from '../../../back-test-questions.ts';
import type { PageState } from '../../../store.ts';
import { usePageStore } from '../../../use-page.ts';

/** Whoever is still typing does not want it yet, ms. */
const WAIT_MS = 300;
/** What was tried on other data than the newest by more is tried again, ms. */
const SAME_DATA_MS = 600_000;
/** What could not be tried may be later: more is cached, ms. */
const RETRY_MS = 30_000;

export type Tried = Extract<BackTestNews, { kind: 'done' }>;

export type BackTests = ReadonlyMap<string, BackTestNews>;

/** The same for the same settings. */
export function keyOf({ sensitivity, floorMicroUsdPerHour }: AnomalySettings): string {
  return `${sensitivity} ${floorMicroUsdPerHour}`;
}

/** What came of trying settings, by `keyOf`; what is wanted first is tried first, one after the other. */
export function useBackTests(
  ask: AskBackTest,
  wanted: readonly (AnomalySettings | null)[],
): BackTests {
  const [tests, setTests] = useState<BackTests>(new Map());
  const store = usePageStore();
  const next = wanted.find((one) => one !== null && isDue(tests, one));
  const due = next ? JSON.stringify(next) : null;
  useEffect(() => {
    if (due === null) return undefined;
    const settings = JSON.parse(due) as AnomalySettings; // as written above
    let isWanted = true;
    const hear = (news: BackTestNews) => {
      if (isWanted) setTests((before) => new Map(before).set(keyOf(settings), news));
    };
    const timer = setTimeout(() => ask(settings, hear), WAIT_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [ask, due]);
  useEffect(() => {
    const forget = () =>
      setTests((before) => new Map([...before].filter(([, news]) => isSettled(news))));
    const timer = setInterval(forget, RETRY_MS);
    // There is more to try it on once all has come.
    const unsubscribe = store.subscribe((page, before) => {
      if (isCatchingUp(page) !== isCatchingUp(before)) setTests(new Map());
    });
    return () => {
      clearInterval(timer);
      unsubscribe();
    };
  }, [store]);
  return tests;
}

function isDue(tests: BackTests, settings: AnomalySettings): boolean {
  const news = tests.get(keyOf(settings));
  if (!news || news.kind === 'running') return true;
  return news.kind === 'done' && news.tried.toMs < newestMs(tests) - SAME_DATA_MS;
}

/** What is being tried is not forgotten: it goes on. */
function isSettled({ kind }: BackTestNews): boolean {
  return kind === 'done' || kind === 'running';
}

function newestMs(tests: BackTests): number {
  const ends = [...tests.values()].map((news) => (news.kind === 'done' ? news.tried.toMs : 0));
  return Math.max(0, ...ends);
}

function isCatchingUp({ catchUp }: PageState): boolean {
  return catchUp !== null && !catchUp.isCancelled;
}
