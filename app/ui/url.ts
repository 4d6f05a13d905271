import { DIMENSIONS, type Filter } from '#core/view/filter.ts';
import { zoneNamed } from '#core/time/zone.ts';
import { type Speed, SPEEDS } from '#core/view/playback.ts';
import {
  LEAST_SPAN_MS,
  MOST_SPAN_MS,
  REAL_TIME,
  SPANS_MS,
  type TimeRange,
} from '#core/view/window.ts';

/** The name of each dimension in the address; a value each time it is repeated. */
const NAMES = { tenants: 'tenant', customers: 'customer', models: 'model' } as const;

/** More than anybody chooses by hand; an address that holds more is cut there. */
const MOST_VALUES = 50;
const LONGEST_VALUE = 200;

const LONGEST_QUOTE = 60;

/** What an address says that cannot be used. */
export interface AddressProblem {
  /** As it stands there, shortened: "window=2h". */
  readonly said: string;
  /** Goes on after it, in words for people: "is no length of time on offer". */
  readonly why: string;
  /** What is then shown as if it was not there. */
  readonly instead: 'range' | 'zone' | 'slice' | 'playback' | 'incident';
}

/** What an address asks for. A parameter more is a reader more, and a line in `searchOf`. */
export interface Address {
  readonly filter: Filter;
  readonly range: TimeRange;
  /** Null: none is named. */
  readonly zone: string | null;
  /** The past shall be played from the end of the range on; null: it stands still. */
  readonly speed: Speed | null;
  /** Id of the incident that shall be open; null: none. */
  readonly incident: string | null;
  readonly problems: readonly AddressProblem[];
}

/** @param latestMs epoch ms: what comes after it cannot be shown yet */
export function addressOf(search: string, latestMs = Number.POSITIVE_INFINITY): Address {
  const parameters = new URLSearchParams(search);
  const problems: AddressProblem[] = [];
  const complain = (name: string, why: string, instead: AddressProblem['instead']) =>
    problems.push({ said: quoteOf(name, parameters.get(name) ?? ''), why, instead });
  const filter = readFilter(parameters, complain);
  const range = readRange(parameters, latestMs, complain);
  const zone = readZone(parameters, complain);
  const speed = readSpeed(parameters, complain);
  const incident = readIncident(parameters, complain);
  const played = range.endMs === null ? null : speed;
  return { filter, range, zone, speed: played, incident, problems };
}

type Complain = (name: string, why: string, instead: AddressProblem['instead']) => void;

function quoteOf(name: string, value: string): string {
  const text = `${name}=${value}`;
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}

function readFilter(parameters: URLSearchParams, complain: Complain): Filter {
  const valuesOf = (name: string) => {
    const given = [...new Set(parameters.getAll(name))];
    const values = given.filter(isValue);
    if (values.length < given.length) complain(name, 'is not a name', 'slice');
    const most = `names more than ${MOST_VALUES}: the first ones count`;
    if (values.length > MOST_VALUES) complain(name, most, 'slice');
    return values.slice(0, MOST_VALUES);
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

/** "5m": how a length of time is called in the address; null: it has no name. */
function spanNameOf(spanMs: number): string | null {
  return SPAN_NAMES[SPANS_MS.findIndex((one) => one === spanMs)] ?? null;
}

function readRange(parameters: URLSearchParams, latestMs: number, complain: Complain): TimeRange {
  const place = SPAN_NAMES.findIndex((name) => name === parameters.get('window'));
  if (parameters.has('window') && place < 0) {
    complain('window', `is no length of time on offer (${SPAN_NAMES.join(', ')})`, 'range');
  }
  const [fromMs, toMs] = (['from', 'to'] as const).map((name) => {
    const atMs = instantOf(parameters.get(name));
    const hasProblem = atMs === null && parameters.has(name);
    if (hasProblem) complain(name, 'is no instant such as 2026-11-21T09:00:00Z', 'range');
    return atMs;
  });
  const named = { spanMs: SPANS_MS[place] ?? REAL_TIME.spanMs, endMs: toMs ?? null };
  if (fromMs !== null && fromMs !== undefined && named.endMs !== null) {
    const spanMs = named.endMs - fromMs;
    const problem = spanMs > 0 && fromMs > latestMs ? FUTURE : problemOfSpan(spanMs);
    if (problem === null) return { spanMs, endMs: named.endMs };
    complain('from', problem, 'range');
    return fromMs > latestMs ? { ...named, endMs: null } : named;
  }
  if (fromMs !== null && !parameters.has('to')) complain('from', 'needs an end: to=…', 'range');
  if ((named.endMs ?? 0) <= latestMs) return named;
  complain('to', FUTURE, 'range');
  return { ...named, endMs: null };
}

const FUTURE = 'lies in the future';

/** Null: it can be shown. */
function problemOfSpan(spanMs: number): string | null {
  if (spanMs <= 0) return 'is not before the end (to=…)';
  if (spanMs < LEAST_SPAN_MS) return 'is less than 5 s before the end (to=…)';
  return spanMs > MOST_SPAN_MS ? 'is more than 400 days before the end (to=…)' : null;
}

/** Null: it is none. */
function instantOf(text: string | null): number | null {
  const atMs = text !== null && INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(atMs) && atMs > 0 ? atMs : null;
}

function readZone(parameters: URLSearchParams, complain: Complain): string | null {
  const zone = zoneNamed(parameters.get('zone') ?? '');
  if (parameters.has('zone') && !zone)
    complain('zone', 'is no zone that this browser knows', 'zone');
  return zone?.name ?? null;
}

function readSpeed(parameters: URLSearchParams, complain: Complain): Speed | null {
  const speed = SPEEDS.find((one) => String(one) === parameters.get('play')) ?? null;
  const isOnOffer = speed !== null || !parameters.has('play');
  if (!isOnOffer) complain('play', `is no speed on offer (${SPEEDS.join(', ')})`, 'playback');
  return speed;
}

/** As the server makes them. */
const INCIDENT_ID = /^[\w-]{1,64}$/;

function readIncident(parameters: URLSearchParams, complain: Complain): string | null {
  const id = parameters.get('incident');
  if (id === null || INCIDENT_ID.test(id)) return id;
  complain('incident', 'is no id of an incident', 'incident');
  return null;
}

/** The query of an address that shows the slice and the time: "" or "?tenant=north&window=1h". */
export function searchOf(
  filter: Filter,
  range: TimeRange = REAL_TIME,
  zone: string | null = null,
  speed: Speed | null = null,
  incident: string | null = null,
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
  if (speed !== null && endMs !== null) parameters.set('play', String(speed));
  if (zone !== null) parameters.set('zone', zone);
  if (incident !== null) parameters.set('incident', incident);
  return parameters.size === 0 ? '' : `?${parameters}`;
}
