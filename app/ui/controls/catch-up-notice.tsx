import type { CatchUp } from '#app/protocol/messages.ts';
import { formatBytes, formatPercent } from '../format.ts';
import { usePage } from '../use-page.ts';

/** "Catching up 63 %, 2 of 3 MB" */
export function catchUpText({ share, gotBytes, expectedBytes }: CatchUp): string {
  const percent = `Catching up ${formatPercent(share)}`;
  if (expectedBytes === null) return percent;
  return `${percent}, ${formatBytes(gotBytes)} of ${formatBytes(expectedBytes)}`;
}

/** How far history has come that is being fetched, for those who pay for it by the byte. */
export function CatchUpNotice({ onCatchUp }: { onCatchUp: (isWanted: boolean) => void }) {
  const catchUp = usePage((page) => page.catchUp);
  const isLive = usePage((page) => page.connection.kind === 'live');
  if (!catchUp || catchUp.isCancelled || !isLive) return null;
  return (
    <div className="toast catch-up">
      <p>{catchUpText(catchUp)}</p>
      <progress aria-label="Catching up" value={catchUp.share} max={1} />
      <button type="button" onClick={() => onCatchUp(false)}>
        Cancel
      </button>
    </div>
  );
}
