import type { Permission } from '../../../alerts/permission.ts';

/** Why notifications are off, and what can be done about it. */
export const PERMISSION_WORDS: Readonly<Record<Permission, string>> = {
  granted: 'Off. The browser allows them.',
  default: 'Off. The browser will ask you.',
  denied:
    'This browser blocks them for this site. To undo that, open the site’s settings by the mark left of the address, allow notifications, and come back here.',
  unsupported: 'This browser has none.',
  insecure:
    'Browsers allow none over plain HTTP from another machine: open Burnrate by HTTPS, or on the server’s own machine.',
};
