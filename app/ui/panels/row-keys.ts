/**
 * The row that a key leads to from another, from 0 to `count - 1`; null: not a key for walking.
 * @param page rows that are in sight at once
 */
export function rowAfterKey(
  key: string,
  index: number,
  count: number,
  page: number,
): number | null {
  const target = targetOf(key, index, count, Math.max(1, page));
  return target === null ? null : Math.min(count - 1, Math.max(0, target));
}

function targetOf(key: string, index: number, count: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index - 1;
    case 'PageDown':
      return index + page;
    case 'PageUp':
      return index - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
