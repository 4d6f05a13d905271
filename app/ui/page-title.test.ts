import { afterEach, describe, expect, it } from 'vitest';
import { aPageStore, NOW, setVisibility } from '#app/testing/page.tsx';
import { startPageTitle } from './page-title.ts';

const rateOf = (usdPerHour: number | null) => ({ windowMs: 60_000, coveredMs: 60_000, usdPerHour });
const later = (ms: number) => ({ wallMs: NOW.wallMs + ms, steadyMs: NOW.steadyMs + ms });

describe('the title of the page', () => {
  afterEach(() => {
    document.title = '';
  });

  it('U80 tells the spend rate while it is live, and changes calmly', () => {
    const store = aPageStore();
    const title = startPageTitle(store);
    store.setState({ connection: { kind: 'live', via: 'streaming' }, spendRate: rateOf(104_321) });
    expect(document.title).toBe('$104,321/h · Burnrate');
    store.setState({ spendRate: rateOf(99_000), now: later(4_999) });
    expect(document.title).toBe('$104,321/h · Burnrate');
    store.setState({ now: later(5_000) });
    expect(document.title).toBe('$99,000/h · Burnrate');
    title.close();
  });

  it('U80 tells nothing that is not known, or no longer live', () => {
    const store = aPageStore();
    const title = startPageTitle(store);
    store.setState({ connection: { kind: 'live', via: 'streaming' }, spendRate: rateOf(5_000) });
    store.setState({ connection: { kind: 'connecting' } });
    expect(document.title).toBe('Burnrate');
    store.setState({ connection: { kind: 'live', via: 'polling' }, spendRate: rateOf(null) });
    expect(document.title).toBe('Burnrate');
    title.close();
  });

  it('B23 names the pages that are not the live one, at once, and goes back to the rate', () => {
    const store = aPageStore({ route: 'credits' });
    const title = startPageTitle(store);
    expect(document.title).toBe('Credits · Burnrate');
    store.setState({ connection: { kind: 'live', via: 'streaming' }, spendRate: rateOf(104_321) });
    expect(document.title).toBe('Credits · Burnrate');
    store.setState({ route: 'settings' });
    expect(document.title).toBe('Settings · Burnrate');
    store.setState({ route: 'live' });
    expect(document.title).toBe('$104,321/h · Burnrate');
    title.close();
  });

  it('U156 counts in a hidden tab what nobody has dealt with, at once, and not while it is looked at', () => {
    const store = aPageStore();
    const title = startPageTitle(store);
    store.setState({ connection: { kind: 'live', via: 'streaming' }, spendRate: rateOf(98_120) });
    store.setState({ unattended: 3 });
    expect(document.title).toBe('$98,120/h · Burnrate');
    setVisibility('hidden');
    expect(document.title).toBe('(3) $98,120/h · Burnrate');
    store.setState({ unattended: 2 });
    expect(document.title).toBe('(2) $98,120/h · Burnrate');
    store.setState({ connection: { kind: 'paused', by: 'hidden' } });
    expect(document.title).toBe('(2) Burnrate');
    store.setState({ route: 'settings' });
    expect(document.title).toBe('(2) Settings · Burnrate');
    store.setState({ unattended: 0 });
    expect(document.title).toBe('Settings · Burnrate');
    store.setState({ unattended: 1 });
    setVisibility('visible');
    expect(document.title).toBe('Settings · Burnrate');
    title.close();
  });
});
