import { createHash } from 'node:crypto';

const LENGTH = 16;

/**
 * Id of a data set: equal for equal `identity`, 16 hexadecimal digits. What goes in is all that the numbers depend
 * on: the source, its options, its anchor, the price table, the version of whatever makes them.
 */
export function epochOf(identity: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, LENGTH);
}
