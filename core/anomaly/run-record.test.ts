import { describe, expect, it } from 'vitest';
import { RunRecord } from './run-record.ts';

const ZERO = { of: 'zero', warmUpBins: 10 } as const;
const EQUAL = { of: 'equal', warmUpBins: 10 } as const;

/** A letter a bin: `!` alarm, `.` none. */
function alarmsOf(record: RunRecord, values: readonly number[], leastBins = 2): string {
  return values.map((value) => (record.push(value, leastBins).isAlarm ? '!' : '.')).join('');
}

const busy = (bins: number) => Array.from({ length: bins }, (_, i) => 3 + (i % 4));
const silent = (bins: number) => Array<number>(bins).fill(0);

describe('runs', () => {
  it('X8 of zeros alarm when they are longer than ever', () => {
    const record = new RunRecord(ZERO);
    alarmsOf(record, busy(20));
    expect(alarmsOf(record, [0, 0, 0, 5, 0])).toBe('.!!..');
  });

  it('X8 of a series that often sleeps alarm only when it sleeps half as long again', () => {
    const record = new RunRecord(ZERO);
    alarmsOf(record, busy(20));
    for (let time = 0; time < 8; time++) alarmsOf(record, [...silent(6), ...busy(5)]);
    expect(alarmsOf(record, [...silent(11), 1])).toBe('.........!!.');
  });

  it('X8 that came seven times are no habit, so the next one alarms as soon', () => {
    const record = new RunRecord(ZERO);
    alarmsOf(record, busy(20));
    for (let time = 0; time < 8; time++)
      expect(alarmsOf(record, [...silent(4), ...busy(3)])).toBe('.!!!...');
    expect(alarmsOf(record, [...silent(4), ...busy(3)])).toBe('.......');
  });

  it('X8 that lasted for hours are a habit at once', () => {
    const record = new RunRecord(ZERO);
    alarmsOf(record, [...busy(20), ...silent(480), ...busy(9)]);
    expect(alarmsOf(record, silent(480))).not.toContain('!');
  });

  it('X8 are forgotten after four weeks', () => {
    const record = new RunRecord(ZERO);
    alarmsOf(record, [...busy(20), ...silent(480), ...busy(40_321), 0, 1]);
    expect(alarmsOf(record, silent(4))).toBe('.!!!');
  });

  it('X8 say nothing before enough was seen, nor of a series that began in one', () => {
    expect(alarmsOf(new RunRecord(ZERO), [...busy(9), ...silent(50)])).not.toContain('!');
    expect(alarmsOf(new RunRecord(ZERO), silent(500))).not.toContain('!');
  });

  it('X8 of equal values alarm when a series that always moves is stuck', () => {
    const record = new RunRecord(EQUAL);
    alarmsOf(record, busy(20));
    // The first of a run repeats nothing: four repetitions are five bins.
    expect(alarmsOf(record, [7, 7, 7, 7, 7, 8], 3)).toBe('...!!.');
    expect(alarmsOf(record, silent(9))).not.toContain('!');
  });

  it('X8 go on exactly as before when they were saved and restored', () => {
    const values = [...busy(15), 0, 0, 4, 4, 4, 0, 0, 0, 0, 2, 2, 2, 2, 2, 0, 0, 0, 1];
    for (const options of [ZERO, EQUAL])
      for (let at = 0; at < values.length; at++) {
        const before = new RunRecord(options);
        const told = alarmsOf(before, values.slice(0, at));
        const after = new RunRecord(options, JSON.parse(JSON.stringify(before.toState())));
        expect(told + alarmsOf(after, values.slice(at))).toBe(
          alarmsOf(new RunRecord(options), values),
        );
      }
  });
});
