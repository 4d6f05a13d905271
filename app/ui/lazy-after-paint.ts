import { type ComponentType, createElement, lazy } from 'react';
import { afterPaint } from './after-paint.ts';

/** The code of a part did not arrive. React would keep this for ever: a new try has to be asked for. */
export class LoadFailure extends Error {
  /** Asks for the code again; what is drawn after that has it. @throws what the browser says, if it fails again */
  readonly again: () => Promise<void>;

  constructor(cause: unknown, again: () => Promise<void>) {
    super('The code of this part could not be loaded', { cause });
    this.again = again;
  }
}

/** A part of the page whose code is read after the first paint, which it would hold up. */
export function lazyAfterPaint<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const again = async () => {
    current = await load();
  };
  let current: ComponentType<Props> = lazy(async () => {
    await afterPaint();
    try {
      return { default: await load() };
    } catch (cause) {
      throw new LoadFailure(cause, again);
    }
  });
  return (props: Props) => createElement(current, props);
}
