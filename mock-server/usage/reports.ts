import type { Parsed } from '#core/wire/parsed.ts';
import { parseUpstreamReport, type UpstreamReport } from '#core/wire/upstream.ts';
import { type AskUpstream, askPatiently, type Patience, UpstreamFailure } from './ask-upstream.ts';
import { parseJson } from './parse-json.ts';

type ReportId = UpstreamReport['id'];

const OK = 200;
/** What a server answers to an id that it does not have, or does not take for one. */
const NO_SUCH_REPORT = new Set([400, 404, 422]);

/** The reports of an upstream, each asked for once as long as the process lives; also those that it does not have. */
export class Reports {
  readonly #ask: AskUpstream;
  readonly #patience: Patience;
  readonly #known = new Map<string, Promise<UpstreamReport | null>>();

  constructor(ask: AskUpstream, patience: Patience) {
    this.#ask = ask;
    this.#patience = patience;
  }

  /**
   * @returns null: there is no such report
   * @throws {UpstreamFailure} and forgets it: whoever asks next tries anew
   */
  find(id: ReportId): Promise<UpstreamReport | null> {
    const name = String(id);
    const known = this.#known.get(name);
    if (known) return known;
    const asked = this.#read(name);
    this.#known.set(name, asked);
    asked.catch(() => this.#known.delete(name));
    return asked;
  }

  async #read(id: string): Promise<UpstreamReport | null> {
    const path = `/reports/${id}`;
    const { status, text } = await askPatiently(this.#ask, path, this.#patience);
    if (NO_SUCH_REPORT.has(status)) return null;
    return checked(path, status, text, parseUpstreamReport);
  }
}

/** What an answer says. @throws {UpstreamFailure} when it is not what was asked for */
export function checked<T>(
  path: string,
  status: number,
  text: string,
  parse: (body: unknown) => Parsed<T>,
): T {
  if (status !== OK) throw new UpstreamFailure(`${path}: answered with ${status}`);
  const body = parseJson(text);
  const parsed = body.ok ? parse(body.value) : body;
  if (!parsed.ok) throw new UpstreamFailure(`${path}: ${parsed.reason}`);
  return parsed.value;
}
