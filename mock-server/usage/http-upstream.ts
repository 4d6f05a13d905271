import type { AskUpstream } from './ask-upstream.ts';

interface Bounds {
  /** For the whole answer, body included, ms. */
  readonly timeoutMs: number;
  /** Of a body, unpacked. */
  readonly mostBytes: number;
}

/** 100,000 messages of 600 characters are let in; what goes on for ever is not. */
const BOUNDS: Bounds = { timeoutMs: 5_000, mostBytes: 64 * 2 ** 20 };

/** @param url without a slash at its end */
export function httpUpstream(url: string, bounds = BOUNDS): AskUpstream {
  return async (path) => {
    const response = await fetch(`${url}${path}`, {
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(bounds.timeoutMs),
    });
    return { status: response.status, text: await boundedText(response, bounds.mostBytes) };
  };
}

async function boundedText(response: Response, mostBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  // Leaving the loop early lets go of the connection.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new Error(`the body is larger than ${mostBytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
