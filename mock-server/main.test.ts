import { describe, expect, it } from 'vitest';
import { healthReplySchema } from '#core/wire/health.ts';
import { addressOf, spawnServer } from './testing/spawned-server.ts';

describe('the server as a process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'O22 prints where it is, and stops with 0 on %s while a connection is open',
    async (signal) => {
      const server = spawnServer({});
      const address = await addressOf(server);
      const health: unknown = await (await fetch(`${address}/api/health`)).json();
      expect(healthReplySchema.parse(health).build).toBe('dev');
      server.child.kill(signal);
      server.child.kill(signal);
      expect(await server.ended).toBe(0);
      expect(server.output.err).toBe('');
      expect(server.output.out.trim().split('\n')).toHaveLength(1);
    },
    20_000,
  );

  it('O23 ends with 1 and one line when its port is taken', async () => {
    const address = await addressOf(spawnServer({}));
    const { port } = new URL(address);
    const second = spawnServer({ PORT: port });
    expect(await second.ended).toBe(1);
    expect(second.output).toEqual({
      out: '',
      err: `Burnrate cannot start: Port ${port} is taken: stop what uses it, or set PORT to another.\n`,
    });
  }, 60_000);

  it('O21 ends with 1 and one line when a setting or the trace cannot be used', async () => {
    const typo = spawnServer({ FLEET_CUSTOMERS: 'many' });
    const missing = spawnServer({ SOURCE: 'trace', TRACE_FILE: 'none.csv' });
    expect(await typo.ended).toBe(1);
    expect(typo.output.err).toBe(
      'Burnrate cannot start: FLEET_CUSTOMERS is "many": give a whole number from 1 to 5000.\n',
    );
    expect(await missing.ended).toBe(1);
    expect(missing.output.err).toBe(
      'Burnrate cannot start: TRACE_FILE is "none.csv": there is no such file: give the path of a CSV file.\n',
    );
  }, 20_000);
});
