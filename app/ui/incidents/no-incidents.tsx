import { useLiveQuery } from 'dexie-react-hooks';
import { pageDatabase } from '../page-database.ts';
import { EmptyPanel } from '../panels/empty-panel.tsx';
import { pastMsOf } from './shown-incidents.ts';
import { useTimeFormat } from '../time-format.ts';
import { usePage } from '../use-page.ts';

interface NoIncidentsProps {
  /** There are some, but none like those that are wanted. */
  readonly isFiltered: boolean;
  readonly onShowAll: () => void;
}

/** Why there is nothing to list: nothing happened, nothing was heard, or nothing can be kept. */
export function NoIncidents({ isFiltered, onShowAll }: NoIncidentsProps) {
  const isKept = usePage((page) => page.storage?.kind !== 'memory-only');
  const pastMs = usePage(pastMsOf);
  const { formatMinute } = useTimeFormat();
  const isHeard = useLiveQuery(isLedgerHeard);
  if (isFiltered) {
    return (
      <>
        <EmptyPanel title="None like that">
          No incident is of that state, severity and kind.
        </EmptyPanel>
        <button type="button" className="incidents-all" onClick={onShowAll}>
          Show all
        </button>
      </>
    );
  }
  if (!isKept) {
    return (
      <EmptyPanel title="Incidents cannot be kept here">
        This browser’s storage does not work, so that incidents and what is decided about them have
        no place. The charts go on.
      </EmptyPanel>
    );
  }
  if (isHeard === undefined) return null;
  if (!isHeard) {
    return (
      <EmptyPanel title="Not heard from yet">
        No server has told this device of incidents so far. They come with the connection.
      </EmptyPanel>
    );
  }
  const when = pastMs === null ? 'in the last 24\u00a0h' : `by ${formatMinute(pastMs)}`;
  return (
    <EmptyPanel title={`Nothing out of the ordinary ${when}`}>
      Watched minute by minute: spend, tokens, calls, latency and price per token of everything, and
      of each tenant, model and customer. A server that is new needs some seconds to watch the last
      day first.
    </EmptyPanel>
  );
}

/** A cache that cannot be read has heard nothing. */
async function isLedgerHeard(): Promise<boolean> {
  const row = await pageDatabase?.meta.get('ledger').catch(() => undefined);
  return row !== undefined;
}
