import type { ModelCost } from '#core/view/frame.ts';

/** One arc of a ring, in turns: 0 is the start, 1 once around. */
export interface DonutPart {
  readonly model: string;
  readonly from: number;
  readonly length: number;
}

/** Between two arcs, in turns. */
const GAP = 0.006;

/** The shares one after another; an arc that the gap would swallow is left out. */
export function donutParts(costs: readonly ModelCost[], totalUsd: number): readonly DonutPart[] {
  if (totalUsd === 0) return [];
  const gap = costs.length === 1 ? 0 : GAP;
  let from = 0;
  return costs.flatMap(({ model, costUsd }): DonutPart[] => {
    const share = costUsd / totalUsd;
    const part = { model, from: from + gap / 2, length: share - gap };
    from += share;
    return part.length > 0 ? [part] : [];
  });
}
