// A program: saves one incident after the other in the folder it is told, decides about each, and says so.
import { anAckRequest, anIncident } from '#core/wire/testing/anomalies.ts';
import { openEmbeddedLedger } from '../open-ledger.ts';

const [, , folder = '', round = ''] = process.argv;
const opened = await openEmbeddedLedger(folder, 0);
if (!opened.ok) throw new Error(opened.reason);
const { ledger, warning } = opened;
if (warning !== null) throw new Error(warning);
for (let i = 0; ; i++) {
  const name = `${round}-${i}`;
  const state = new TextEncoder().encode(name);
  // Large enough for several pages, so that there is much to be interrupted in.
  const members = Array.from({ length: 200 }, () => anIncident().members).flat();
  await ledger.save('e', [anIncident({ id: name, members })], {
    atMs: 1_000_000 * Number(round) + i,
    state,
  });
  await ledger.decide(name, anAckRequest({ clientId: `click-${name}` }), i);
  process.stdout.write(`${name}\n`);
}
