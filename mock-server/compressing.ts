import compression from 'compression';
import type { RequestHandler } from 'express';

/** Compresses replies that gain by it; an event stream would be held back until a block is full. */
export function compressing(): RequestHandler {
  return compression({
    filter: (request, response) => {
      const type = String(response.getHeader('Content-Type') ?? '');
      return !type.startsWith('text/event-stream') && compression.filter(request, response);
    },
  });
}
