import {
  cleanupOutdatedCaches,
  getCacheKeyForURL,
  matchPrecache,
  precache,
} from 'workbox-precaching';
import { storedAnswerTo } from './cache-rules.ts';
import { openIncident } from './open-incident.ts';

declare const self: ServiceWorkerGlobalScope;

precache(self.__WB_MANIFEST);
cleanupOutdatedCaches();

self.addEventListener('activate', (event) => {
  // The pages of the very first visit too, so that it can already be reloaded without a server.
  event.waitUntil(self.clients.claim());
});

self.addEventListener('message', (event) => {
  if (hasType(event.data, 'SKIP_WAITING')) event.waitUntil(self.skipWaiting());
});

self.addEventListener('fetch', (event) => {
  const stored = storedAnswerTo(event.request, self.location.origin, isStored);
  // Returning without an answer leaves the request to the browser: a stream would not survive passing here.
  if (stored !== null) event.respondWith(fromStore(stored, event.request));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openIncident(self.clients, event.notification.data));
});

function isStored(url: string): boolean {
  return getCacheKeyForURL(url) !== undefined;
}

/** The network stands in for a file that the browser has evicted. */
async function fromStore(url: string, request: Request): Promise<Response> {
  return (await matchPrecache(url)) ?? fetch(request);
}

function hasType(message: unknown, type: string): boolean {
  return (
    typeof message === 'object' && message !== null && 'type' in message && message.type === type
  );
}
