import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Logger, pino } from 'pino';
import type { AnomalySettings } from '#core/anomaly/settings.ts';
import { createApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { type Detection, startDetection } from './detection/start-detection.ts';
import { type LedgerDoor, startLedger } from './ledger/ledger-door.ts';
import { NewsDesk } from './ledger/news-desk.ts';
import { openEmbeddedLedger, openPostgresLedger } from './ledger/open-ledger.ts';
import { originOf, startHttpServer } from './http-server.ts';
import { openSource } from './source.ts';
import { Broadcaster } from './stream/broadcaster.ts';
import { ownUpstream } from './upstream/own-upstream.ts';
import { httpUpstream } from './usage/http-upstream.ts';
import { UsageDesk } from './usage/usage-desk.ts';

/** The build's id, put in by the build; not defined when the sources are run. */
declare const __BUILD__: string | undefined;

const build = typeof __BUILD__ === 'string' ? __BUILD__ : 'dev';
const appFolder = fileURLToPath(
  new URL(typeof __BUILD__ === 'string' ? '../app' : '../dist/app', import.meta.url),
);

const STDERR = 2;

/** How long the ledger may take to close when the server stops. */
const LEDGER_GRACE_MS = 3_000;
/** How often to look for what other servers wrote into the PostgreSQL that they share. */
const OTHERS_NEWS_MS = 2_000;

/** Starts everything; returns one line when it cannot. */
async function start(): Promise<string | null> {
  const read = readConfig(process.env);
  if (!read.ok) return read.reason;
  const { config } = read;
  // Standard output is for the address alone.
  const log = pino({ level: config.logLevel }, pino.destination(STDERR));
  const now = () => Date.now() + config.clockOffsetMs;
  const startedAtMs = now();
  const source = await openSource(config, startedAtMs);
  if (!source.ok) return source.reason;
  if (source.warning !== null) log.warn(source.warning);
  const { store } = source;
  let ledger: LedgerDoor | null = null;
  const openLedger = () => ledger?.ledger() ?? null;
  const everyMs = config.databaseUrl === null ? null : OTHERS_NEWS_MS;
  let detection: Detection | null = null;
  const onSettings = (chosen: AnomalySettings) => detection?.configure(chosen);
  const news = new NewsDesk({ store, ledger: openLedger, log, everyMs, onSettings });
  const broadcaster = new Broadcaster({ store, news, build, now, log });
  const usage = usageOf(config, now);
  const app = createApp({
    store,
    broadcaster,
    usage,
    ledger: openLedger,
    news,
    now,
    build,
    appFolder,
    log,
  });
  const started = await startHttpServer(app, config);
  if (!started.ok) return started.reason;
  const { server } = started;
  // Not before: nothing waits for it, and a port that is taken leaves nothing to be closed.
  const onChange = () => void news.changed();
  ledger = ledgerOf({ config, now, log, onOpen: onChange });
  detection = startDetection({ config, startedAtMs, ledger: openLedger, onChange, log });
  onStop(async (signal) => {
    log.debug({ signal }, 'stopping');
    news.close();
    broadcaster.close();
    await server.close();
    // What is cut after that loses nothing that it has confirmed.
    const closed = Promise.resolve(detection?.close()).then(() => ledger?.close());
    await Promise.race([closed, after(LEDGER_GRACE_MS)]);
    process.exit(0);
  });
  console.log(`Burnrate is on ${originOf(config.host, server.port)} (${store.source.label})`);
  return null;
}

/** More than once, since npm passes on a Ctrl-C that the terminal has sent already. */
function onStop(stop: (signal: NodeJS.Signals) => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
}

function usageOf({ upstreamUrl }: Config, now: () => number): UsageDesk {
  return new UsageDesk(upstreamUrl === null ? ownUpstream(now) : httpUpstream(upstreamUrl));
}

interface LedgerParts {
  readonly config: Config;
  readonly now: () => number;
  readonly log: Logger;
  readonly onOpen: () => void;
}

function ledgerOf({ config, now, log, onOpen }: LedgerParts): LedgerDoor {
  const { databaseUrl, dataDir } = config;
  const open = () =>
    databaseUrl === null
      ? openEmbeddedLedger(dataDir, now())
      : openPostgresLedger(databaseUrl, (error) => log.error({ err: error }, 'the ledger'));
  return startLedger({ open, log, onOpen });
}

const failure = await start();
if (failure !== null) {
  console.error(`Burnrate cannot start: ${failure}`);
  process.exitCode = 1;
}
