import { BackTest } from '#core/anomaly/back-test.ts';
import { backTestSpan, type BackTestSpan, lengthOf } from '#core/anomaly/back-test-span.ts';
import { type Chunk, rowsWithin } from '#core/rollup/chunk.ts';
import { clipTo, type Interval } from '#core/time/intervals.ts';
import { RESOLUTION_MS } from '#core/time/resolution.ts';
import type { BackTestNews, BackTestRequest } from '#app/protocol/messages.ts';
import type { Cache } from './cache.ts';
import type { DataSet } from './data-set.ts';
import type { Environment } from './environment.ts';
import { unpackSegment } from './packing.ts';

/** Read at once. */
const READ_MS = 6 * RESOLUTION_MS['1h'];
/** Watched between two looks at the clock. */
const STEP_MS = RESOLUTION_MS['1m'];
/** After so long whatever else the worker has to do comes first: frames above all, ms. */
const SLICE_MS = 20;
const TELL_EVERY_MS = 250;

/** Tries settings for anomalies on what is cached, beside all else that the worker does. */
export class BackTestDesk {
  readonly #environment: Environment;
  #latest: BackTestRequest | null = null;
  #slicedAtMs = 0;
  #toldAtMs = 0;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** Answers, unless something newer is asked meanwhile. */
  async answer(cache: Cache, request: BackTestRequest): Promise<void> {
    this.#latest = request;
    try {
      const news = await this.#try(cache, request);
      if (news) this.#tell(request, news);
    } catch (error) {
      const detail = error instanceof Error ? ` (${error.name})` : '';
      this.#tell(request, { kind: 'failed', reason: `The cache could not be read${detail}.` });
    }
  }

  /** Callable twice. */
  close(): void {
    this.#latest = null;
  }

  /** @returns null: nobody wants to know any more */
  async #try(cache: Cache, request: BackTestRequest): Promise<BackTestNews | null> {
    const set = cache.current ?? cache.previous;
    const covered = set?.coverage['1m'] ?? [];
    const span = backTestSpan(covered);
    if (!set || !span) return { kind: 'too-little', cachedMs: lengthOf(covered) };
    // Local hours are those of UTC, as for whoever watches for everybody.
    const { settings } = request;
    const { epoch, series } = set;
    const test = new BackTest({ settings, epoch, series, utcOffsetMinutes: 0 });
    this.#slicedAtMs = this.#environment.steadyNow();
    for (const part of partsOf(span)) {
      for (const chunk of await this.#read(cache, set, part))
        if (!(await this.#push(test, chunk, request, span))) return null;
    }
    const { tried, knownMs, learntMs } = span;
    return { kind: 'done', tried, knownMs, learntMs, incidents: test.toldSince(tried.fromMs) };
  }

  /** Damaged segments are gaps. */
  async #read(cache: Cache, { epoch }: DataSet, part: Interval): Promise<readonly Chunk[]> {
    const chunks: Chunk[] = [];
    for (const segment of await cache.store.segmentsIn(epoch, '1m', part)) {
      const chunk = await unpackSegment(this.#environment.compression, segment);
      if (chunk) chunks.push(chunk);
    }
    return chunks.flatMap((chunk) => clipTo([chunk], part).map((kept) => cut(chunk, kept)));
  }

  /** @returns whether anybody still wants to know */
  async #push(
    test: BackTest,
    chunk: Chunk,
    request: BackTestRequest,
    span: BackTestSpan,
  ): Promise<boolean> {
    for (let fromMs = chunk.fromMs; fromMs < chunk.toMs; fromMs += STEP_MS) {
      const toMs = Math.min(chunk.toMs, fromMs + STEP_MS);
      test.push(cut(chunk, { fromMs, toMs }));
      if (this.#environment.steadyNow() - this.#slicedAtMs < SLICE_MS) continue;
      this.#tellHowFar(request, span, toMs);
      await this.#pause();
      if (this.#latest !== request) return false;
    }
    return this.#latest === request;
  }

  #tellHowFar(request: BackTestRequest, { known }: BackTestSpan, atMs: number): void {
    const nowMs = this.#environment.steadyNow();
    if (nowMs - this.#toldAtMs < TELL_EVERY_MS) return;
    this.#toldAtMs = nowMs;
    const doneMs = lengthOf(clipTo(known, { fromMs: 0, toMs: atMs }));
    this.#tell(request, { kind: 'running', share: doneMs / lengthOf(known) });
  }

  /** Lets all that waits have its turn. */
  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#environment.after(0, () => {
        this.#slicedAtMs = this.#environment.steadyNow();
        resolve();
      });
    });
  }

  #tell(request: BackTestRequest, news: BackTestNews): void {
    if (this.#latest !== request) return;
    this.#environment.post({ type: 'back-test', number: request.number, news });
  }
}

/** What is read at once, oldest first. */
function* partsOf({ known }: BackTestSpan): Generator<Interval> {
  for (const { fromMs, toMs } of known)
    for (let atMs = fromMs; atMs < toMs; atMs += READ_MS)
      yield { fromMs: atMs, toMs: Math.min(toMs, atMs + READ_MS) };
}

function cut(chunk: Chunk, span: Interval): Chunk {
  return { ...span, rows: rowsWithin(chunk.rows, span) };
}
