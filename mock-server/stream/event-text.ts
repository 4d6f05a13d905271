import type { StreamEvent } from '#core/wire/stream.ts';

/** What would end the line that a name or an id stands on; a reader drops an id with NUL. */
const BREAKS_FRAMING = /[\r\n\0]/;

/**
 * An event as `text/event-stream` has it (HTML standard, section 9.2): its data is JSON on one line, which escapes
 * every line break inside.
 * @param id what a reader sends back as `Last-Event-ID`
 * @throws RangeError when a name or an id would break the framing
 */
export function eventText({ name, data }: StreamEvent, id?: string): string {
  const head = id === undefined ? [`event: ${name}`] : [`event: ${name}`, `id: ${id}`];
  return `${head.map(checked).join('\n')}\ndata: ${JSON.stringify(data)}\n\n`;
}

function checked(line: string): string {
  if (BREAKS_FRAMING.test(line)) throw new RangeError(`${JSON.stringify(line)} breaks the framing`);
  return line;
}
