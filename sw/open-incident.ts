/** Pages that show no live incidents: an imported file, and a screen on a wall. */
const OTHER_PAGES = new Set(['/evidence', '/wall']);

/** The part of `Clients` that is used here. */
export interface Pages {
  matchAll(options: ClientQueryOptions): Promise<readonly (Client | WindowClient)[]>;
  openWindow(url: string): Promise<WindowClient | null>;
}

/**
 * Brings a page of ours to the front and has it open the incident that a notification was about; opens a page if there is
 * none, or none that may be brought to the front.
 * @param data of the notification; whatever it is, the page is opened
 */
export async function openIncident(pages: Pages, data: unknown): Promise<void> {
  const id = firstIncidentOf(data);
  const all = await pages.matchAll({ type: 'window', includeUncontrolled: true });
  const windows = all.filter((one): one is WindowClient => 'focus' in one && isLive(one.url));
  const page = windows.find((one) => one.visibilityState === 'visible') ?? windows[0];
  try {
    if (!page) throw new Error('no page is open');
    await page.focus();
    if (id !== null) page.postMessage({ type: 'OPEN_INCIDENT', id });
  } catch {
    await pages.openWindow(id === null ? '/' : `/?incident=${encodeURIComponent(id)}`);
  }
}

function firstIncidentOf(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('incidents' in data)) return null;
  const [first]: unknown[] = Array.isArray(data.incidents) ? data.incidents : [];
  return typeof first === 'string' ? first : null;
}

function isLive(url: string): boolean {
  const { pathname, searchParams } = new URL(url);
  return !OTHER_PAGES.has(pathname) && searchParams.get('tv') !== '1';
}
