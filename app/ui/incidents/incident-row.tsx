import { type ChangeEvent, memo } from 'react';
import { lazyAfterPaint } from '../lazy-after-paint.ts';
import { serverNowMs } from '../selectors.ts';
import { timeFormatOf } from '../time-format.ts';
import { usePage } from '../use-page.ts';
import { IncidentChart } from './incident-chart.tsx';
import {
  ageWords,
  KIND_WORDS,
  moneyWords,
  sentenceOf,
  standingWords,
  STATE_WORDS,
  whoOf,
} from './incident-words.ts';
import { LaterPart } from './later-part.tsx';
import { SeverityMark } from './severity-mark.tsx';
import { pastMsOf, type ShownIncident } from './shown-incidents.ts';
import type { RowActs } from './use-incident-keys.ts';

const IncidentDetails = lazyAfterPaint(
  async () => (await import('./incident-details.tsx')).IncidentDetails,
);
const SnoozeChoices = lazyAfterPaint(
  async () => (await import('./snooze-choices.tsx')).SnoozeChoices,
);

interface IncidentRowProps {
  readonly shown: ShownIncident;
  /** In the list, from 0, and how many there are: not all are drawn. */
  readonly place: number;
  readonly count: number;
  readonly startPx: number;
  readonly measure: (row: Element | null) => void;
  /** The one that Tab leads to. */
  readonly isActive: boolean;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  readonly isSnoozing: boolean;
  readonly acts: RowActs;
}

/** One incident: what is the matter, and what is done about it most; all the rest when it is open. */
export const IncidentRow = memo((props: IncidentRowProps) => {
  const { shown, place, count, startPx, measure, isActive, isOpen, isSnoozing, acts } = props;
  const { anomaly, standing } = shown;
  const { id } = anomaly;
  return (
    <div
      ref={measure}
      role="listitem"
      className="incident"
      aria-posinset={place + 1}
      aria-setsize={count}
      data-index={place}
      data-state={standing.state}
      data-severity={anomaly.severity}
      style={{ transform: `translateY(${startPx}px)` }}
    >
      <RowHead {...props} />
      {isSnoozing && (
        <LaterPart name="The choices to snooze it">
          <SnoozeChoices
            onChoose={(untilMs) => acts.decide(id, { state: 'snoozed', untilMs })}
            onCancel={() => acts.askSnooze(null)}
          />
        </LaterPart>
      )}
      {isOpen && (
        <LaterPart name="What is known of the incident">
          <IncidentDetails shown={shown} acts={acts} isActive={isActive} />
        </LaterPart>
      )}
    </div>
  );
});

function RowHead({ shown, isActive, isOpen, isSelected, acts }: IncidentRowProps) {
  const { anomaly, present } = shown;
  const { id, kind, severity } = anomaly;
  const tabIndex = isActive ? 0 : -1;
  const select = ({ nativeEvent }: ChangeEvent) => {
    const isRange = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
    acts.toggleSelected(id, isRange);
  };
  return (
    <div className="incident-head">
      <input
        type="checkbox"
        className="incident-check"
        aria-label={`Select ${KIND_WORDS[kind]} of ${whoOf(anomaly)}`}
        tabIndex={tabIndex}
        checked={isSelected}
        onChange={select}
      />
      <button
        type="button"
        className="incident-open"
        tabIndex={tabIndex}
        aria-expanded={isOpen}
        onClick={() => acts.toggleOpen(id)}
      >
        <span className="incident-what">
          <SeverityMark severity={severity} /> {KIND_WORDS[kind]}
          <span className="incident-who"> {whoOf(anomaly)}</span>
        </span>
        <span className="incident-sentence"> {sentenceOf(anomaly)}</span>
      </button>
      <IncidentChart anomaly={anomaly} />
      <p className="incident-facts">
        <span className="incident-money">{moneyWords(anomaly)}</span>
        <Age shown={shown} />
        <StandingNote shown={shown} />
      </p>
      <button
        type="button"
        className="incident-act"
        tabIndex={tabIndex}
        onClick={() =>
          acts.decide(id, { state: present.state === 'open' ? 'acknowledged' : 'open' })
        }
      >
        {present.state === 'open' ? 'Acknowledge' : 'Open again'}
      </button>
    </div>
  );
}

function Age({ shown }: { shown: ShownIncident }) {
  const words = usePage((page) => ageWords(shown.anomaly, pastMsOf(page) ?? serverNowMs(page)));
  return <span className="incident-age"> {words}</span>;
}

/** Who decided what, and whether the server knows it; nothing of an incident that is just open. */
function StandingNote({ shown }: { shown: ShownIncident }) {
  const { standing, present } = shown;
  const words = usePage((page) =>
    standingWords(standing, timeFormatOf(page.zone), serverNowMs(page)),
  );
  const since =
    present.state === standing.state ? '' : `now ${STATE_WORDS[present.state].toLowerCase()}`;
  const parts = [words, since, present.isPending ? 'not sent yet' : ''].filter((one) => one !== '');
  if (parts.length === 0) return null;
  return <span className="incident-standing">{parts.join(' · ')}</span>;
}
