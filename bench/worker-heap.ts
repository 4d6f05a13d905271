import type { CDPSession } from '@playwright/test';

interface Reply {
  readonly id?: number;
  readonly result?: { readonly usedSize?: number };
}

/**
 * Asks the one worker of a page for its heap. The library attaches to pages only; what a worker is asked goes through its
 * page, as text.
 * @returns bytes in use after a collection
 */
export async function workerHeapOf(page: CDPSession): Promise<() => Promise<number>> {
  const attached = new Promise<string>((resolve) => {
    page.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') resolve(sessionId);
    });
  });
  await page.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const sessionId = await attached;
  let lastId = 0;
  const ask = (method: string) =>
    new Promise<Reply>((resolve) => {
      const id = ++lastId;
      const listen = ({ message }: { message: string }) => {
        const reply = JSON.parse(message) as Reply; // the protocol's own
        if (reply.id !== id) return;
        page.off('Target.receivedMessageFromTarget', listen);
        resolve(reply);
      };
      page.on('Target.receivedMessageFromTarget', listen);
      void page.send('Target.sendMessageToTarget', {
        sessionId,
        message: JSON.stringify({ id, method, params: {} }),
      });
    });
  return async () => {
    await ask('HeapProfiler.collectGarbage');
    const { result } = await ask('Runtime.getHeapUsage');
    return result?.usedSize ?? Number.NaN;
  };
}
