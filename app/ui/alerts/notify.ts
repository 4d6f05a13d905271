import type { Anomaly } from '#core/wire/anomalies.ts';
import { type NoticeData, noticeOf } from './notices.ts';

/** Shows one notification of incidents, where the browser still takes it. @param anomalies the gravest first; at least one */
export async function notify(anomalies: readonly Anomaly[]): Promise<void> {
  const { title, options } = noticeOf(anomalies);
  try {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.showNotification(title, options);
  } catch {
    // The permission was taken back meanwhile.
  }
}

/** Closes the notifications of which no incident is left to be told of. @param isLeft by id */
export async function closeNotices(isLeft: (id: string) => boolean): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  for (const shown of (await registration?.getNotifications()) ?? []) {
    const data = shown.data as Partial<NoticeData> | null; // ours, or of nobody who gives any
    if (data?.incidents && !data.incidents.some(isLeft)) shown.close();
  }
}
