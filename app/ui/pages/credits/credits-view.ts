/** A column that messages can be sorted by. */
export type SortColumn = 'report' | 'credits';

export interface SortKey {
  readonly id: SortColumn;
  readonly desc: boolean;
}

/** What of the messages is shown, and how: all of it is in the address. */
export interface CreditsView {
  /** The first decides; where it finds two alike, the next. None: the order of the server. */
  readonly sort: readonly SortKey[];
  /** Part of a report's name; empty: all messages. */
  readonly search: string;
  /** "2026-11-21", a day of the zone that the page tells times in; null: all days. */
  readonly day: string | null;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const LONGEST_SEARCH = 200;

/** What an address asks for; what cannot be is passed over. */
export function creditsViewOf(search: string): CreditsView {
  const parameters = new URLSearchParams(search);
  const day = parameters.get('day') ?? '';
  return {
    sort: sortOf(parameters.get('sort') ?? ''),
    search: (parameters.get('report') ?? '').slice(0, LONGEST_SEARCH),
    day: DAY.test(day) && !Number.isNaN(Date.parse(day)) ? day : null,
  };
}

/** "report,-credits": by report, and down by credits among those with the same. */
function sortOf(text: string): SortKey[] {
  const sort: SortKey[] = [];
  for (const part of text.split(',')) {
    const desc = part.startsWith('-');
    const id = desc ? part.slice(1) : part;
    if (isSortColumn(id) && !sort.some((key) => key.id === id)) sort.push({ id, desc });
  }
  return sort;
}

export function isSortColumn(id: string): id is SortColumn {
  return id === 'report' || id === 'credits';
}

/**
 * The query of an address that shows the same to whoever opens it: "" or "?sort=report,-credits".
 * @param zone that was chosen; null: the one of this device
 * @param ownZone the one of this device, which a day is told with: elsewhere it would have other messages
 */
export function searchOfCredits(view: CreditsView, zone: string | null, ownZone: string): string {
  const parts: string[] = [];
  const add = (name: string, value: string) => parts.push(`${name}=${encodeURIComponent(value)}`);
  const sort = view.sort.map(({ id, desc }) => (desc ? `-${id}` : id));
  // A comma may stand in a query as it is, and is read more easily.
  if (sort.length > 0) parts.push(`sort=${sort.join()}`);
  if (view.search !== '') add('report', view.search);
  if (view.day !== null) add('day', view.day);
  if (zone !== null || view.day !== null) add('zone', zone ?? ownZone);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
