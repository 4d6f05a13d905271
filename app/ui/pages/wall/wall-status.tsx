import { connectionLabel } from '../../connection-label.ts';
import { AsOf } from '../../panels/as-of.tsx';
import { pageFreshness } from '../../selectors.ts';
import { useTimeFormat } from '../../time-format.ts';
import { usePage } from '../../use-page.ts';

/** How the figures come, and how old they are when they do not. */
export function WallStatus() {
  const connection = usePage((page) => page.connection);
  const now = usePage((page) => page.now);
  const isSilent = usePage((page) => page.isSilent);
  const freshness = usePage(pageFreshness);
  const { state, headline } = connectionLabel(connection, now, isSilent, useTimeFormat());
  return (
    <div className="wall-status" data-freshness={freshness}>
      <p className="badge" role="status" aria-label="Connection" data-state={state}>
        <span className="badge-headline">{headline}</span>
      </p>
      <AsOf />
    </div>
  );
}
