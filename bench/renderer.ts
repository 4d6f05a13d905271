import type { BrowserContext } from '@playwright/test';

/** The process that draws the page: of several it is the one that has worked most. */
export async function rendererOf(context: BrowserContext): Promise<number> {
  const browser = context.browser();
  const page = context.pages()[0];
  if (!page) throw new Error('there is no page');
  const session = await (browser?.newBrowserCDPSession() ?? context.newCDPSession(page));
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const [most] = processInfo
    .filter(({ type }) => type === 'renderer')
    .sort((a, b) => b.cpuTime - a.cpuTime);
  if (!most) throw new Error('no renderer runs');
  return most.id;
}
