import type { Frame } from '#core/view/frame.ts';
import { formatUsd } from '../format.ts';
import { useFrameInTurn } from '../frame-turn.ts';
import { useRememberedChoice } from '../remembered-choice.ts';
import { useTimeFormat } from '../time-format.ts';
import { CostDonut } from './cost-donut.tsx';
import { CostList } from './cost-list.tsx';
import { EmptyPanel } from './empty-panel.tsx';
import { Headline, MissingHeadline } from './headline.tsx';
import { Panel } from './panel.tsx';
import { ViewSwitch } from './view-switch.tsx';

const VIEWS = { bars: 'Bars', donut: 'Donut' } as const;

/** What each model cost over the window; a click shows that model alone. */
export function CostByModel() {
  const frame = useFrameInTurn('Cost by model');
  const [view, setView] = useRememberedChoice('burnrate.cost-view', ['bars', 'donut']);
  return (
    <Panel
      name="Cost by model"
      width="quarter"
      isEmpty={!frame}
      controls={<ViewSwitch name="Cost by model as" views={VIEWS} view={view} onChange={setView} />}
    >
      {frame && <Costs frame={frame} view={view} />}
    </Panel>
  );
}

function Costs({ frame, view }: { frame: Frame; view: keyof typeof VIEWS }) {
  const { costByModel: costs, windowMs, coveredMs, range } = frame;
  const { formatKnown, formatWindow } = useTimeFormat();
  if (coveredMs === 0)
    return <MissingHeadline note={formatKnown(windowMs, coveredMs, range.endMs)} />;
  if (costs.length === 0) {
    return (
      <EmptyPanel title="No model was used">
        Nothing ran in {formatWindow(windowMs, coveredMs, range.endMs)}. What runs next shows up
        here by itself.
      </EmptyPanel>
    );
  }
  const totalUsd = costs.reduce((sum, { costUsd }) => sum + costUsd, 0);
  return (
    <>
      <Headline
        value={formatUsd(totalUsd)}
        unit={costs.length === 1 ? 'for 1 model' : `for ${costs.length} models`}
        note={`in ${formatWindow(windowMs, coveredMs, range.endMs)}`}
      />
      {view === 'donut' && <CostDonut costs={costs} totalUsd={totalUsd} />}
      <CostList costs={costs} totalUsd={totalUsd} hasBars={view === 'bars'} />
    </>
  );
}
