/** Resolves when what has been drawn by now is on screen; at once on a page that nobody sees. */
export function afterPaint(): Promise<void> {
  if (document.visibilityState === 'hidden') return Promise.resolve();
  // A frame's callbacks run before it is painted, and timers after.
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
