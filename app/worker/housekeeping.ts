import { healthReplySchema } from '#core/wire/health.ts';
import { parseWith } from '#core/wire/parsed.ts';
import { ROUTES } from '#core/wire/routes.ts';
import { parseStatsReply } from '#core/wire/stats.ts';
import type { RoleDeps } from './role.ts';
import { ask } from './transport.ts';

/** How often the clock offset is stored and old segments are deleted, ms. */
const EVERY_MS = 30_000;

/** How often the server's own sums are asked for, ms. */
const STATS_EVERY_MS = 60_000;

/** The window of the screen, in case that it is not all here, and a day, which need not be here. */
const STATS_SHOWN = ['5m', '24h'] as const;

/** Segments that are rewritten in one go. */
const MOST_COMPACTIONS = 3;

/** What a leader does beside the data: learns where they come from, lets go of what is old. */
export class Housekeeping {
  readonly #deps: RoleDeps;
  readonly #closed = new AbortController();
  #describedEpoch: string | null = null;
  #doneAtMs = Number.NEGATIVE_INFINITY;
  #askedStatsAtMs = Number.NEGATIVE_INFINITY;

  constructor(deps: RoleDeps) {
    this.#deps = deps;
  }

  /** Does what is due; called after each live reply. @throws what the storage throws */
  async run(): Promise<void> {
    const { cache, clock, dashboard, environment } = this.#deps;
    await this.#describeSource();
    await this.#refreshStats();
    const isReplaced = dashboard.frame?.epoch === cache.current?.epoch;
    if (cache.previous && isReplaced) await cache.dropPrevious();
    if (environment.steadyNow() - this.#doneAtMs < EVERY_MS) return;
    this.#doneAtMs = environment.steadyNow();
    await cache.facts.saveServerFacts(clock.offsetMs ?? 0, null);
    await cache.trim(await this.#room());
    for (let i = 0; i < MOST_COMPACTIONS && (await cache.compact()); i++);
  }

  close(): void {
    this.#closed.abort();
  }

  /** Room for metrics: what the user gives, and never over half of what the browser does. */
  async #room(): Promise<number> {
    const { cache, environment } = this.#deps;
    const quotaBytes = (await environment.storageQuota()) ?? Number.POSITIVE_INFINITY;
    return Math.min(cache.facts.settings.cacheBytes, quotaBytes / 2);
  }

  async #describeSource(): Promise<void> {
    const { cache, clock, environment } = this.#deps;
    const epoch = cache.current?.epoch ?? null;
    if (epoch === this.#describedEpoch) return;
    this.#describedEpoch = epoch;
    const parse = (body: unknown) => parseWith(healthReplySchema, body);
    const answer = await ask(environment, ROUTES.health, parse, this.#closed.signal);
    if (!answer.ok) {
      // Asked again after the next live reply.
      this.#describedEpoch = null;
      return;
    }
    await cache.facts.saveServerFacts(clock.offsetMs ?? 0, answer.value.source);
  }

  async #refreshStats(): Promise<void> {
    const { cache, environment } = this.#deps;
    if (environment.steadyNow() - this.#askedStatsAtMs < STATS_EVERY_MS) return;
    this.#askedStatsAtMs = environment.steadyNow();
    for (const window of STATS_SHOWN) {
      const path = `${ROUTES.stats}?window=${window}`;
      const answer = await ask(environment, path, parseStatsReply, this.#closed.signal);
      if (answer.ok) await cache.facts.saveStats(answer.value, answer.serverTimeMs);
    }
  }
}
