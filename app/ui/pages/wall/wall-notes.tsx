import { usePage } from '../../use-page.ts';

/** For whoever hangs the wall up: what its address says in vain, and what plain HTTP costs. */
export function WallNotes({ problems }: { problems: readonly string[] }) {
  const ofTheSlice = usePage((page) => page.addressProblems);
  const notes = [
    ...problems,
    ...ofTheSlice.map(({ said, why }) => `${said}: ${why}.`),
    ...(window.isSecureContext ? [] : [plainHttp()]),
  ];
  if (notes.length === 0) return null;
  return (
    <ul className="wall-notes" role="status" aria-label="About this wall">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

function plainHttp(): string {
  const { host } = window.location;
  return `Plain HTTP: the screen may fall asleep, and nothing opens without the server. Better: https://${host}`;
}
