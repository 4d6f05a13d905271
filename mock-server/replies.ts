import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import type { Logger } from 'pino';
import { PROBLEM_TYPE, type Problem } from '#core/wire/problem.ts';
import { BUILD_HEADER, SERVER_TIME_HEADER } from '#core/wire/routes.ts';
import type { SlowEndpoint, TakingEndpoint } from './api.ts';
import { readStreamQuery } from './query.ts';
import type { Broadcaster } from './stream/broadcaster.ts';

export interface RepliesDeps {
  readonly build: string;
  /** The server's clock, epoch ms. */
  readonly now: () => number;
  readonly log: Pick<Logger, 'error'>;
}

/** Everything the API says goes out through here, so that no reply lacks its headers. */
export class Replies {
  readonly #deps: RepliesDeps;

  constructor(deps: RepliesDeps) {
    this.#deps = deps;
  }

  /** Answers with what `endpoint` says. */
  answering(endpoint: SlowEndpoint): RequestHandler {
    return async (request, response) => {
      const answer = await endpoint(parametersOf(request), this.#deps.now());
      if (!answer.ok) return this.#problem(response, answer.problem);
      const { tag, body } = answer;
      const reply = this.#begin(response, 200, 'application/json');
      if (tag !== null) reply.set({ 'Cache-Control': 'private, no-cache', ETag: `W/"${tag}"` });
      // Who has it already is told so by Express (304), and no body need be made for that.
      reply.send(request.fresh ? '' : JSON.stringify(await body()));
    };
  }

  /** Takes a JSON body of at most `maxBytes`, and answers with what `endpoint` says. */
  taking(maxBytes: number, endpoint: TakingEndpoint): RequestHandler[] {
    return [
      (request, response, next) => {
        // No other page can send this type without asking first, which nobody allows it.
        if (request.is('application/json')) next();
        else this.#problem(response, problemOf(415, 'Unsupported Media Type'));
      },
      express.json({ limit: maxBytes, strict: false }),
      async (request, response) => {
        const body: unknown = request.body;
        const answer = await endpoint(parametersOf(request), body, this.#deps.now());
        if (!answer.ok) return this.#problem(response, answer.problem);
        this.#send(response, 200, 'application/json', await answer.body());
      },
    ];
  }

  /** Answers with a stream that does not end by itself. */
  streaming(broadcaster: Broadcaster): RequestHandler {
    return (request, response) => {
      const read = readStreamQuery(parametersOf(request), request.get('Last-Event-ID'));
      if (!read.ok) return this.#problem(response, read.problem);
      // nginx holds back what it does not know to be a stream.
      this.#begin(response, 200, 'text/event-stream').set('X-Accel-Buffering', 'no').flushHeaders();
      broadcaster.subscribe(response, read.query);
    };
  }

  /** For a path that knows other methods. */
  methodNotAllowed(allowed: string): RequestHandler {
    return (_request, response) => {
      response.set('Allow', allowed);
      this.#problem(response, problemOf(405, 'Method Not Allowed'));
    };
  }

  /** For a path below the API that nobody serves. */
  notFound(): RequestHandler {
    return (_request, response) => this.#problem(response, problemOf(404, 'Not Found'));
  }

  /** For what went wrong on the way: the sender learns whose fault it was, the log learns the rest. */
  failed(): ErrorRequestHandler {
    return (error: unknown, request, response, next) => {
      if (response.headersSent) {
        next(error);
        return;
      }
      if (isSendersFault(error)) {
        const isTooLarge = 'status' in error && error.status === 413;
        const status = isTooLarge
          ? problemOf(413, 'Content Too Large')
          : problemOf(400, 'Bad Request');
        this.#problem(response, status);
        return;
      }
      this.#deps.log.error({ err: error, url: request.originalUrl }, 'a request failed');
      this.#problem(response, problemOf(500, 'Internal Server Error'));
    };
  }

  #problem(response: Response, problem: Problem): void {
    response.removeHeader('ETag');
    this.#send(response, problem.status, PROBLEM_TYPE, problem);
  }

  #send(response: Response, status: number, type: string, body: unknown): void {
    this.#begin(response, status, type).send(JSON.stringify(body));
  }

  #begin(response: Response, status: number, type: string): Response {
    return response
      .status(status)
      .set(BUILD_HEADER, this.#deps.build)
      .set(SERVER_TIME_HEADER, String(this.#deps.now()))
      .set('Cache-Control', 'no-store')
      .type(type);
  }
}

function parametersOf(request: Request): URLSearchParams {
  const { searchParams } = new URL(request.originalUrl, 'http://localhost');
  for (const [name, value] of Object.entries(request.params)) searchParams.set(name, String(value));
  return searchParams;
}

function problemOf(status: number, title: string): Problem {
  return { type: 'about:blank', title, status };
}

/** Express marks errors that the request itself caused, such as a path that cannot be decoded. */
function isSendersFault(error: unknown): error is Error {
  if (!(error instanceof Error) || !('status' in error)) return false;
  return typeof error.status === 'number' && error.status >= 400 && error.status < 500;
}
