import { formatUsd, formatUsdCompact } from '../format.ts';
import { serverNowMs } from '../selectors.ts';
import { useServerStats } from '../server-stats.ts';
import { useTimeFormat } from '../time-format.ts';
import { usePage } from '../use-page.ts';

/**
 * What a day cost, as the server summed it up: so long a span is not always covered here.
 * @param isFiltered the rest of the page shows a slice, which this figure does not
 */
export function LastDay({ isFiltered }: { isFiltered: boolean }) {
  const stats = useServerStats('24h');
  const { formatMinute, formatOtherDay } = useTimeFormat();
  const isWall = usePage(({ route }) => route === 'wall');
  const date = usePage((page) =>
    stats === null
      ? null
      : `${formatOtherDay(stats.reply.to, serverNowMs(page))}${formatMinute(stats.reply.to)}`,
  );
  return (
    <div className="figure">
      <dt>Last 24 h</dt>
      <dd className="figure-value">
        {stats === null ? '—' : sumOf(stats.reply.totalCost, isWall)}
      </dd>
      <dd className="figure-source">
        {date === null ? 'no figure of the server yet' : `server’s figure, ${date}`}
        {isFiltered && date !== null && '; everything, not the slice'}
      </dd>
    </div>
  );
}

/** In the large type of a wall millions to the dollar would not fit. */
function sumOf(usd: number, isWall: boolean): string {
  return isWall && usd >= 1e6 ? formatUsdCompact(usd) : formatUsd(usd);
}
