import { type ReactNode, Suspense, useState } from 'react';
import type { Anomaly } from '#core/wire/anomalies.ts';
import { formatDuration, formatUsd } from '../format.ts';
import { lazyAfterPaint } from '../lazy-after-paint.ts';
import { PanelBoundary } from '../panels/panel-boundary.tsx';
import { serverNowMs } from '../selectors.ts';
import { timeFormatOf } from '../time-format.ts';
import { usePage } from '../use-page.ts';
import { Contributors } from './contributors.tsx';
import { signedUsd, standingWords } from './incident-words.ts';
import { unusualWords } from './unusual-words.ts';
import type { ShownIncident } from './shown-incidents.ts';
import type { RowActs } from './use-incident-keys.ts';

const NoteDialog = lazyAfterPaint(async () => (await import('./note-dialog.tsx')).NoteDialog);

interface IncidentDetailsProps {
  readonly shown: ShownIncident;
  readonly acts: RowActs;
  readonly isActive: boolean;
}

/** All that is known of an incident, and all that can be done about it. */
export function IncidentDetails({ shown, acts, isActive }: IncidentDetailsProps) {
  const { anomaly, standing } = shown;
  const { explanation } = anomaly;
  return (
    <div className="incident-details">
      <MoreActs shown={shown} acts={acts} isActive={isActive} />
      {anomaly.outline && (
        <p className="incident-legend" aria-hidden="true">
          <span data-mark="actual">actual</span>
          <span data-mark="usual">usual</span>
          <span data-mark="band">expected</span>
        </p>
      )}
      {explanation && <Contributors explanation={explanation} />}
      {explanation && <Decomposition explanation={explanation} />}
      <dl className="incident-dl">
        {explanation && <Fact name="Usual at this hour">{levelWords(explanation)}</Fact>}
        <Fact name="How unusual">{unusualWords(anomaly)}</Fact>
        <Found anomaly={anomaly} />
        <Decided shown={shown} />
        {standing.note !== '' && (
          <Fact name="Note">
            <span className="incident-note">{standing.note}</span>
          </Fact>
        )}
      </dl>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const MICRO_USD_PER_USD = 1_000_000;

function levelWords(explanation: NonNullable<Anomaly['explanation']>): string {
  const { usualMicroUsdPerHour: usual, actualMicroUsdPerHour: actual } = explanation;
  const [before, now] = [usual, actual].map((one) => formatUsd(one / MICRO_USD_PER_USD));
  return `${before}/h; here ${now}/h.`;
}

const PARTS = [
  ['volume', 'more or fewer calls'],
  ['size', 'larger or smaller calls'],
  ['mix', 'other models'],
  ['price', 'other prices'],
] as const;

/** What the extra money comes from; the parts add up to it. */
function Decomposition({ explanation }: { explanation: NonNullable<Anomaly['explanation']> }) {
  const { decomposition } = explanation;
  const most = Math.max(1, ...PARTS.map(([part]) => Math.abs(decomposition[part])));
  return (
    <dl className="decomposition" aria-label="Where the extra money comes from">
      {PARTS.map(([part, words]) => (
        <div key={part} data-most={Math.abs(decomposition[part]) === most || undefined}>
          <dt>{words}</dt>
          <dd>{signedUsd(decomposition[part])}</dd>
        </div>
      ))}
    </dl>
  );
}

function Found({ anomaly }: { anomaly: Anomaly }) {
  const { foundMs, startMs } = anomaly;
  const at = usePage((page) => {
    const { formatOtherDay, formatTime } = timeFormatOf(page.zone);
    return `${formatOtherDay(foundMs, serverNowMs(page))}${formatTime(foundMs)}`;
  });
  return (
    <Fact name="Found">
      {at}, {formatDuration(Math.max(0, foundMs - startMs))} after it began.
    </Fact>
  );
}

function Decided({ shown }: { shown: ShownIncident }) {
  const words = usePage((page) =>
    standingWords(shown.standing, timeFormatOf(page.zone), serverNowMs(page)),
  );
  return <Fact name="Decided">{words === '' ? 'Nothing yet.' : `${words}.`}</Fact>;
}

/** What is done less often than acknowledging. */
function MoreActs({ shown, acts, isActive }: IncidentDetailsProps) {
  const [isNoting, setIsNoting] = useState(false);
  const { anomaly, present } = shown;
  const { id } = anomaly;
  const tabIndex = isActive ? 0 : -1;
  return (
    <div className="incident-acts">
      {present.state !== 'dismissed' && (
        <button
          type="button"
          tabIndex={tabIndex}
          onClick={() => acts.decide(id, { state: 'dismissed' })}
        >
          Dismiss
        </button>
      )}
      <button type="button" tabIndex={tabIndex} onClick={() => acts.askSnooze(id)}>
        Snooze…
      </button>
      <button
        type="button"
        tabIndex={tabIndex}
        aria-haspopup="dialog"
        onClick={() => setIsNoting(true)}
      >
        {present.note === '' ? 'Add a note…' : 'Change the note…'}
      </button>
      {isNoting && (
        <PanelBoundary name="The note">
          <Suspense fallback={null}>
            <NoteDialog
              note={present.note}
              onKeep={(note) => acts.decide(id, { note })}
              onClose={() => setIsNoting(false)}
            />
          </Suspense>
        </PanelBoundary>
      )}
    </div>
  );
}
