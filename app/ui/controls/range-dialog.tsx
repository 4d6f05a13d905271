import { Dialog } from '@ark-ui/react/dialog';
import { Portal } from '@ark-ui/react/portal';
import { useRef, useState } from 'react';
import { offsetName } from '#core/time/zone.ts';
import { serverNowMs } from '../selectors.ts';
import type { PageState } from '../store.ts';
import { useTimeActions } from '../time-actions.ts';
import { type TimeFormat, useTimeFormat } from '../time-format.ts';
import {
  type End,
  quickRanges,
  readTypedRange,
  type TypedInstant,
  typedInstant,
  type TypedRange,
} from '../typed-range.ts';
import { usePage, usePageStore } from '../use-page.ts';
import { RangeCalendar } from './range-calendar.tsx';
import { RangeEnd } from './range-end.tsx';
import { RangeVerdict } from './range-verdict.tsx';
import '../theme/range.css';

export interface RangeDialogProps {
  /** What was typed before and not shown; null: what is on screen is the beginning. */
  readonly draft: TypedRange | null;
  readonly onDraft: (draft: TypedRange | null) => void;
  readonly onClose: () => void;
}

const NOTHING: Readonly<Record<End, boolean>> = { from: false, to: false };

/** Any stretch of the past, by calendar, by typing or by name, in the zone of the page. */
export function RangeDialog({ draft, onDraft, onClose }: RangeDialogProps) {
  const store = usePageStore();
  const format = useTimeFormat();
  const nowMs = usePage(serverNowMs);
  const { zoom } = useTimeActions();
  const [typed, setTyped] = useState(() => draft ?? shownRange(store.getState(), format));
  /** Whoever is still typing is not told that it is wrong. */
  const [isLeft, setLeft] = useState(NOTHING);
  const first = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const range = readTypedRange(typed, format.zone, nowMs);
  const change = (next: TypedRange) => {
    setTyped(next);
    onDraft(next);
  };
  const show = (wanted: TypedRange) => {
    change(wanted);
    const read = readTypedRange(wanted, format.zone, nowMs);
    if (!read.ok) {
      setLeft({ from: true, to: true });
      const wrong = read.from === null && read.to !== null ? 'to' : 'from';
      form.current?.querySelector<HTMLInputElement>(`[name="${wrong}-date"]`)?.focus();
      return;
    }
    zoom(read.fromMs, read.toMs);
    onDraft(null);
    onClose();
  };
  const endProps = (end: End) => ({
    end,
    value: typed[end],
    problem: !range.ok && isLeft[end] ? range[end] : null,
    onChange: (value: TypedInstant) => change({ ...typed, [end]: value }),
    onLeave: () => setLeft((left) => ({ ...left, [end]: true })),
  });
  return (
    <Dialog.Root
      open
      initialFocusEl={() => first.current}
      onOpenChange={({ open }) => open || onClose()}
    >
      <Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Positioner className="dialog-place">
          <Dialog.Content className="dialog range-dialog">
            <Dialog.Title>Custom time range</Dialog.Title>
            <p className="range-zone">
              Times in {format.zone.name} (UTC{offsetName(format.zone.offsetMsAt(nowMs))})
            </p>
            <QuickChoices format={format} nowMs={nowMs} onChoose={show} />
            <form
              ref={form}
              className="range-form"
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                show(typed);
              }}
            >
              <RangeEnd {...endProps('from')} inputRef={first} />
              <RangeEnd {...endProps('to')} />
              <RangeVerdict range={range} />
              <RangeCalendar typed={typed} zone={format.zone} nowMs={nowMs} onChange={change} />
              <div className="range-actions">
                <Dialog.CloseTrigger type="button">Cancel</Dialog.CloseTrigger>
                <button type="submit" className="range-show">
                  Show this range
                </button>
              </div>
            </form>
          </Dialog.Content>
        </Dialog.Positioner>
      </Portal>
    </Dialog.Root>
  );
}

interface QuickChoicesProps {
  readonly format: TimeFormat;
  readonly nowMs: number;
  readonly onChoose: (range: TypedRange) => void;
}

function QuickChoices({ format, nowMs, onChoose }: QuickChoicesProps) {
  return (
    <div className="range-quick" role="group" aria-label="Often wanted">
      {Object.entries(quickRanges(format.zone, nowMs)).map(([name, range]) => (
        <button key={name} type="button" onClick={() => onChoose(range)}>
          {name}
        </button>
      ))}
    </div>
  );
}

/** What is on screen, as it would be typed. */
function shownRange(page: PageState, { zone }: TimeFormat): TypedRange {
  const { spanMs, endMs } = page.range;
  const toMs = endMs ?? serverNowMs(page);
  return { from: typedInstant(zone, toMs - spanMs), to: typedInstant(zone, toMs) };
}
