import type { Page } from '@playwright/test';
import { parseAnomaliesReply } from '#core/wire/anomalies.ts';
import { Dashboard } from './dashboard.ts';
import { expect, test } from './fixtures.ts';

/** The first incident of the list, and what its button for it is called. */
function firstIncident(page: Page) {
  const list = page.getByRole('region', { name: 'Anomalies' }).getByRole('list', {
    name: 'Incidents',
  });
  const row = list.getByRole('listitem').first();
  return { row, acknowledge: row.getByRole('button', { name: 'Acknowledge' }) };
}

/** How often each decision is in the server's ledger, as `state by whom`. */
async function decisionsOf(url: string): Promise<readonly string[]> {
  const reply = parseAnomaliesReply(await (await fetch(`${url}/api/anomalies`)).json());
  return reply.ok ? reply.value.acks.map((ack) => `${ack.incidentId} ${ack.state}`) : [];
}

test.describe('incidents without a server', () => {
  test.use({ settings: { FLEET_INCIDENTS: 'now' } });

  test('S76 a decision made with the server dead survives the browser, reaches the server, and is seen elsewhere', async ({
    server,
    profile,
    otherProfile,
  }) => {
    test.setTimeout(300_000);
    let dashboard = new Dashboard(await profile.open(server.url));
    await expect(dashboard.badge).toHaveAttribute('data-state', 'streaming');
    await expect(firstIncident(dashboard.page).row).toBeVisible({ timeout: 120_000 });
    await dashboard.isKept();
    await server.kill();
    await expect(dashboard.badge).toHaveAttribute('data-state', 'waiting');

    const { row, acknowledge } = firstIncident(dashboard.page);
    const name = await row.getByRole('checkbox').getAttribute('aria-label');
    await acknowledge.click();
    const acknowledged = (page: Page) =>
      page
        .getByRole('region', { name: 'Anomalies' })
        .getByRole('listitem')
        .filter({ has: page.getByRole('checkbox', { name: name ?? '' }) })
        .and(page.locator('[data-state="acknowledged"]'))
        .first();
    await expect(acknowledged(dashboard.page)).toContainText('not sent yet');

    await profile.closeBrowser();
    dashboard = new Dashboard(await profile.open(server.url));
    await expect(acknowledged(dashboard.page)).toContainText('not sent yet');

    await server.start();
    await expect(acknowledged(dashboard.page)).not.toContainText('not sent yet', {
      timeout: 120_000,
    });
    expect(await decisionsOf(server.url)).toHaveLength(1);

    const other = await otherProfile.open(server.url);
    await expect(acknowledged(other)).toBeVisible({ timeout: 30_000 });
    await expect(acknowledged(other)).not.toContainText('not sent yet');
  });
});
