import type { GroupKey } from '#core/anomaly/groups.ts';
import { type Filter, isSameFilter, NO_FILTER } from '#core/view/filter.ts';
import { writeAddress } from '../address.ts';
import type { PageStore } from '../store.ts';

const SLICED_BY = { tenant: 'tenants', customer: 'customers', model: 'models' } as const;

/** The slice that an incident came from. */
function sliceOfCause({ dimension, id }: GroupKey): Filter {
  return dimension === 'total' ? NO_FILTER : { ...NO_FILTER, [SLICED_BY[dimension]]: [id] };
}

/** Opens an incident in its panel, and shows its cause alone. */
export function pickIncident(store: PageStore, id: string): void {
  const filter = causeOf(store, id);
  if (!filter) return;
  store.setState({ pickedIncident: id, filter, addressProblems: [] });
  writeAddress(store.getState(), 'push');
}

/** Closes the one that is open; if its cause is still what is shown, all is shown again. */
export function closeIncident(store: PageStore): void {
  const { pickedIncident, filter } = store.getState();
  if (pickedIncident === null) return;
  const cause = causeOf(store, pickedIncident);
  const isOfCause = cause !== null && isSameFilter(filter, cause);
  store.setState({ pickedIncident: null, ...(isOfCause && { filter: NO_FILTER }) });
  writeAddress(store.getState(), 'push');
}

/** Null: no such incident is known. */
function causeOf(store: PageStore, id: string): Filter | null {
  const known = store.getState().incidents?.find((one) => one.anomaly.id === id);
  if (!known) return null;
  const { first } = known.anomaly.explanation ?? {};
  return sliceOfCause(first?.key ?? known.anomaly.root);
}
