import { resolve } from 'node:path';
import { z } from 'zod';
import { FINEST_MS } from '#core/time/resolution.ts';

/** Which source to serve, with only the settings that belong to it. */
type SourceConfig =
  | { readonly kind: 'fleet'; readonly fleet: FleetConfig }
  | { readonly kind: 'trace'; readonly trace: TraceConfig };

interface FleetConfig {
  readonly seed: number;
  readonly customers: number;
  readonly tenants: number;
  readonly tickMs: number;
  readonly incidents: 'on' | 'off' | 'now';
}

export interface TraceConfig {
  readonly file: string;
  /** How many times faster than recorded. */
  readonly speed: number;
  readonly isLooped: boolean;
  readonly columns: TraceColumns;
}

/** Names, in the header of the file, of the columns that are read. */
export interface TraceColumns {
  readonly timestamp: string;
  readonly input: string;
  readonly output: string;
}

export interface Config {
  /** 0: the system chooses one. */
  readonly port: number;
  readonly host: string;
  readonly source: SourceConfig;
  /** Added to the system's clock, ms. */
  readonly clockOffsetMs: number;
  /** Who knows messages and reports, without a slash at the end; null: the server's own upstream. */
  readonly upstreamUrl: string | null;
  /** The PostgreSQL that keeps the ledger; null: it is kept in `dataDir`. */
  readonly databaseUrl: string | null;
  /** Absolute path. */
  readonly dataDir: string;
  /** How far back the detection learns, at first in the background. */
  readonly detectionDays: number;
  readonly logLevel: z.infer<typeof settingsSchema>['LOG_LEVEL'];
}

const DEFAULT_COLUMNS: TraceColumns = {
  timestamp: 'TIMESTAMP',
  input: 'ContextTokens',
  output: 'GeneratedTokens',
};
const DEFAULT_TENANTS = 7;
const MIN_TICK_MS = 50;

const settingsSchema = z.object({
  PORT: wholeNumber(0, 65_535).default(8787),
  HOST: z.string().min(1, 'give a host name or an address').default('127.0.0.1'),
  SOURCE: choice('fleet', 'trace').default('fleet'),
  TRACE_FILE: z.string().min(1, 'give the path of a CSV file').optional(),
  TRACE_SPEED: positiveNumber(0.001, 1_000_000).default(1),
  TRACE_LOOP: choice('true', 'false').default('true'),
  TRACE_COLUMNS: traceColumns().default(DEFAULT_COLUMNS),
  FLEET_SEED: wholeNumber(0, 0xffff_ffff).default(1),
  FLEET_CUSTOMERS: wholeNumber(1, 5_000).default(100),
  FLEET_TENANTS: wholeNumber(1, 5_000).optional(),
  FLEET_TICK_MS: tickLength().default(1_000),
  FLEET_INCIDENTS: choice('on', 'off', 'now').default('on'),
  CLOCK_OFFSET_MS: wholeNumber(-1e12, 1e12).default(0),
  UPSTREAM_URL: httpAddress().optional(),
  DATABASE_URL: postgresAddress().optional(),
  DATA_DIR: z.string().min(1, 'give the path of a folder').default('.burnrate'),
  DETECTION_DAYS: wholeNumber(1, 30).default(30),
  LOG_LEVEL: choice('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent').default('info'),
});

type Settings = z.infer<typeof settingsSchema>;

/** Variables that begin so are ours alone: one that is not known is a typing error. */
const OWN_PREFIXES = ['FLEET_', 'TRACE_'];

/**
 * The settings of the server from environment variables; what is not set has its default.
 * @returns the settings, or one line that names the variable and says what to do.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
): { ok: true; config: Config } | { ok: false; reason: string } {
  const typo = unknownVariable(env);
  if (typo !== null) return { ok: false, reason: typo };
  const read = settingsSchema.safeParse(env);
  if (!read.success) {
    const issue = read.error.issues[0];
    const name = String(issue?.path[0] ?? 'the environment');
    return {
      ok: false,
      reason: `${name} is "${shown(name, env[name] ?? '')}": ${issue?.message ?? 'not valid'}.`,
    };
  }
  const settings = read.data;
  const source = settings.SOURCE === 'trace' ? traceOf(settings) : fleetOf(settings);
  if (!source.ok) return source;
  return {
    ok: true,
    config: {
      port: settings.PORT,
      host: settings.HOST,
      source: source.source,
      clockOffsetMs: settings.CLOCK_OFFSET_MS,
      upstreamUrl: settings.UPSTREAM_URL ?? null,
      databaseUrl: settings.DATABASE_URL ?? null,
      dataDir: resolve(settings.DATA_DIR),
      detectionDays: settings.DETECTION_DAYS,
      logLevel: settings.LOG_LEVEL,
    },
  };
}

type SourceRead = { ok: true; source: SourceConfig } | { ok: false; reason: string };

function fleetOf(settings: Settings): SourceRead {
  const customers = settings.FLEET_CUSTOMERS;
  const tenants = settings.FLEET_TENANTS ?? Math.min(DEFAULT_TENANTS, customers);
  if (tenants > customers) {
    const reason = `FLEET_TENANTS is "${tenants}": give at most one a customer (FLEET_CUSTOMERS is ${customers}).`;
    return { ok: false, reason };
  }
  const fleet: FleetConfig = {
    seed: settings.FLEET_SEED,
    customers,
    tenants,
    tickMs: settings.FLEET_TICK_MS,
    incidents: settings.FLEET_INCIDENTS,
  };
  return { ok: true, source: { kind: 'fleet', fleet } };
}

function traceOf(settings: Settings): SourceRead {
  if (settings.TRACE_FILE === undefined) {
    return { ok: false, reason: 'SOURCE=trace needs a trace: set TRACE_FILE to a CSV file.' };
  }
  const trace: TraceConfig = {
    file: settings.TRACE_FILE,
    speed: settings.TRACE_SPEED,
    isLooped: settings.TRACE_LOOP === 'true',
    columns: settings.TRACE_COLUMNS,
  };
  return { ok: true, source: { kind: 'trace', trace } };
}

function unknownVariable(env: Readonly<Record<string, string | undefined>>): string | null {
  const known = Object.keys(settingsSchema.shape);
  for (const name of Object.keys(env)) {
    const prefix = OWN_PREFIXES.find((one) => name.startsWith(one));
    if (prefix === undefined || known.includes(name)) continue;
    const ours = known.filter((one) => one.startsWith(prefix)).join(', ');
    return `${name} is not a setting: unset it, or use one of ${ours}.`;
  }
  return null;
}

function wholeNumber(min: number, max: number) {
  const expected = `give a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^-?\d{1,15}$/, expected)
    .transform(Number)
    .pipe(z.int().min(min, expected).max(max, expected));
}

function positiveNumber(min: number, max: number) {
  const expected = `give a number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}(\.\d{1,15})?$/, expected)
    .transform(Number)
    .pipe(z.number().min(min, expected).max(max, expected));
}

function choice<const Choice extends string>(...choices: readonly Choice[]) {
  return z.enum(choices, `give one of ${choices.join(', ')}`);
}

function tickLength() {
  const expected = `give a divisor of ${FINEST_MS} (ms) that is at least ${MIN_TICK_MS}, such as 200 or 1000`;
  return z
    .string()
    .regex(/^\d{1,4}$/, expected)
    .transform(Number)
    .refine((ms) => ms >= MIN_TICK_MS && FINEST_MS % ms === 0, expected);
}

function httpAddress() {
  const expected = 'give an http or https address such as https://billing.example/api';
  return z
    .string()
    .refine(isPlainHttp, expected)
    .transform((url) => url.replace(/\/+$/, ''));
}

/** What may hold a password is not shown. */
function shown(name: string, value: string): string {
  return name === 'DATABASE_URL' && value !== '' ? '...' : value;
}

function postgresAddress() {
  const expected = 'give an address such as postgres://user:password@db.example:5432/burnrate';
  return z
    .string()
    .refine((text) => /^postgres(ql)?:\/\/./.test(text) && URL.canParse(text), expected);
}

/** Paths can be put behind it, and `fetch` takes it. */
function isPlainHttp(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '';
}

function traceColumns() {
  const expected =
    'give names such as timestamp=TIMESTAMP,input=ContextTokens,output=GeneratedTokens';
  const namesSchema = z.strictObject({
    timestamp: z.string().min(1).default(DEFAULT_COLUMNS.timestamp),
    input: z.string().min(1).default(DEFAULT_COLUMNS.input),
    output: z.string().min(1).default(DEFAULT_COLUMNS.output),
  });
  return z.string().transform((text, context): TraceColumns => {
    const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
    const roles = new Set(pairs.map(([role]) => role));
    const isWellFormed = pairs.every((pair) => pair.length === 2) && roles.size === pairs.length;
    const names = namesSchema.safeParse(Object.fromEntries(pairs));
    if (isWellFormed && names.success) return names.data;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });
}
