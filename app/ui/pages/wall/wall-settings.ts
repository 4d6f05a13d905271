/** What a wall shows, one after the other. */
export const WALL_VIEWS = ['spend', 'tokens', 'models', 'customers'] as const;

export type WallView = (typeof WALL_VIEWS)[number];

export interface WallSettings {
  /** At least one, in the order of the address. */
  readonly views: readonly [WallView, ...WallView[]];
  /** How long each is shown. */
  readonly everyMs: number;
}

const DEFAULT_S = 20;
/** Faster than anybody reads, and slower than anybody waits. */
const LEAST_S = 5;
const MOST_S = 3_600;

/** "?views=spend,customers&every=30": nobody stands before a wall to correct it, so what cannot be used is passed over. */
export function wallSettingsOf(search: string): WallSettings {
  const parameters = new URLSearchParams(search);
  const names = (parameters.get('views') ?? '').split(',');
  const wanted = [...new Set(names)].flatMap(
    (name) => WALL_VIEWS.find((one) => one === name) ?? [],
  );
  const [first, ...others] = wanted.length > 0 ? wanted : WALL_VIEWS;
  const every = Number(parameters.get('every') ?? DEFAULT_S);
  const isTime = Number.isFinite(every) && every > 0;
  const seconds = isTime ? Math.min(Math.max(every, LEAST_S), MOST_S) : DEFAULT_S;
  return { views: [first ?? 'spend', ...others], everyMs: seconds * 1_000 };
}
