import type { StorageAnswer, StorageRequest, ToWorker } from '#app/protocol/messages.ts';

/** Asks the worker for what is cached, or has something done with it. */
export type AskStorage = (request: StorageRequest) => Promise<StorageAnswer>;

/** Questions about the storage, one after the other, so that each answer finds its question. */
export class StorageQuestions {
  readonly #tell: (message: ToWorker) => void;
  #last: Promise<unknown> = Promise.resolve();
  #answer: (answer: StorageAnswer) => void = () => undefined;

  constructor(tell: (message: ToWorker) => void) {
    this.#tell = tell;
  }

  ask(request: StorageRequest): Promise<StorageAnswer> {
    const answer = this.#last.then(() => this.#askNow(request));
    this.#last = answer;
    return answer;
  }

  answered(answer: StorageAnswer): void {
    this.#answer(answer);
  }

  #askNow(request: StorageRequest): Promise<StorageAnswer> {
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#tell(request);
    });
  }
}
