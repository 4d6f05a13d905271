/** What an upstream answered, whole. */
export interface UpstreamReply {
  readonly status: number;
  readonly text: string;
}

/**
 * Asks an upstream for a path below its address, such as "/reports/7".
 * @throws when no whole answer came: nobody is there, it is late, too large, or cut off
 */
export type AskUpstream = (path: string) => Promise<UpstreamReply>;

/** The upstream did not say what was needed. The message is for the log, not for whoever asked us. */
export class UpstreamFailure extends Error {
  override readonly name = 'UpstreamFailure';
}

/** How hard an upstream is tried. */
export interface Patience {
  /** Tries in all. */
  readonly attempts: number;
  /** Before the second try; each further one waits twice as long, ms. */
  readonly firstWaitMs: number;
}

const TOO_LATE = 408;
const TOO_MANY = 429;
const FIRST_OF_SERVER_ERRORS = 500;

/**
 * Asks again after an answer that may be another one a moment later, or after none.
 * @throws {UpstreamFailure} when no try had an answer that counts
 */
export async function askPatiently(
  ask: AskUpstream,
  path: string,
  { attempts, firstWaitMs }: Patience,
): Promise<UpstreamReply> {
  for (let attempt = 1; ; attempt++) {
    const failure = await tryOnce(ask, path);
    if (!(failure instanceof UpstreamFailure)) return failure;
    if (attempt === attempts) throw failure;
    const waitMs = firstWaitMs * 2 ** (attempt - 1);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

async function tryOnce(ask: AskUpstream, path: string): Promise<UpstreamReply | UpstreamFailure> {
  try {
    const reply = await ask(path);
    return mayChange(reply.status)
      ? new UpstreamFailure(`${path}: answered with ${reply.status}`)
      : reply;
  } catch (cause) {
    return new UpstreamFailure(`${path}: no whole answer came`, { cause });
  }
}

function mayChange(status: number): boolean {
  return status >= FIRST_OF_SERVER_ERRORS || status === TOO_LATE || status === TOO_MANY;
}
