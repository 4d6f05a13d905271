/** What a wall shows, one after the other. */
export const WALL_VIEWS = ['spend', 'tokens', 'models', 'customers', 'anomalies'] as const;

export type WallView = (typeof WALL_VIEWS)[number];

export interface WallSettings {
  /** At least one, in the order of the address. */
  readonly views: readonly [WallView, ...WallView[]];
  /** How long each is shown. */
  readonly everyMs: number;
  /** What of the address could not be used, in words for whoever hangs the wall up. */
  readonly problems: readonly string[];
}

const DEFAULT_S = 20;
/** Faster than anybody reads, and slower than anybody waits. */
const LEAST_S = 5;
const MOST_S = 3_600;

/** Quoted in a line of its own on the wall: what is longer is cut. */
const LONGEST_QUOTE = 40;

/**
 * "?views=spend,customers&every=30": nobody stands before a wall for long to correct it, so what cannot be used is passed
 * over, and said.
 */
export function wallSettingsOf(search: string): WallSettings {
  const parameters = new URLSearchParams(search);
  const { views, problem } = viewsOf(parameters.get('views'));
  const every = secondsOf(parameters.get('every'));
  const problems = [problem, every.problem].flatMap((one) => one ?? []);
  return { views, everyMs: every.seconds * 1_000, problems };
}

function viewsOf(said: string | null): { views: WallSettings['views']; problem: string | null } {
  const names = said === null ? [] : [...new Set(said.split(','))];
  const unknown = names.filter((name) => !WALL_VIEWS.some((one) => one === name));
  const wanted = names.flatMap((name) => WALL_VIEWS.find((one) => one === name) ?? []);
  const [first, ...others] = wanted.length > 0 ? wanted : WALL_VIEWS;
  const problem = `views=${quoteOf(unknown.join(','))}: there are ${WALL_VIEWS.join(', ')}.`;
  return {
    views: [first ?? 'spend', ...others],
    problem: unknown.length === 0 ? null : problem,
  };
}

function secondsOf(said: string | null): { seconds: number; problem: string | null } {
  const every = Number(said ?? DEFAULT_S);
  const isTime = Number.isFinite(every) && every > 0;
  const seconds = isTime ? Math.min(Math.max(every, LEAST_S), MOST_S) : DEFAULT_S;
  const problem = `every=${quoteOf(said ?? '')}: give ${LEAST_S} to ${MOST_S} seconds; taken: ${seconds}.`;
  return { seconds, problem: seconds === every ? null : problem };
}

function quoteOf(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
