/**
 * Whether this is a system error with this code, e.g. `ENOENT`.
 * @param {unknown} error
 * @param {string} code
 */
export function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
