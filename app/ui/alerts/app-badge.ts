/** Puts a number on the icon of the installed app, where there is one; none for 0. */
export function setBadge(count: number): void {
  if (!('setAppBadge' in navigator)) return;
  const done = count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge();
  // A browser may have the method and refuse: without an installed app, or by policy.
  done.catch(() => undefined);
}
