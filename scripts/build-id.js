import { execSync } from 'node:child_process';

/**
 * The commit, so that two builds can be told apart; 'dev' outside a checkout.
 * @returns {string}
 */
export function buildId() {
  try {
    return execSync('git rev-parse --short=12 HEAD', { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    return 'dev';
  }
}
