import type { ModelCost } from '#core/view/frame.ts';
import { useFilterActions } from '../filter-actions.ts';
import { formatShare, formatUsd } from '../format.ts';
import { modelColour, modelName } from './model-colour.ts';
import { donutParts } from './donut-parts.ts';

interface CostDonutProps {
  readonly costs: readonly ModelCost[];
  readonly totalUsd: number;
}

/** Units of the drawing. */
const SIZE = 120;
const RADIUS = 46;

/** The shares as a ring, clockwise from the top; its numbers and its keyboard are those of the list beside it. */
export function CostDonut({ costs, totalUsd }: CostDonutProps) {
  const { toggle } = useFilterActions();
  const [first] = costs;
  return (
    <svg className="donut" viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
      {donutParts(costs, totalUsd).map(({ model, from, length }) => (
        <circle
          key={model}
          className="donut-part"
          cx={SIZE / 2}
          cy={SIZE / 2}
          r={RADIUS}
          pathLength={1}
          stroke={modelColour(model)}
          strokeDasharray={`${length} 1`}
          strokeDashoffset={-from}
          onClick={() => toggle('models', model)}
        >
          <title>{modelName(model)}</title>
        </circle>
      ))}
      {first && totalUsd > 0 && (
        <>
          <text className="donut-share" x={SIZE / 2} y={SIZE / 2}>
            {formatShare(first.costUsd / totalUsd)}
          </text>
          <text className="donut-name" x={SIZE / 2} y={SIZE / 2 + 12}>
            {formatUsd(first.costUsd)}
          </text>
        </>
      )}
    </svg>
  );
}
