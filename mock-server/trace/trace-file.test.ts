import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readTraceFile } from './trace-file.ts';

const COLUMNS = { timestamp: 'TIMESTAMP', input: 'ContextTokens', output: 'GeneratedTokens' };
const HEADER = 'TIMESTAMP,ContextTokens,GeneratedTokens';
const ROW = '2023-11-16 18:17:03.9799600,4808,10';

function readText(text: string, columns = COLUMNS) {
  const path = join(temporaryFolder(), 'trace.csv');
  writeFileSync(path, text);
  return readTraceFile(path, columns);
}

/** What was read of a text that is a trace. */
async function readGood(text: string, columns = COLUMNS) {
  const read = await readText(text, columns);
  if (!read.ok) throw new Error(read.reason);
  return read.file;
}

async function reasonFor(text: string): Promise<string> {
  const read = await readText(text);
  if (read.ok) throw new Error('this was read as a trace');
  return read.reason;
}

describe('trace file', () => {
  it.each([
    ['LF', `${HEADER}\n${ROW}\n`],
    ['CRLF', `${HEADER}\r\n${ROW}\r\n`],
    ['no line end at the end', `${HEADER}\r\n${ROW}`],
    ['a byte order mark', `\uFEFF${HEADER}\n${ROW}\n`],
    ['empty lines', `${HEADER}\n\n${ROW}\n\n`],
    [
      'quotes',
      `"TIMESTAMP","ContextTokens","GeneratedTokens"\n"2023-11-16 18:17:03.9799600","4808","10"\n`,
    ],
    [
      'spaces',
      `TIMESTAMP, ContextTokens, GeneratedTokens\n2023-11-16 18:17:03.9799600, 4808, 10\n`,
    ],
  ])('T1 reads rows with %s', async (_, text) => {
    const file = await readGood(text);
    expect(file.requests).toEqual([
      {
        at: { ms: Date.UTC(2023, 10, 16, 18, 17, 3, 979), tenths: 9_600 },
        inputTokens: 4_808,
        outputTokens: 10,
      },
    ]);
    expect(file).toMatchObject({ total: 1, skipped: 0, firstSkipped: null });
  });

  it('T1 knows the file by its bytes', async () => {
    const text = `${HEADER}\n${ROW}\n`;
    const expected = createHash('sha256').update(text).digest('hex');
    expect((await readGood(text)).sha256).toBe(expected);
    expect((await readGood(`${text}\n`)).sha256).not.toBe(expected);
  });

  it('T1 takes other columns by their names', async () => {
    const columns = { timestamp: 'when', input: 'prompt', output: 'answer' };
    const file = await readGood('id,answer,prompt,when\n7,5,90,2024-01-01T00:00:00Z\n', columns);
    expect(file.requests).toMatchObject([{ inputTokens: 90, outputTokens: 5 }]);
  });

  it('T1 sorts by time, rows of one instant in the order of the file', async () => {
    const rows = [
      '2023-11-16 18:00:02.0000001,1,0',
      '2023-11-16 18:00:01,2,0',
      '2023-11-16 18:00:02,3,0',
      '2023-11-16 18:00:01,4,0',
    ];
    const file = await readGood([HEADER, ...rows].join('\n'));
    expect(file.requests.map((request) => request.inputTokens)).toEqual([2, 4, 3, 1]);
  });

  it.each([
    ['a time that is none', 'noon,1,1', '"noon" is no time like 2023-11-16 18:17:03.9799600'],
    ['a missing value', '2023-11-16 18:17:03,1', '2 values where the header has 3'],
    ['a value too many', '2023-11-16 18:17:03,4,808,1', '4 values where the header has 3'],
    ['a negative count', '2023-11-16 18:17:03,-1,1', '"-1" and "1" are no token counts'],
    ['a fraction', '2023-11-16 18:17:03,1.5,1', '"1.5" and "1" are no token counts'],
    ['an empty count', '2023-11-16 18:17:03,,1', '"" and "1" are no token counts'],
    [
      'a count beyond reason',
      '2023-11-16 18:17:03,9999999999,1',
      '"9999999999" and "1" are no token counts',
    ],
  ])('T3 skips a row with %s and says where', async (_, row, reason) => {
    const file = await readGood([HEADER, ROW, '', row, ROW, 'again'].join('\n'));
    expect(file.requests).toHaveLength(2);
    expect(file).toMatchObject({ total: 4, skipped: 2, firstSkipped: { line: 4, reason } });
  });

  it('T3 loses one row, not its neighbours, to a stray quote', async () => {
    const file = await readGood([HEADER, ROW, '2023-11-16 18:17:03,"4,1', ROW, ROW].join('\n'));
    expect(file.requests).toHaveLength(3);
    expect(file.firstSkipped?.line).toBe(3);
  });

  it.each([
    ['an empty file', '', 'is empty: it needs a header and rows.'],
    ['empty lines only', '\n\n', 'is empty: it needs a header and rows.'],
    ['a header alone', `${HEADER}\n`, 'has a header and no rows.'],
    [
      'no header',
      `${ROW}\n${ROW}\n`,
      'has no column "TIMESTAMP", "ContextTokens", "GeneratedTokens" in its header (2023-11-16 18:17:03.9799600, 4808, 10): name its columns in TRACE_COLUMNS.',
    ],
    [
      'another header',
      'TIMESTAMP,ContextTokens,Answer\n',
      'has no column "GeneratedTokens" in its header (TIMESTAMP, ContextTokens, Answer): name its columns in TRACE_COLUMNS.',
    ],
    [
      'no row that can be used',
      `${HEADER}\nnoon,1,1\n`,
      'has no row that can be used: line 2: "noon" is no time like 2023-11-16 18:17:03.9799600.',
    ],
  ])('T4 refuses %s in one line', async (_, text, reason) => {
    expect(await reasonFor(text)).toMatch(/^TRACE_FILE is ".*trace\.csv", which /);
    expect(await reasonFor(text)).toContain(reason);
  });

  it('T4 refuses a file that is not there, and a folder', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'none.csv');
    expect(await readTraceFile(path, COLUMNS)).toEqual({
      ok: false,
      reason: `TRACE_FILE is "${path}": there is no such file: give the path of a CSV file.`,
    });
    expect(await readTraceFile(folder, COLUMNS)).toEqual({
      ok: false,
      reason: `TRACE_FILE is "${folder}": that is a folder: give the path of a CSV file.`,
    });
  });
});
