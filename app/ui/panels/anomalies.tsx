import { usePage } from '../use-page.ts';
import { EmptyPanel } from './empty-panel.tsx';
import { Panel } from './panel.tsx';

/** The place of what is out of the ordinary; this version does not look for it yet, and says so. */
export function Anomalies() {
  const isEmpty = usePage((page) => page.frame === null);
  return (
    <Panel name="Anomalies" width="quarter" isEmpty={isEmpty}>
      <EmptyPanel title="Not watched yet">
        This version does not look for anomalies. Sort the customers by spend, or click one, to see
        what drives the rate.
      </EmptyPanel>
    </Panel>
  );
}
