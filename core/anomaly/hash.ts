const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * 16 hexadecimal digits of a text: the same in every place and at every time. Two 32-bit FNV-1a hashes (Fowler, Noll, Vo),
 * the second of the text and the first; not against anybody who wants a collision.
 */
export function hashOf(text: string): string {
  const first = fnv1a(text, OFFSET);
  const second = fnv1a(`${first}:${text}`, OFFSET ^ first);
  return hex(first) + hex(second);
}

function fnv1a(text: string, start: number): number {
  let hash = start;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), PRIME);
    hash = Math.imul(hash ^ (unit >>> 8), PRIME);
  }
  return hash >>> 0;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
