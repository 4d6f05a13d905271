import type { GroupKey } from '#core/anomaly/groups.ts';
import { type Filter, NO_FILTER } from '#core/view/filter.ts';
import { writeAddress } from '../address.ts';
import type { PageStore } from '../store.ts';

const SLICED_BY = { tenant: 'tenants', customer: 'customers', model: 'models' } as const;

/** The slice that an incident came from. */
export function sliceOfCause({ dimension, id }: GroupKey): Filter {
  return dimension === 'total' ? NO_FILTER : { ...NO_FILTER, [SLICED_BY[dimension]]: [id] };
}

/** Opens an incident in its panel, and shows its cause alone. */
export function pickIncident(store: PageStore, id: string): void {
  const known = store.getState().incidents?.find((one) => one.anomaly.id === id);
  if (!known) return;
  const { first } = known.anomaly.explanation ?? {};
  const filter = sliceOfCause(first?.key ?? known.anomaly.root);
  store.setState({ pickedIncident: id, filter, addressProblems: [] });
  writeAddress(store.getState(), 'push');
}
