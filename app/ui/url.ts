import { DIMENSIONS, type Filter } from '#core/view/filter.ts';

/** The name of each dimension in the address; a value each time it is repeated. */
const NAMES = { tenants: 'tenant', customers: 'customer', models: 'model' } as const;

/** More than anybody chooses by hand; an address that holds more is cut there. */
const MOST_VALUES = 50;
const LONGEST_VALUE = 200;

/** The slice that an address asks for; what cannot be a value is passed over. */
export function filterOf(search: string): Filter {
  const parameters = new URLSearchParams(search);
  const valuesOf = (name: string) => {
    const values = parameters.getAll(name).filter(isValue);
    return [...new Set(values)].slice(0, MOST_VALUES);
  };
  return {
    tenants: valuesOf(NAMES.tenants),
    customers: valuesOf(NAMES.customers),
    models: valuesOf(NAMES.models),
  };
}

function isValue(value: string): boolean {
  return value !== '' && value.length <= LONGEST_VALUE;
}

/** The query of an address that shows the slice: "" or "?tenant=north&model=gpt-4o". */
export function searchOf(filter: Filter): string {
  const parameters = new URLSearchParams(
    DIMENSIONS.flatMap((one) => filter[one].map((value) => [NAMES[one], value])),
  );
  return parameters.size === 0 ? '' : `?${parameters}`;
}
