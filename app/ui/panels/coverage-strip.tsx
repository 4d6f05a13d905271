import { useId } from 'react';
import { type CoveragePart, coverageParts, type KnownState } from '#core/time/coverage-parts.ts';
import type { Interval } from '#core/time/intervals.ts';
import { isNothingKnown } from '#core/time/known.ts';
import { ceilTo, FINEST_MS, type Resolution } from '#core/time/resolution.ts';
import { serverNowMs } from '../selectors.ts';
import type { PageState } from '../store.ts';
import { useTimeFormat } from '../time-format.ts';
import { usePage } from '../use-page.ts';
import { describePart, STATE_NAMES, summariseCoverage } from './coverage-words.ts';

/** Heights and places tell states apart without colour; so do the patterns. */
const ORDER = Object.keys(STATE_NAMES) as KnownState[]; // a record's keys are its type's
/** However short, an outage or a hole is seen. */
const LEAST_PX = 3;

interface CoverageProps {
  /** What the axis shows. */
  readonly span: Interval;
  /** What the numbers above it are made from. */
  readonly resolution: Resolution;
}

/** What is known of each moment of a time axis, as a strip as wide as its place. */
export function CoverageStrip({ span, resolution }: CoverageProps) {
  const parts = useParts(span, resolution);
  const format = useTimeFormat();
  const id = useId();
  if (parts.length === 0) return null;
  // The worst is drawn last: where it is wider than its time, it lies on top.
  const drawn = [...parts].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  return (
    <svg className="coverage" role="img" aria-label={summariseCoverage(parts, span, format)}>
      <Patterns id={id} />
      {drawn.map((part) => (
        <Part key={part.fromMs} part={part} span={span} id={id} />
      ))}
    </svg>
  );
}

/** What the marks of a strip mean; nothing while all of it came as it happened. */
export function CoverageLegend({ span, resolution }: CoverageProps) {
  const parts = useParts(span, resolution);
  const id = useId();
  const shown = ORDER.filter((state) => parts.some((part) => part.state === state));
  if (shown.every((state) => state === 'complete')) return null;
  return (
    <ul className="coverage-legend" aria-label="What the strip shows">
      {shown.map((state) => (
        <li key={state}>
          <svg className="coverage" aria-hidden="true">
            <Patterns id={id} />
            <rect
              className="coverage-part"
              data-state={state}
              width="100%"
              fill={fillOf(id, state)}
            />
          </svg>
          {STATE_NAMES[state]}
        </li>
      ))}
    </ul>
  );
}

interface PartProps {
  readonly part: CoveragePart;
  readonly span: Interval;
  readonly id: string;
}

function Part({ part, span, id }: PartProps) {
  const format = useTimeFormat();
  const percent = (ms: number) => (100 * ms) / (span.toMs - span.fromMs);
  const left = percent(part.fromMs - span.fromMs);
  const width = percent(part.toMs - part.fromMs);
  return (
    <rect
      className="coverage-part"
      data-state={part.state}
      fill={fillOf(id, part.state)}
      style={{
        x: `min(${left}%, 100% - ${LEAST_PX}px)`,
        width: `max(${width}%, ${LEAST_PX}px)`,
      }}
    >
      <title>{describePart(part, span, format)}</title>
    </rect>
  );
}

function Patterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}partial`} width="5" height="5" patternUnits="userSpaceOnUse">
        <path d="M-1 6 6 -1M-1 1 1 -1M4 6 6 4" className="coverage-hatch" />
      </pattern>
      <pattern id={`${id}missing`} width="4" height="8" patternUnits="userSpaceOnUse">
        <path d="M0 7h2" className="coverage-dash" />
      </pattern>
      <pattern id={`${id}outage`} width="3" height="8" patternUnits="userSpaceOnUse">
        <path d="M1 0v8" className="coverage-bar" />
      </pattern>
    </defs>
  );
}

/** Undefined: the style sheet fills it. */
function fillOf(id: string, state: KnownState): string | undefined {
  return state === 'complete' || state === 'back-filled' ? undefined : `url(#${id}${state})`;
}

/** None: nothing is told of it, as by a snapshot of an older build. */
function useParts(span: Interval, resolution: Resolution): readonly CoveragePart[] {
  const known = usePage((page) => page.frame?.known ?? null);
  const toMs = usePage((page) => Math.min(span.toMs, dueMs(page)));
  if (!known || isNothingKnown(known)) return [];
  return coverageParts(known, { ...span, toMs }, resolution);
}

/** What has not happened yet is not missing; nor is, while the server is heard, what is on its way. */
function dueMs(page: PageState): number {
  const knownToMs = page.frame?.known.coverage['5s'].at(-1)?.toMs ?? 0;
  if (page.connection.kind === 'live' && knownToMs > 0) return knownToMs;
  return Math.max(knownToMs, ceilTo(serverNowMs(page), FINEST_MS));
}
