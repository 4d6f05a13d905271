import { useState } from 'react';
import type { SpendRate as Rate } from '#core/view/frame.ts';
import { formatKnown, formatUsd, formatWindow } from '../format.ts';
import { usePage } from '../use-page.ts';
import { type GaugeScale, stepScale } from './gauge-scale.ts';
import { Gauge } from './gauge.tsx';
import { Headline, MissingHeadline } from './headline.tsx';
import { Panel } from './panel.tsx';

/** What is being spent, per hour, over the last minute. */
export function SpendRate() {
  const rate = usePage((page) => page.spendRate);
  const atMs = usePage((page) => page.now.steadyMs);
  return (
    <Panel name="Spend rate" width="narrow" isEmpty={!rate}>
      {rate && <RateOverTime rate={rate} atMs={atMs} />}
    </Panel>
  );
}

function RateOverTime({ rate, atMs }: { rate: Rate; atMs: number }) {
  const { usdPerHour, windowMs, coveredMs } = rate;
  const scale = useGaugeScale(usdPerHour, atMs);
  return (
    <>
      {usdPerHour === null ? (
        <MissingHeadline note={formatKnown(windowMs, coveredMs)} />
      ) : (
        <Headline
          value={formatUsd(usdPerHour)}
          unit="per hour"
          note={`over ${formatWindow(windowMs, coveredMs)}`}
        />
      )}
      <Gauge usdPerHour={usdPerHour} maxUsdPerHour={scale?.maxUsdPerHour ?? null} />
    </>
  );
}

/** The scale depends on the rates before this one: it is stepped while drawing, once per new rate. */
function useGaugeScale(usdPerHour: number | null, atMs: number): GaugeScale | null {
  const [scale, setScale] = useState<GaugeScale | null>(null);
  const next = usdPerHour === null ? scale : stepScale(scale, usdPerHour, atMs);
  if (next !== scale) setScale(next);
  return next;
}
