/** Where no button can do it. */
export const INSTALL_BY_HAND = {
  share: 'Press Share, then “Add to Home Screen”.',
  dock: 'Choose File, then “Add to Dock”.',
} as const;
