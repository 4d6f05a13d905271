import { expect } from 'vitest';
import { Browser } from './browser.ts';
import type { FakeTab } from './fake-world.ts';
import { giveLedger, keptIncidents } from './incidents.ts';
import type { ScriptedLedger } from './scripted-ledger.ts';

export interface Scene {
  readonly browser: Browser;
  readonly ledger: ScriptedLedger;
  readonly tab: FakeTab;
}

/** A browser that knows three incidents, live. */
export async function aScene(): Promise<Scene> {
  const browser = new Browser();
  browser.world.startStreaming();
  const ledger = giveLedger(browser, ['a', 'b', 'c']);
  const tab = browser.openTab();
  await browser.live(5_000);
  return { browser, ledger, tab };
}

export const putsTo = ({ server }: Browser) =>
  server.asked.filter((path) => path.startsWith('PUT '));
export const told = (ledger: ScriptedLedger) =>
  ledger.arrived.map((one) => `${one.incidentId} ${one.state}`);

/** The server has these decisions, in this order and once, and the device knows it. */
export async function expectSettled(
  { browser, ledger }: Scene,
  decisions: string[],
): Promise<void> {
  expect(told(ledger)).toEqual(decisions);
  const { acks, outbox } = await keptIncidents(browser.disk);
  expect(outbox).toEqual([]);
  for (const ack of acks) expect(ack).toEqual(ledger.current(ack.incidentId));
  expect(acks.map((one) => one.incidentId).toSorted()).toEqual(
    [...new Set(decisions.map((one) => one.split(' ')[0]))].toSorted(),
  );
}

export function kill(server: Browser['server']): void {
  server.isUp = false;
  server.cutStreams();
}
