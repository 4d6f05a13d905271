/** How this browser can make an app of the page. */
export type InstallWay =
  /** It asks by itself when it is told to. */
  | 'prompt'
  /** iPhone and iPad: by hand, in the menu for sharing. */
  | 'share'
  /** Safari on a Mac: by hand, in the menu of the window. */
  | 'dock'
  /** It may have something in a menu of its own, or nothing at all. */
  | 'unknown'
  /** Over plain HTTP no browser does. */
  | 'insecure'
  | 'installed';

/** What Chromium sends when it could install the app; no standard has it. */
export interface InstallPrompt extends Event {
  /** Once for each event. @returns when the user has said what they want */
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

const SAFARI = /Macintosh.*Version\/[\d.]+ Safari\//;

/** @param hasPrompt the browser has said that it could install the app */
export function installWay(hasPrompt: boolean): InstallWay {
  if (isInstalled()) return 'installed';
  if (!window.isSecureContext) return 'insecure';
  if (hasPrompt) return 'prompt';
  // Only there on an iPhone or iPad, which calls itself a Macintosh.
  if ('standalone' in navigator) return 'share';
  return SAFARI.test(navigator.userAgent) ? 'dock' : 'unknown';
}

/** The page runs in a window of its own. */
function isInstalled(): boolean {
  const modes = ['standalone', 'window-controls-overlay', 'minimal-ui'];
  const isOwnWindow = modes.some((mode) => matchMedia(`(display-mode: ${mode})`).matches);
  return isOwnWindow || ('standalone' in navigator && navigator.standalone === true);
}
