import { useDeferredValue, useEffect, useMemo, useRef } from 'react';
import {
  creditsByDay,
  messagesLike,
  messagesOfDay,
  totalOf,
  usedMessages,
} from '#core/view/credits.ts';
import type { KnownUsage } from '#app/database/usage.ts';
import { ZonePlace } from '../controls/zone-place.tsx';
import { EmptyPanel } from '../panels/empty-panel.tsx';
import { useTimeFormat } from '../time-format.ts';
import { CreditsChart } from './credits/credits-chart.tsx';
import { CreditsPanel } from './credits/credits-panel.tsx';
import { CreditsStatus } from './credits/credits-status.tsx';
import { CreditsTotals } from './credits/credits-totals.tsx';
import { MessagesPanel } from './credits/messages-panel.tsx';
import { NoCredits } from './credits/no-credits.tsx';
import { useCreditsView } from './credits/use-credits-view.ts';
import { useUsage } from './credits/use-usage.ts';
import '../theme/credits.css';

/** What each message of the billing period cost: by day, and one by one. */
export function CreditsPage() {
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever came here by keyboard or screen reader starts at the top of the page.
  useEffect(() => heading.current?.focus(), []);
  const shown = useUsage();
  const { known, failure, refresh } = shown;
  return (
    <main className="credits">
      <header className="credits-head">
        <h2 ref={heading} tabIndex={-1}>
          Credits
        </h2>
        <CreditsStatus {...shown} />
        <ZonePlace />
      </header>
      {known ? (
        <Period known={known} />
      ) : (
        <NoCredits failure={known === null ? failure : null} onRetry={refresh} />
      )}
    </main>
  );
}

function Period({ known }: { known: KnownUsage }) {
  const { usage, heardAtMs } = known;
  const { zone } = useTimeFormat();
  const [view, show] = useCreditsView();
  const { day } = view;
  // Of very many messages the list follows a little later than what is typed.
  const search = useDeferredValue(view.search);
  const all = useMemo(() => usedMessages(usage), [usage]);
  const found = useMemo(() => messagesLike(all, search), [all, search]);
  const days = useMemo(() => creditsByDay(all, zone, found), [all, zone, found]);
  const messages = useMemo(
    () => (day === null ? found : messagesOfDay(found, days, day)),
    [found, days, day],
  );
  if (all.length === 0) {
    return (
      <CreditsPanel name="Messages" heardAtMs={heardAtMs}>
        <EmptyPanel title="No messages yet">
          Nothing was asked in this billing period. The first message appears here within a minute.
        </EmptyPanel>
      </CreditsPanel>
    );
  }
  const chooseDay = (date: string) => show({ day: date === day ? null : date });
  return (
    <>
      <CreditsPanel name="Totals" heardAtMs={heardAtMs}>
        <CreditsTotals shown={totalOf(messages)} all={totalOf(all)} days={days.length} />
      </CreditsPanel>
      <CreditsPanel name="Credits per day" heardAtMs={heardAtMs}>
        <CreditsChart days={days} chosen={day} onChoose={chooseDay} />
      </CreditsPanel>
      <MessagesPanel
        heardAtMs={heardAtMs}
        messages={messages}
        count={all.length}
        view={view}
        onShow={show}
      />
    </>
  );
}
