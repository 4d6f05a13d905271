import type { TraceColumns } from '../config.ts';
import { type TraceInstant, parseTraceInstant } from './trace-instant.ts';

/** One recorded call of a model. */
export interface TraceRequest {
  readonly at: TraceInstant;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The first row that was skipped. */
export interface SkippedRow {
  /** Line in the file; the header is line 1. */
  readonly line: number;
  readonly reason: string;
}

interface Header {
  readonly width: number;
  readonly timestamp: number;
  readonly input: number;
  readonly output: number;
}

const MAX_TOKENS = 1_000_000_000;

/** Reads rows one by one, the header first; a row that it cannot use is counted and skipped. */
export class TraceRows {
  readonly requests: TraceRequest[] = [];
  readonly #columns: TraceColumns;
  #header: Header | null = null;
  #missing: string | null = null;
  #skipped = 0;
  #firstSkipped: SkippedRow | null = null;

  constructor(columns: TraceColumns) {
    this.#columns = columns;
  }

  /** Rows after the header, skipped ones included. */
  get total(): number {
    return this.requests.length + this.#skipped;
  }

  get skipped(): number {
    return this.#skipped;
  }

  get firstSkipped(): SkippedRow | null {
    return this.#firstSkipped;
  }

  /** Why these rows are no trace, as the end of a sentence that begins with the file; null: they are one. */
  get failure(): string | null {
    if (this.#missing !== null) return this.#missing;
    if (!this.#header) return 'is empty: it needs a header and rows.';
    if (this.requests.length > 0) return null;
    const first = this.#firstSkipped;
    return first
      ? `has no row that can be used: line ${first.line}: ${first.reason}.`
      : 'has a header and no rows.';
  }

  /** @param line where the row is in the file */
  add(record: readonly string[], line: number): void {
    const values = record.map(plain);
    if (!this.#header) this.#readHeader(values);
    else if (this.#missing === null) this.#readRow(this.#header, values, line);
  }

  #readHeader(names: readonly string[]): void {
    const { timestamp, input, output } = this.#columns;
    const wanted = [timestamp, input, output].filter((name) => !names.includes(name));
    if (wanted.length > 0) {
      this.#missing =
        `has no column ${wanted.map((name) => `"${name}"`).join(', ')} in its header ` +
        `(${names.slice(0, 10).join(', ')}): name its columns in TRACE_COLUMNS.`;
    }
    this.#header = {
      width: names.length,
      timestamp: names.indexOf(timestamp),
      input: names.indexOf(input),
      output: names.indexOf(output),
    };
  }

  #readRow(header: Header, values: readonly string[], line: number): void {
    const at = parseTraceInstant(values[header.timestamp] ?? '');
    const inputTokens = tokensOf(values[header.input]);
    const outputTokens = tokensOf(values[header.output]);
    if (values.length !== header.width) {
      this.#skip(line, `${values.length} values where the header has ${header.width}`);
    } else if (!at) {
      this.#skip(line, `"${values[header.timestamp]}" is no time like 2023-11-16 18:17:03.9799600`);
    } else if (inputTokens === null || outputTokens === null) {
      this.#skip(
        line,
        `"${values[header.input]}" and "${values[header.output]}" are no token counts`,
      );
    } else {
      this.requests.push({ at, inputTokens, outputTokens });
    }
  }

  #skip(line: number, reason: string): void {
    this.#skipped++;
    this.#firstSkipped ??= { line, reason };
  }
}

function plain(value: string): string {
  return value.trim().replace(/^"(.*)"$/, '$1');
}

function tokensOf(text = ''): number | null {
  const tokens = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return tokens <= MAX_TOKENS ? tokens : null;
}
