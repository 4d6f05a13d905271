import { DatePicker, type DateValue, parseDate } from '@ark-ui/react/date-picker';
import { useState } from 'react';
import { wallAt, type Zone } from '#core/time/zone.ts';
import { dateOf, type TypedRange } from '../typed-range.ts';

const MONDAY = 1;

interface RangeCalendarProps {
  readonly typed: TypedRange;
  readonly zone: Zone;
  readonly nowMs: number;
  readonly onChange: (typed: TypedRange) => void;
}

/**
 * The days of a range, to be picked one after the other. The fields are no part of the date picker: its
 * own would put right what they do not understand, and stumble over an end without a beginning.
 */
export function RangeCalendar({ typed, zone, nowMs, onChange }: RangeCalendarProps) {
  /** The first day while the last one is still to be picked. */
  const [half, setHalf] = useState<DateValue[] | null>(null);
  const today = parseDate(dateText(wallAt(zone, nowMs)));
  const pick = (value: DateValue[]) => {
    const [first, last] = value;
    setHalf(first && !last ? [first] : null);
    if (!first) return;
    const from = { date: first.toString(), time: '' };
    onChange({ from, to: last ? { date: last.toString(), time: '' } : typed.to });
  };
  return (
    <DatePicker.Root
      className="range-calendar"
      inline
      selectionMode="range"
      locale="en-GB"
      startOfWeek={MONDAY}
      timeZone={zone.name}
      max={today}
      value={half ?? daysOfFields(typed)}
      onValueChange={({ value }) => pick(value)}
    >
      <DatePicker.Content>
        <DatePicker.View view="day">
          <DatePicker.Context>
            {(picker) => (
              <>
                <DatePicker.ViewControl className="range-month">
                  <DatePicker.PrevTrigger>‹</DatePicker.PrevTrigger>
                  <DatePicker.RangeText />
                  <DatePicker.NextTrigger>›</DatePicker.NextTrigger>
                </DatePicker.ViewControl>
                <DatePicker.Table>
                  <DatePicker.TableHead>
                    <DatePicker.TableRow>
                      {picker.weekDays.map((day) => (
                        <DatePicker.TableHeader key={day.long} aria-label={day.long}>
                          {day.narrow}
                        </DatePicker.TableHeader>
                      ))}
                    </DatePicker.TableRow>
                  </DatePicker.TableHead>
                  <DatePicker.TableBody>
                    {picker.weeks.map((week) => (
                      <DatePicker.TableRow key={String(week[0])}>
                        {week.map((day) => (
                          <DatePicker.TableCell key={day.toString()} value={day}>
                            <DatePicker.TableCellTrigger>{day.day}</DatePicker.TableCellTrigger>
                          </DatePicker.TableCell>
                        ))}
                      </DatePicker.TableRow>
                    ))}
                  </DatePicker.TableBody>
                </DatePicker.Table>
              </>
            )}
          </DatePicker.Context>
        </DatePicker.View>
      </DatePicker.Content>
      {half && <p className="range-hint">Now the last day</p>}
    </DatePicker.Root>
  );
}

/** The days that the fields name; none while they do not name both, in order. */
function daysOfFields({ from, to }: TypedRange): DateValue[] {
  const days = [dateOf(from.date), dateOf(to.date)];
  const [first, last] = days;
  if (first === null || first === undefined) return [];
  const isOrdered = last !== null && last !== undefined && first <= last;
  return (isOrdered ? [first, last] : [first]).map((wallMs) => parseDate(dateText(wallMs)));
}

function dateText(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}
