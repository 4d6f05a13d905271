import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  memo,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import type { UsedMessage } from '#core/view/credits.ts';
import type { Zone } from '#core/time/zone.ts';
import { rowAfterKey } from '../../panels/row-keys.ts';
import { formatCell, formatTimestamp } from './credits-format.ts';

const ROWS_BEYOND = 8;

interface MessageRowsProps {
  readonly messages: readonly UsedMessage[];
  readonly zone: Zone;
  readonly rowPx: number;
}

/** The rows in sight; one of them is the way in for the keyboard, from where the arrows walk on. */
export function MessageRows({ messages, zone, rowPx }: MessageRowsProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const activeIndex = Math.min(active, Math.max(0, messages.length - 1));
  const virtualizer = useVirtualizer({
    count: messages.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowPx,
    overscan: ROWS_BEYOND,
    initialRect: { width: 800, height: 400 },
  });
  // A turned phone has other rows: what was reckoned with the old height is wrong.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowPx]);
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const scroller = scrollRef.current;
    if (!scroller || event.ctrlKey || event.metaKey || event.altKey) return;
    const pageRows = Math.floor(scroller.clientHeight / rowPx) - 1;
    const index = rowAfterKey(event.key, activeIndex, messages.length, pageRows);
    if (index === null) return;
    event.preventDefault();
    // It has to be there before it can have the focus.
    virtualizer.scrollToIndex(index);
    flushSync(() => setActive(index));
    scroller.querySelector<HTMLElement>('.message[tabindex="0"]')?.focus({ preventScroll: true });
  };
  const height = { '--row': `${rowPx}px` };
  return (
    <div
      role="rowgroup"
      className="messages-body"
      ref={scrollRef}
      style={height as CSSProperties} // a custom property, which the type does not know
    >
      <div
        role="presentation"
        className="messages-sizer"
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={walk}
      >
        {withRow(virtualizer.getVirtualIndexes(), activeIndex).map((index) => {
          const message = messages[index];
          if (!message) return null;
          const shared = { message, index, zone, startPx: index * rowPx, onActivate: setActive };
          return <MessageRow key={message.place} {...shared} isActive={index === activeIndex} />;
        })}
      </div>
    </div>
  );
}

/** The rows in sight and one more, which keeps the focus wherever the list is scrolled to. */
function withRow(inSight: readonly number[], index: number): readonly number[] {
  return inSight.includes(index) ? inSight : [...inSight, index].toSorted((a, b) => a - b);
}

interface MessageRowProps {
  readonly message: UsedMessage;
  readonly index: number;
  readonly zone: Zone;
  readonly startPx: number;
  /** The one that Tab leads to. */
  readonly isActive: boolean;
  readonly onActivate: (index: number) => void;
}

/** One message: a line of the table, or a card where the table is narrow. */
const MessageRow = memo((props: MessageRowProps) => {
  const { message, index, zone, startPx, isActive, onActivate } = props;
  return (
    <div
      role="row"
      className="message"
      aria-rowindex={index + 2}
      tabIndex={isActive ? 0 : -1}
      onFocus={() => onActivate(index)}
      style={{ transform: `translateY(${startPx}px)` }}
    >
      <span role="gridcell" className="message-id">
        {message.id}
      </span>
      <span role="gridcell" className="message-time">
        {formatTimestamp(message.atMs, zone)}
      </span>
      <span role="gridcell" className="message-report">
        {message.reportName}
      </span>
      <span role="gridcell" className="message-credits">
        {formatCell(message.hundredths)}
      </span>
    </div>
  );
});
