import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { MetricsReply } from '#core/wire/metrics.ts';
import { ROUTES } from '#core/wire/routes.ts';
import { parseStreamEvent, type StreamEvent } from '#core/wire/stream.ts';

type Named<Name extends StreamEvent['name']> = StreamEvent & { name: Name };

/** One connection to the stream; `until` waits for an event, whenever it comes or came. */
export class StreamReader {
  readonly events: StreamEvent[] = [];
  readonly ids: (string | undefined)[] = [];
  response: IncomingMessage | null = null;
  isClosed = false;
  readonly #request: ClientRequest;
  #onChange: () => void = () => undefined;

  constructor(port: number, query = '', headers: Record<string, string> = {}, isReading = true) {
    this.#request = get({ port, host: '127.0.0.1', path: `${ROUTES.stream}${query}`, headers });
    this.#request.on('error', () => this.#close());
    this.#request.on('response', (response) => {
      this.response = response;
      if (isReading) this.read();
      response.on('close', () => this.#close());
      response.on('error', () => this.#close());
      this.#onChange();
    });
  }

  get metrics(): MetricsReply[] {
    return this.all('metrics').map((event) => event.data);
  }

  all<Name extends StreamEvent['name']>(name: Name): Named<Name>[] {
    return this.events.filter((event): event is Named<Name> => event.name === name);
  }

  async until(isThere: () => boolean): Promise<void> {
    while (!isThere()) {
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
    }
  }

  /** Begins to take what is sent. */
  read(): void {
    const parser = createParser({ onEvent: (message) => this.#take(message) });
    this.response?.setEncoding('utf8').on('data', (text: string) => parser.feed(text));
  }

  leave(): void {
    this.#request.destroy();
  }

  #take(message: EventSourceMessage): void {
    const parsed = parseStreamEvent(message.event ?? '', JSON.parse(message.data));
    if (!parsed.ok || !parsed.value) throw new Error(`a broken event: ${message.data}`);
    this.events.push(parsed.value);
    this.ids.push(message.id);
    this.#onChange();
  }

  #close(): void {
    this.isClosed = true;
    this.#onChange();
  }
}
