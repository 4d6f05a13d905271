import { creditsCsv } from '#core/view/credits-csv.ts';
import type { UsedMessage } from '#core/view/credits.ts';
import { formatCount } from '../../format.ts';
import { EmptyPanel } from '../../panels/empty-panel.tsx';
import { saveFile } from '../../save-file.ts';
import { useTimeFormat } from '../../time-format.ts';
import { CreditsPanel } from './credits-panel.tsx';
import type { CreditsView } from './credits-view.ts';
import { MessageTable } from './message-table.tsx';
import type { ShowCredits } from './use-credits-view.ts';
import { useSortedMessages } from './use-sorted-messages.ts';
import '../../theme/messages.css';

interface MessagesPanelProps {
  readonly heardAtMs: number;
  /** Those that the view asks for, in the order of the server. */
  readonly messages: readonly UsedMessage[];
  /** Of the whole period. */
  readonly count: number;
  readonly view: CreditsView;
  readonly onShow: ShowCredits;
}

/** The messages one by one, to be searched, sorted and taken along. */
export function MessagesPanel({ heardAtMs, messages, count, view, onShow }: MessagesPanelProps) {
  const { sorted, buttons } = useSortedMessages(messages, view.sort, (sort) => onShow({ sort }));
  const save = () => {
    const content = new Blob([creditsCsv(sorted)], { type: 'text/csv' });
    saveFile(content, `burnrate-credits-${new Date(heardAtMs).toISOString().slice(0, 10)}.csv`);
  };
  const controls = (
    <>
      <p className="messages-count">
        {messages.length < count && `${formatCount(messages.length)} of `}
        {formatCount(count)}
      </p>
      {view.day !== null && <DayChip day={view.day} onClear={() => onShow({ day: null })} />}
      <div className="messages-tools">
        <input
          className="search"
          type="search"
          placeholder="Search reports"
          aria-label="Search by report name"
          data-shortcut="search"
          value={view.search}
          onChange={(event) => onShow({ search: event.target.value })}
        />
        <button
          type="button"
          className="time-button"
          disabled={messages.length === 0}
          onClick={save}
        >
          CSV
        </button>
      </div>
    </>
  );
  return (
    <CreditsPanel name="Messages" heardAtMs={heardAtMs} controls={controls}>
      {messages.length === 0 ? (
        <EmptyPanel title="No such message">
          {view.search === ''
            ? 'Nothing was asked on this day.'
            : `No report has “${view.search}” in its name${view.day === null ? '' : ' on this day'}.`}
        </EmptyPanel>
      ) : (
        <MessageTable messages={sorted} buttons={buttons} listName={JSON.stringify(view)} />
      )}
    </CreditsPanel>
  );
}

function DayChip({ day, onClear }: { day: string; onClear: () => void }) {
  const { zone, formatWeekday, formatDay } = useTimeFormat();
  // At noon it is that date, wherever clocks are set.
  const wallMs = Date.parse(`${day}T12:00:00Z`);
  const noonMs = wallMs - zone.offsetMsAt(wallMs);
  const text = `${formatWeekday(noonMs)} ${formatDay(noonMs)}`;
  return (
    <button
      type="button"
      className="chip"
      aria-label={`Show all days, not ${text} alone`}
      onClick={onClear}
    >
      {text} <span aria-hidden="true">×</span>
    </button>
  );
}
