import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { Failure } from '#core/live/failure.ts';
import type { StreamFailure } from '#core/live/stream-trust.ts';
import { parseStreamEvent, type StreamEvent } from '#core/wire/stream.ts';
import type { Cancel, Environment } from './environment.ts';
import { checkReply, parseJson } from './transport.ts';

/** A stream that has not said hello by then is held back by something in between, ms. */
const HELLO_TIMEOUT_MS = 5_000;
/** Two heartbeats missed: the connection is dead, whatever the socket says, ms. */
const SILENCE_TIMEOUT_MS = 30_000;

const OF_LEDGER: ReadonlySet<string> = new Set(['anomalies', 'acks']);

export type StreamEnd = Omit<StreamFailure, 'kind'>;

export interface StreamHandlers {
  /** Called for one event after the other: the next waits until this has ended. */
  onEvent(event: StreamEvent): Promise<void>;
  /** Called once, when the stream has ended by itself or did not begin. */
  onFailure(failure: StreamEnd): void;
}

/** Reads the server's event stream by fetch, which sees status codes and leaves reconnecting to us. */
export class Stream {
  readonly #environment: Environment;
  readonly #handlers: StreamHandlers;
  readonly #abort = new AbortController();
  #cancelWatch: Cancel = () => undefined;
  #isOver = false;

  constructor(environment: Environment, path: string, handlers: StreamHandlers) {
    this.#environment = environment;
    this.#handlers = handlers;
    this.#expectWithin(HELLO_TIMEOUT_MS, true);
    void this.#run(path);
  }

  /** Callable twice; nothing is called back after it. */
  close(): void {
    this.#isOver = true;
    this.#cancelWatch();
    this.#abort.abort();
  }

  async #run(path: string): Promise<void> {
    try {
      const response = await this.#environment.fetch(path, this.#abort.signal);
      const opened = checkReply(response, 'text/event-stream');
      if (!opened.ok) return this.#fail(refusalOf(response, opened));
      if (response.body) await this.#read(response.body);
    } catch {
      // fetch says no more than that the connection broke, or never was.
    }
    this.#fail({ reason: 'unreachable', isRefused: false });
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const messages: EventSourceMessage[] = [];
    const parser = createParser({ onEvent: (message) => messages.push(message) });
    const decoder = new TextDecoder();
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      for (const message of messages.splice(0)) {
        if (this.#isOver) return;
        await this.#handle(message);
      }
    }
  }

  async #handle(message: EventSourceMessage): Promise<void> {
    const json = parseJson(message.data);
    const name = message.event ?? 'message';
    const event = json.ok ? parseStreamEvent(name, json.value) : json;
    // A newer server may tell of incidents in a way that is not known here: what was missed is asked for
    // with the next news, and metrics go on.
    if (!event.ok && OF_LEDGER.has(name)) return this.#expectWithin(SILENCE_TIMEOUT_MS, false);
    if (!event.ok) return this.#fail({ reason: 'malformed reply', isRefused: false });
    this.#expectWithin(SILENCE_TIMEOUT_MS, false);
    if (event.value?.name === 'bye') return this.#fail(farewellOf(event.value.data.retryAfterMs));
    if (event.value) await this.#handlers.onEvent(event.value);
  }

  #expectWithin(ms: number, isRefused: boolean): void {
    this.#cancelWatch();
    this.#cancelWatch = this.#environment.after(ms, () =>
      this.#fail({ reason: 'timeout', isRefused }),
    );
  }

  #fail(failure: StreamEnd): void {
    if (this.#isOver) return;
    this.close();
    this.#handlers.onFailure(failure);
  }
}

/** A server in trouble (5xx) may have a stream later; one that answers in another way has none to give. */
function refusalOf(response: Response, failure: Failure): StreamEnd {
  const isInTrouble = response.status >= 500 && response.status !== 501;
  const { reason, retryAfterMs } = failure;
  return { reason, isRefused: !isInTrouble, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

function farewellOf(retryAfterMs: number | undefined): StreamEnd {
  const failure = { reason: 'unreachable', isRefused: false } as const;
  return retryAfterMs === undefined ? failure : { ...failure, retryAfterMs };
}
