import { useState } from 'react';
import type { SpendRate as Rate } from '#core/view/frame.ts';
import { formatUsd } from '../format.ts';
import { readText, writeText } from '../device-storage.ts';
import { useTimeFormat } from '../time-format.ts';
import { usePage } from '../use-page.ts';
import { GaugeMaximum } from './gauge-maximum.tsx';
import { type GaugeScale, stepScale } from './gauge-scale.ts';
import { Gauge } from './gauge.tsx';
import { Headline, MissingHeadline } from './headline.tsx';
import { Panel } from './panel.tsx';

const MAXIMUM_KEY = 'burnrate.gauge-maximum';

/** What is being spent, per hour, over the last minute. */
export function SpendRate() {
  const rate = usePage((page) => page.spendRate);
  const atMs = usePage((page) => page.now.steadyMs);
  const [maximumUsd, setMaximumUsd] = useState(readMaximum);
  const chooseMaximum = (usd: number | null) => {
    setMaximumUsd(usd);
    writeText(MAXIMUM_KEY, String(usd ?? ''));
  };
  return (
    <Panel
      name="Spend rate"
      width="narrow"
      isEmpty={!rate}
      controls={<GaugeMaximum maximumUsd={maximumUsd} onChange={chooseMaximum} />}
    >
      {rate && <RateOverTime rate={rate} atMs={atMs} maximumUsd={maximumUsd} />}
    </Panel>
  );
}

interface RateOverTimeProps {
  readonly rate: Rate;
  readonly atMs: number;
  /** The user's end of the scale, US dollars per hour; null: automatic. */
  readonly maximumUsd: number | null;
}

function RateOverTime({ rate, atMs, maximumUsd }: RateOverTimeProps) {
  const { usdPerHour, windowMs, coveredMs } = rate;
  const scale = useGaugeScale(usdPerHour, atMs);
  const endMs = usePage((page) => page.range.endMs);
  const { formatKnown, formatWindow } = useTimeFormat();
  return (
    <>
      {usdPerHour === null ? (
        <MissingHeadline note={formatKnown(windowMs, coveredMs, endMs)} />
      ) : (
        <Headline
          value={formatUsd(usdPerHour)}
          unit="per hour"
          note={`over ${formatWindow(windowMs, coveredMs, endMs)}`}
        />
      )}
      <Gauge usdPerHour={usdPerHour} maxUsdPerHour={maximumUsd ?? scale?.maxUsdPerHour ?? null} />
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

/** What was chosen on an earlier visit; what is no amount counts as automatic. */
function readMaximum(): number | null {
  const usd = Number(readText(MAXIMUM_KEY) ?? '');
  return Number.isFinite(usd) && usd > 0 ? usd : null;
}
