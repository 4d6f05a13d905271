import { type ComponentType, createElement, lazy } from 'react';
import { afterPaint } from './after-paint.ts';

/** The code of a part did not arrive. React would keep this for ever: a new try has to be asked for. */
export class LoadFailure extends Error {
  readonly forget: () => void;

  /** @param forget lets the next drawing of the part ask for its code again */
  constructor(cause: unknown, forget: () => void) {
    super('The code of this part could not be loaded', { cause });
    this.forget = forget;
  }
}

/** A part of the page whose code is read after the first paint, which it would hold up. */
export function lazyAfterPaint<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const begin = (): ComponentType<Props> =>
    lazy(async () => {
      await afterPaint();
      try {
        return { default: await load() };
      } catch (cause) {
        throw new LoadFailure(cause, () => {
          current = begin();
        });
      }
    });
  let current = begin();
  return (props: Props) => createElement(current, props);
}
