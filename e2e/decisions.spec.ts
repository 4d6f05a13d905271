import type { Locator, Page } from '@playwright/test';
import { parseAnomaliesReply } from '#core/wire/anomalies.ts';
import { expect, test } from './fixtures.ts';

const FIRST_INCIDENT_MS = 120_000;

function incidentsOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Anomalies' }).getByRole('listitem');
}

/** The incident of that name, as a page lists it. */
function named(page: Page, name: string): Locator {
  return incidentsOf(page).filter({ has: page.getByRole('checkbox', { name, exact: true }) });
}

/** What counts by the server's ledger. */
async function decisionsOf(url: string): Promise<readonly string[]> {
  const reply = parseAnomaliesReply(await (await fetch(`${url}/api/anomalies`)).json());
  return reply.ok ? reply.value.acks.map((ack) => ack.state) : [reply.reason];
}

test.describe('two people and one incident', () => {
  test.use({ settings: { FLEET_INCIDENTS: 'now' } });

  test('S76 a decision of any tab is at the server and in the other browser at once, and who is overruled there is told', async ({
    server,
    profile,
    otherProfile,
  }) => {
    test.setTimeout(300_000);
    const leader = await profile.open(server.url);
    await expect(incidentsOf(leader).first()).toBeVisible({ timeout: FIRST_INCIDENT_MS });
    const checkbox = incidentsOf(leader).first().getByRole('checkbox');
    const name = (await checkbox.getAttribute('aria-label')) ?? '';
    const follower = await profile.open(server.url);
    const other = await otherProfile.open(server.url);
    await expect(named(other, name).first()).toBeVisible();

    await named(follower, name).first().getByRole('button', { name: 'Acknowledge' }).click();
    await expect.poll(() => decisionsOf(server.url)).toEqual(['acknowledged']);
    for (const page of [leader, follower, other]) {
      const acknowledged = named(page, name).and(page.locator('[data-state="acknowledged"]'));
      await expect(acknowledged).toHaveCount(1);
      await expect(acknowledged).not.toContainText('not sent yet');
    }

    await named(other, name).getByRole('button', { name: 'Open again' }).first().click();
    await expect.poll(() => decisionsOf(server.url)).toEqual(['open']);
    for (const page of [leader, follower]) {
      const told = page.getByRole('list', { name: 'What became of your decisions' });
      await expect(told.getByRole('listitem')).toHaveCount(1);
      await expect(told).toContainText(/opened this at .* after you acknowledged it/);
    }
    await expect(other.getByRole('list', { name: 'What became of your decisions' })).toHaveCount(0);
  });
});
