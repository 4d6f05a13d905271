import { DIMENSIONS, type Filter } from '#core/view/filter.ts';
import { zoneNamed } from '#core/time/zone.ts';
import { REAL_TIME, SPANS_MS, type TimeRange } from '#core/view/window.ts';

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

/** ISO-8601 with its zone; engines make dates of stranger things. */
const INSTANT = /^(\d{4}|\+\d{6})-\d\d-\d\dT\d\d:\d\d[\d:.]*(Z|[+-]\d\d:\d\d)$/;

const SPAN_NAMES = ['5m', '15m', '1h', '24h', '7d', '30d'] as const;

/** Shorter ones hold nothing, longer ones are refused by the server. */
const LEAST_SPAN_MS = 5_000;
const MOST_SPAN_MS = 400 * 86_400_000;

/** "5m": how a length of time is called in the address; null: it has no name. */
function spanNameOf(spanMs: number): string | null {
  return SPAN_NAMES[SPANS_MS.findIndex((one) => one === spanMs)] ?? null;
}

/** The time that an address asks for; what cannot be one is passed over. */
export function rangeOf(search: string): TimeRange {
  const parameters = new URLSearchParams(search);
  const place = SPAN_NAMES.findIndex((name) => name === parameters.get('window'));
  const endMs = instantOf(parameters.get('to'));
  const fromMs = instantOf(parameters.get('from'));
  if (endMs !== null && fromMs !== null && isSpan(endMs - fromMs)) {
    return { spanMs: endMs - fromMs, endMs };
  }
  return { spanMs: SPANS_MS[place] ?? REAL_TIME.spanMs, endMs };
}

/** Null: it is none. */
function instantOf(text: string | null): number | null {
  const atMs = text !== null && INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(atMs) && atMs > 0 ? atMs : null;
}

function isSpan(spanMs: number): boolean {
  return spanMs >= LEAST_SPAN_MS && spanMs <= MOST_SPAN_MS;
}

/** The zone that an address asks for; null: none, or none that this browser knows. */
export function zoneOf(search: string): string | null {
  return zoneNamed(new URLSearchParams(search).get('zone') ?? '')?.name ?? null;
}

/** The query of an address that shows the slice and the time: "" or "?tenant=north&window=1h". */
export function searchOf(
  filter: Filter,
  range: TimeRange = REAL_TIME,
  zone: string | null = null,
): string {
  const parameters = new URLSearchParams(
    DIMENSIONS.flatMap((one) => filter[one].map((value) => [NAMES[one], value])),
  );
  const { spanMs, endMs } = range;
  const name = spanNameOf(spanMs);
  if (name !== null && spanMs !== REAL_TIME.spanMs) parameters.set('window', name);
  if (name === null && endMs !== null)
    parameters.set('from', new Date(endMs - spanMs).toISOString());
  if (endMs !== null) parameters.set('to', new Date(endMs).toISOString());
  if (zone !== null) parameters.set('zone', zone);
  return parameters.size === 0 ? '' : `?${parameters}`;
}
