import { usePage } from '../use-page.ts';

/** For a first visit that finds no server: there is nothing stored that could be shown instead. */
export function NoServerNotice() {
  const isNeeded = usePage((page) => page.frame === null && page.connection.kind === 'waiting');
  if (!isNeeded) return null;
  return (
    <section className="notice" aria-label="No server found">
      <h2>No server has answered yet</h2>
      <p>
        This is the first visit on this device, so there are no stored figures to show. Burnrate
        keeps trying <strong>{window.location.origin}</strong> and fills this page as soon as it
        answers.
      </p>
    </section>
  );
}
