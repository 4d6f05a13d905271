/** What the user and the browser have agreed on. */
export type Permission = NotificationPermission | 'unsupported' | 'insecure';

export function notificationPermission(): Permission {
  if (!window.isSecureContext) return 'insecure';
  const isSupported = 'Notification' in window && 'serviceWorker' in navigator;
  return isSupported ? Notification.permission : 'unsupported';
}

/** Asks the user, which browsers allow only as an answer to an act of theirs. */
export async function askPermission(): Promise<Permission> {
  if (notificationPermission() === 'default') await Notification.requestPermission();
  return notificationPermission();
}
