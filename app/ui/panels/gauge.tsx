import type { CSSProperties } from 'react';
import { formatUsd, formatUsdCompact } from '../format.ts';
import { needleDegrees } from './gauge-scale.ts';

interface GaugeProps {
  /** Null: not known. */
  readonly usdPerHour: number | null;
  /** End of the scale; null: no rate was ever seen. */
  readonly maxUsdPerHour: number | null;
}

/** Parts of the scale, as shares of it, calm to hot. */
const ZONES = [
  { name: 'calm', from: 0, to: 0.6 },
  { name: 'warm', from: 0.6, to: 0.85 },
  { name: 'hot', from: 0.85, to: 1 },
] as const;
const ZONE_GAP_DEGREES = 1.2;
const TICKS = [0.25, 0.5, 0.75];

/** Lengths are in units of the drawing, which is 240 wide and 140 high. */
const CENTRE = { x: 120, y: 120 };
const RADIUS = 100;
const TICK_FROM = 84;
const TICK_TO = 88;
const LABEL_Y = 136;

/** A needle over a half circle, from 0 on the left to the maximum on the right. */
export function Gauge({ usdPerHour, maxUsdPerHour }: GaugeProps) {
  const isKnown = usdPerHour !== null && maxUsdPerHour !== null;
  const turn = { '--turn': isKnown ? `${needleDegrees(usdPerHour, maxUsdPerHour)}deg` : '-90deg' };
  const label = isKnown
    ? `${formatUsd(usdPerHour)} per hour on a scale that ends at ${formatUsdCompact(maxUsdPerHour)}`
    : 'No reading';
  return (
    <svg className="gauge" viewBox="0 0 240 140" role="img" aria-label={label}>
      {ZONES.map((zone) => (
        <path key={zone.name} className={`gauge-zone gauge-zone-${zone.name}`} d={arcOf(zone)} />
      ))}
      {TICKS.map((share) => (
        <path key={share} className="gauge-tick" d={tickAt(share)} />
      ))}
      <text className="gauge-label" x={CENTRE.x - RADIUS} y={LABEL_Y}>
        {formatUsdCompact(0)}
      </text>
      <text className="gauge-label" x={CENTRE.x + RADIUS} y={LABEL_Y}>
        {maxUsdPerHour !== null && formatUsdCompact(maxUsdPerHour)}
      </text>
      {isKnown && (
        <path
          className="gauge-needle"
          style={turn as CSSProperties} // a custom property, which the type does not know
          d="M120 38 124 120a4 4 0 0 1-8 0z"
        />
      )}
      <circle className="gauge-hub" cx={CENTRE.x} cy={CENTRE.y} r="7" />
    </svg>
  );
}

function tickAt(share: number): string {
  const inner = pointAt(share * 180, TICK_FROM);
  const outer = pointAt(share * 180, TICK_TO);
  return `M${inner.x} ${inner.y}L${outer.x} ${outer.y}`;
}

function arcOf({ from, to }: { from: number; to: number }): string {
  const start = pointAt(from * 180 + (from === 0 ? 0 : ZONE_GAP_DEGREES), RADIUS);
  const end = pointAt(to * 180 - (to === 1 ? 0 : ZONE_GAP_DEGREES), RADIUS);
  return `M${start.x} ${start.y}A${RADIUS} ${RADIUS} 0 0 1 ${end.x} ${end.y}`;
}

/** @param degrees 0 is left, 90 up, 180 right */
function pointAt(degrees: number, radius: number): { x: number; y: number } {
  const radians = (degrees * Math.PI) / 180;
  return {
    x: round(CENTRE.x - radius * Math.cos(radians)),
    y: round(CENTRE.y - radius * Math.sin(radians)),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
