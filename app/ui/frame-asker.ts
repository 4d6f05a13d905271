import type { Frame } from '#core/view/frame.ts';
import { aheadOf } from '#core/view/playback.ts';
import { isSameRange } from '#core/view/window.ts';
import type { FromWorker, ToWorker } from '#app/protocol/messages.ts';
import { latestPerPaint } from './latest-per-paint.ts';
import { type PageStore, showFrame } from './store.ts';
import { timeFormatOf } from './time-format.ts';

/** After so long a window that is being read is asked for again, ms. */
const SOON_MS = 100;

/** Asks for what is newer than the page has, one question at a time, and shows what comes. */
export class FrameAsker {
  readonly #store: PageStore;
  readonly #tell: (message: ToWorker) => void;
  readonly #frames = latestPerPaint<Frame>((frame) => showFrame(this.#store, frame));
  #newest = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #isAsking = false;
  /** The question that is open is about a slice that the user has left. */
  #isOutdated = false;

  constructor(store: PageStore, tell: (message: ToWorker) => void) {
    this.#store = store;
    this.#tell = tell;
  }

  ask(): void {
    if (this.#isAsking || document.visibilityState === 'hidden') return;
    this.#isAsking = true;
    const { filter, range, zone, playback } = this.#store.getState();
    const { name } = timeFormatOf(zone).zone;
    const look = { filter, range, zone: name, aheadMs: aheadOf(playback) };
    this.#tell({ type: 'ask-frame', since: this.#newest, ...look });
  }

  /** The user looks at another slice or time now. */
  askAnew(): void {
    this.#isOutdated = this.#isAsking;
    this.ask();
  }

  answered({ frame, spendRate }: Extract<FromWorker, { type: 'frame' }>): void {
    const wasOutdated = this.#isOutdated;
    this.#isAsking = false;
    this.#isOutdated = false;
    if (frame) {
      this.#newest = frame.number;
      this.#frames.offer(frame);
    } else if (spendRate && !wasOutdated) {
      this.#store.setState({ spendRate });
    }
    if (wasOutdated) this.ask();
    else this.#askSoonUnlessShown(frame);
  }

  /** A window that is not in memory is read from the disk first: that takes no second. */
  #askSoonUnlessShown(answer: Frame | null): void {
    const { frame: shown, range } = this.#store.getState();
    const frame = answer ?? shown;
    if (frame === null || isSameRange(frame.range, range)) return;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.ask(), SOON_MS);
  }

  /** What was asked may never be answered: the next question is not held up by it. */
  giveUp(): void {
    this.#isAsking = false;
  }

  close(): void {
    clearTimeout(this.#soon);
    this.#frames.close();
  }
}
