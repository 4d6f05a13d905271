import type { CreditsTotal } from '#core/view/credits.ts';
import { formatCount, formatShare } from '../../format.ts';
import { formatCredits } from './credits-format.ts';

interface CreditsTotalsProps {
  /** Of the messages that the table has. */
  readonly shown: CreditsTotal;
  /** Of the whole period. */
  readonly all: CreditsTotal;
  /** From the first message to the last. */
  readonly days: number;
}

/** What the shown messages used together, and what part of the period that is. */
export function CreditsTotals({ shown, all, days }: CreditsTotalsProps) {
  const { withReport } = shown;
  const isPart = shown.messages < all.messages;
  const share = shown.hundredths === 0 ? null : withReport.hundredths / shown.hundredths;
  return (
    <dl className="figures credits-figures">
      <Figure
        name="Credits used"
        value={formatCredits(shown.hundredths)}
        note={isPart ? `of ${formatCredits(all.hundredths)}` : `in ${days} days`}
      />
      <Figure
        name="Messages"
        value={formatCount(shown.messages)}
        note={isPart ? `of ${formatCount(all.messages)}` : `${perDay(shown.messages, days)} a day`}
      />
      <Figure
        name="By reports"
        value={formatCredits(withReport.hundredths)}
        note={
          share === null
            ? ''
            : `${formatShare(share)}, ${formatCount(withReport.messages)} messages`
        }
      />
      <Figure
        name="Mean of a message"
        value={
          shown.messages === 0 ? '–' : formatCredits(Math.round(shown.hundredths / shown.messages))
        }
        note="credits"
      />
    </dl>
  );
}

function perDay(messages: number, days: number): string {
  return (messages / days).toFixed(1);
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

function Figure({ name, value, note }: FigureProps) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd className="figure-value">{value}</dd>
      <dd className="figure-change">{note}</dd>
    </div>
  );
}
