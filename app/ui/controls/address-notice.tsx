import { formatDuration } from '../format.ts';
import type { PageState } from '../store.ts';
import type { AddressProblem } from '../url.ts';
import { timeFormatOf } from '../time-format.ts';
import { usePage, usePageStore } from '../use-page.ts';

/** What of the address was not understood, and what is shown instead of it. */
export function AddressNotice() {
  const store = usePageStore();
  const problems = usePage((page) => page.addressProblems);
  const instead = usePage(insteadText);
  return (
    <div className="toast" role="alert" aria-label="Address">
      <div>
        {problems.map(({ said, why }) => (
          <p key={said} className="address-problem">
            The address says “{said}”, which {why}.
          </p>
        ))}
        <p>{instead}</p>
      </div>
      <button type="button" onClick={() => store.setState({ addressProblems: [] })}>
        Dismiss
      </button>
    </div>
  );
}

/** "Shown instead: real time, the last 5 min." */
function insteadText({ addressProblems, range, zone }: PageState): string {
  const about = (one: AddressProblem['instead']) =>
    addressProblems.some(({ instead }) => instead === one);
  const { zone: used, formatMinute, formatDay } = timeFormatOf(zone);
  const span = formatDuration(range.spanMs);
  const { endMs } = range;
  const time =
    endMs === null
      ? `real time, the last ${span}`
      : `the ${span} to ${formatDay(endMs)} ${formatMinute(endMs)}`;
  const parts = [
    about('range') ? time : '',
    about('zone') ? `times in ${used.name}` : '',
    about('slice') ? 'the slice without it' : '',
    about('playback') ? 'nothing is played' : '',
    about('incident') ? 'no incident is open' : '',
  ].filter((part) => part !== '');
  return `Shown instead: ${parts.join('; ')}.`;
}
