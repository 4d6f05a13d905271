import { type ComponentType, lazy } from 'react';
import { afterPaint } from './after-paint.ts';

/** A part of the page whose code is read after the first paint, which it would hold up. */
export function lazyAfterPaint<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => {
    await afterPaint();
    return { default: await load() };
  });
}
