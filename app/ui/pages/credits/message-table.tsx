import { useRef } from 'react';
import type { UsedMessage } from '#core/view/credits.ts';
import { useCustomerLayout } from '../../panels/customer-layout.ts';
import { useTimeFormat } from '../../time-format.ts';
import { MessageHeader, type SortButton } from './message-header.tsx';
import { MessageRows } from './message-rows.tsx';

interface MessageTableProps {
  /** In the order in which they stand. */
  readonly messages: readonly UsedMessage[];
  readonly buttons: readonly SortButton[];
  /** Another one is another list, which is read from its beginning. */
  readonly listName: string;
}

/** Lengths are in rem, which is larger on large screens. */
const CARDS_BELOW_REM = 34;
const LINE_REM = 2.125;
const CARD_REM = 3.75;

function messageLayout(width: number, remPx: number) {
  const isCards = width < CARDS_BELOW_REM * remPx;
  return { isCards, rowPx: (isCards ? CARD_REM : LINE_REM) * remPx };
}

/** One line for each message, or a card where the lines have no room. */
export function MessageTable({ messages, buttons, listName }: MessageTableProps) {
  const ref = useRef<HTMLDivElement>(null);
  const { isCards, rowPx } = useCustomerLayout(ref, messageLayout);
  const { zone } = useTimeFormat();
  return (
    <div
      ref={ref}
      className={isCards ? 'messages messages-as-cards' : 'messages'}
      role="grid"
      aria-label="Messages"
      aria-rowcount={messages.length + 1}
    >
      <MessageHeader buttons={buttons} />
      <MessageRows key={listName} messages={messages} zone={zone} rowPx={rowPx} />
    </div>
  );
}
