import type { AnomalySettings } from '#core/anomaly/settings.ts';
import type { BackTestAnswer, BackTestNews, ToWorker } from '#app/protocol/messages.ts';

/** Has settings for anomalies tried on what is cached; whoever asked before hears no more. */
export type AskBackTest = (settings: AnomalySettings, hear: (news: BackTestNews) => void) => void;

/** Questions of which only the newest counts. */
export class BackTestQuestions {
  readonly #tell: (message: ToWorker) => void;
  #number = 0;
  #hear: (news: BackTestNews) => void = () => undefined;

  constructor(tell: (message: ToWorker) => void) {
    this.#tell = tell;
  }

  ask(settings: AnomalySettings, hear: (news: BackTestNews) => void): void {
    this.#hear = hear;
    this.#tell({ type: 'back-test', number: ++this.#number, settings });
  }

  answered({ number, news }: BackTestAnswer): void {
    if (number === this.#number) this.#hear(news);
  }
}
