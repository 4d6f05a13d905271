import type { CSSProperties } from 'react';
import type { ModelCost } from '#core/view/frame.ts';
import { useFilterActions } from '../filter-actions.ts';
import { formatShare, formatUsd } from '../format.ts';
import { usePage } from '../use-page.ts';
import { modelColour, modelName } from './model-colour.ts';

interface CostListProps {
  readonly costs: readonly ModelCost[];
  readonly totalUsd: number;
  readonly hasBars: boolean;
}

/** Every model with its cost and share, highest first; each is a button that filters by it. */
export function CostList({ costs, totalUsd, hasBars }: CostListProps) {
  const chosen = usePage((page) => page.filter.models);
  const { toggle } = useFilterActions();
  const mostUsd = Math.max(...costs.map(({ costUsd }) => costUsd));
  return (
    <ul className={hasBars ? 'costs costs-with-bars' : 'costs'}>
      {costs.map(({ model, costUsd }) => {
        const marks = { '--model': modelColour(model), '--length': ratio(costUsd, mostUsd) };
        return (
          <li key={model}>
            <button
              type="button"
              className="cost"
              aria-pressed={chosen.includes(model)}
              onClick={() => toggle('models', model)}
              style={marks as CSSProperties} // custom properties, which the type does not know
            >
              <span className="cost-model">{modelName(model)}</span>
              <span className="cost-usd">{formatUsd(costUsd)}</span>
              <span className="cost-share">{formatShare(ratio(costUsd, totalUsd))}</span>
              {hasBars && <span className="cost-bar" />}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
