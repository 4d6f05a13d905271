import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Config, readConfig } from './config.ts';

function configOf(env: Record<string, string>): Config {
  const read = readConfig(env);
  if (!read.ok) throw new Error(read.reason);
  return read.config;
}

function reasonFor(env: Record<string, string>): string {
  const read = readConfig(env);
  if (read.ok) throw new Error('this was taken for a configuration');
  return read.reason;
}

describe('configuration', () => {
  it.each(['mysql://ann:word@db.example/x', 'postgres://', 'ann:word@db', ''])(
    'K29 refuses %j for a PostgreSQL, and does not show what it holds',
    (url) => {
      const reason = reasonFor({ DATABASE_URL: url });
      expect(reason).toMatch(/^DATABASE_URL is ".*": give an address such as postgres:/);
      expect(reason).not.toContain('ann:word');
    },
  );

  it('O20 has a default for everything', () => {
    expect(configOf({ HOME: '/root', PATH: '/bin' })).toEqual({
      port: 8787,
      host: '127.0.0.1',
      source: {
        kind: 'fleet',
        fleet: { seed: 1, customers: 100, tenants: 7, tickMs: 1_000, incidents: 'on' },
      },
      clockOffsetMs: 0,
      upstreamUrl: null,
      databaseUrl: null,
      dataDir: resolve('.burnrate'),
      detectionDays: 30,
      logLevel: 'info',
    });
  });

  it('O20 takes every setting from its variable', () => {
    const common = {
      PORT: '0',
      HOST: '0.0.0.0',
      CLOCK_OFFSET_MS: '-360000',
      UPSTREAM_URL: 'https://billing.example/api/',
      DATABASE_URL: 'postgres://ann:word@db.example/burnrate',
      DATA_DIR: '/var/lib/burnrate',
      LOG_LEVEL: 'warn',
    };
    const expected = {
      port: 0,
      host: '0.0.0.0',
      clockOffsetMs: -360_000,
      upstreamUrl: 'https://billing.example/api',
      databaseUrl: 'postgres://ann:word@db.example/burnrate',
      dataDir: '/var/lib/burnrate',
      detectionDays: 30,
      logLevel: 'warn',
    };
    const fleet = {
      FLEET_SEED: '42',
      FLEET_CUSTOMERS: '1000',
      FLEET_TENANTS: '12',
      FLEET_TICK_MS: '200',
      FLEET_INCIDENTS: 'now',
    };
    expect(configOf({ ...common, ...fleet, SOURCE: 'fleet' })).toEqual({
      ...expected,
      source: {
        kind: 'fleet',
        fleet: { seed: 42, customers: 1_000, tenants: 12, tickMs: 200, incidents: 'now' },
      },
    });
    const trace = {
      TRACE_FILE: 'a.csv',
      TRACE_SPEED: '0.5',
      TRACE_LOOP: 'false',
      TRACE_COLUMNS: 'timestamp=Time stamp, output=out',
    };
    const columns = { timestamp: 'Time stamp', input: 'ContextTokens', output: 'out' };
    expect(configOf({ ...common, ...trace, SOURCE: 'trace' })).toEqual({
      ...expected,
      source: { kind: 'trace', trace: { file: 'a.csv', speed: 0.5, isLooped: false, columns } },
    });
  });

  it('O20 has no more tenants than customers unless told, and then says so', () => {
    const small = configOf({ FLEET_CUSTOMERS: '3' }).source;
    expect(small.kind === 'fleet' && small.fleet.tenants).toBe(3);
    expect(reasonFor({ FLEET_CUSTOMERS: '3', FLEET_TENANTS: '4' })).toBe(
      'FLEET_TENANTS is "4": give at most one a customer (FLEET_CUSTOMERS is 3).',
    );
  });

  const columns =
    'give names such as timestamp=TIMESTAMP,input=ContextTokens,output=GeneratedTokens.';
  const upstream = 'give an http or https address such as https://billing.example/api.';
  const tick = 'give a divisor of 5000 (ms) that is at least 50, such as 200 or 1000.';
  it.each([
    ['PORT', '', 'give a whole number from 0 to 65535.'],
    ['PORT', '65536', 'give a whole number from 0 to 65535.'],
    ['PORT', '80a', 'give a whole number from 0 to 65535.'],
    ['PORT', ' 80', 'give a whole number from 0 to 65535.'],
    ['PORT', '0x50', 'give a whole number from 0 to 65535.'],
    ['HOST', '', 'give a host name or an address.'],
    ['SOURCE', 'cloud', 'give one of fleet, trace.'],
    ['SOURCE', 'Fleet', 'give one of fleet, trace.'],
    ['TRACE_FILE', '', 'give the path of a CSV file.'],
    ['TRACE_SPEED', '0', 'give a number from 0.001 to 1000000.'],
    ['TRACE_SPEED', '-1', 'give a number from 0.001 to 1000000.'],
    ['TRACE_SPEED', 'Infinity', 'give a number from 0.001 to 1000000.'],
    ['TRACE_SPEED', 'x600', 'give a number from 0.001 to 1000000.'],
    ['TRACE_LOOP', 'yes', 'give one of true, false.'],
    ['TRACE_COLUMNS', '', columns],
    ['TRACE_COLUMNS', 'timestamp', columns],
    ['TRACE_COLUMNS', 'timestamp=', columns],
    ['TRACE_COLUMNS', 'time=a', columns],
    ['TRACE_COLUMNS', 'input=a,input=b', columns],
    ['TRACE_COLUMNS', 'input=a=b', columns],
    ['FLEET_SEED', '1.5', 'give a whole number from 0 to 4294967295.'],
    ['FLEET_CUSTOMERS', '0', 'give a whole number from 1 to 5000.'],
    ['FLEET_CUSTOMERS', '5001', 'give a whole number from 1 to 5000.'],
    ['FLEET_TENANTS', '-7', 'give a whole number from 1 to 5000.'],
    ['FLEET_TICK_MS', '300', tick],
    ['FLEET_TICK_MS', '25', tick],
    ['FLEET_TICK_MS', '0', tick],
    ['FLEET_TICK_MS', '10000', tick],
    ['FLEET_INCIDENTS', 'true', 'give one of on, off, now.'],
    ['CLOCK_OFFSET_MS', '1.5', 'give a whole number from -1000000000000 to 1000000000000.'],
    ['UPSTREAM_URL', '', upstream],
    ['UPSTREAM_URL', 'billing.example', upstream],
    ['UPSTREAM_URL', 'ftp://billing.example', upstream],
    ['UPSTREAM_URL', 'http://user:word@billing.example', upstream],
    ['UPSTREAM_URL', 'http://billing.example/?key=1', upstream],
    ['DATA_DIR', '', 'give the path of a folder.'],
    ['LOG_LEVEL', 'loud', 'give one of trace, debug, info, warn, error, fatal, silent.'],
  ])('O21 stops at %s=%j in one line that says what to give', (name, value, advice) => {
    expect(reasonFor({ [name]: value })).toBe(`${name} is "${value}": ${advice}`);
  });

  it('O21 stops at a typing error in our own variables, and leaves others alone', () => {
    expect(reasonFor({ FLEET_CUSTOMER: '7' })).toBe(
      'FLEET_CUSTOMER is not a setting: unset it, or use one of FLEET_SEED, FLEET_CUSTOMERS, FLEET_TENANTS, FLEET_TICK_MS, FLEET_INCIDENTS.',
    );
    expect(reasonFor({ TRACE_PATH: 'a.csv' })).toBe(
      'TRACE_PATH is not a setting: unset it, or use one of TRACE_FILE, TRACE_SPEED, TRACE_LOOP, TRACE_COLUMNS.',
    );
    expect(readConfig({ FLEETING: '1', TRACER: '1', UPSTREAM: 'x' }).ok).toBe(true);
  });

  it('O21 stops when a trace is wanted and none is named', () => {
    expect(reasonFor({ SOURCE: 'trace' })).toBe(
      'SOURCE=trace needs a trace: set TRACE_FILE to a CSV file.',
    );
  });
});
