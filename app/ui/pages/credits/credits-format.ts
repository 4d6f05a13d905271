import { creditsOf } from '#core/billing/credits.ts';
import { wallAt, type Zone } from '#core/time/zone.ts';

const grouped = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** For a figure to be read: "1,234.50". */
export function formatCredits(hundredths: number): string {
  return grouped.format(creditsOf(hundredths));
}

/** For a cell of the table: "1234.50". */
export function formatCell(hundredths: number): string {
  return creditsOf(hundredths).toFixed(2);
}

/** "21-11-2026 14:03", as the clocks of the zone show it. */
export function formatTimestamp(atMs: number, zone: Zone): string {
  const wall = new Date(wallAt(zone, atMs)).toISOString();
  const [year, month, day] = wall.slice(0, wall.indexOf('T')).split('-').slice(-3);
  return `${day}-${month}-${year} ${wall.slice(-13, -8)}`;
}
