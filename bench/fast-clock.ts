/**
 * Lets a program live `pace` times as fast: its clocks run, and its timers ring, so much sooner. Sent as text into the server,
 * the page and its worker, so it uses nothing from outside; given the same `fromMs`, they agree on the time.
 * @param fromMs epoch ms at which fast and real time are the same
 * @param longestMs timers beyond it keep their length: in the server they are limits on real work
 */
function speedUp(fromMs: number, pace: number, longestMs: number): void {
  const world = globalThis as typeof globalThis & { isSpedUp?: boolean }; // a mark of our own
  if (world.isSpedUp === true) return;
  world.isSpedUp = true;

  const realNow = Date.now.bind(Date);
  const fast = (realMs: number) => fromMs + (realMs - fromMs) * pace;
  const now = () => Math.floor(fast(realNow()));
  world.Date = new Proxy(Date, {
    construct: (date, [...values]) =>
      Reflect.construct(date, values.length === 0 ? [now()] : values),
    get: (date, name) => (name === 'now' ? now : Reflect.get(date, name)),
  });

  const realSince = performance.now.bind(performance);
  const origin = fast(performance.timeOrigin);
  performance.now = () => realSince() * pace;
  Object.defineProperty(performance, 'timeOrigin', { value: origin });

  for (const name of ['setTimeout', 'setInterval'] as const) {
    const real = world[name] as (...values: unknown[]) => unknown; // two declarations of it are in sight, for Node and for pages
    const sped = (run: unknown, delayMs = 0, ...values: unknown[]) =>
      real(run, delayMs > longestMs ? delayMs : delayMs / pace, ...values);
    Object.assign(world, { [name]: sped });
  }
}

/** A script that begins with it lives `pace` times as fast. */
export function fastClock(fromMs: number, pace: number, longestMs = Infinity): string {
  // Functions are compiled here with a helper of this name.
  const helper = 'globalThis.__name ??= (named) => named;';
  return `${helper}(${speedUp.toString()})(${fromMs}, ${pace}, ${longestMs});\n`;
}
