const PATHS = {
  play: 'M5 3 13 8 5 13z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  'step-back': 'M11 3v10L4.5 8zM3 3h1.5v10H3z',
  'step-on': 'M5 3v10l6.5-5zM11.5 3H13v10h-1.5z',
  back: 'M8 3v10L2 8zM14 3v10L8 8z',
  on: 'M2 3v10l6-5zM8 3v10l6-5z',
} as const;

export type PlaybackSign = keyof typeof PATHS;

/** The signs of players of films and music. */
export function PlaybackIcon({ sign }: { sign: PlaybackSign }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[sign]} />
    </svg>
  );
}
