import { Combobox, createListCollection } from '@ark-ui/react/combobox';
import { startTransition, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { offsetName, zoneNamed } from '#core/time/zone.ts';
import { ownZoneName } from '../time-format.ts';
import { usePage, usePageStore } from '../use-page.ts';
import { chooseZone } from '../zone-choice.ts';
import type { PickerField, PickerStart } from './picker-place.tsx';

/** More would not be read, and would be drawn anew with each key: the search narrows it down. */
const MOST_CHOICES = 20;
/** Stands for whatever zone the device is in. */
const OWN = 'own';

interface ZonePickerProps {
  readonly field: PickerField;
  readonly start: PickerStart;
}

/** Picks the zone by search: the device's own, UTC, or any that the browser knows. */
export function ZonePicker({ field, start }: ZonePickerProps) {
  const store = usePageStore();
  const chosen = usePage((page) => page.zone) ?? OWN;
  const [search, setSearch] = useState(start.search);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (start.hasFocus) input.current?.focus();
    // The way by which the user opens it.
    if (start.isOpen) input.current?.click();
  }, [start]);
  const found = useMemo(
    () => createListCollection({ items: zonesLike(search), itemToString: labelOf }),
    [search],
  );
  const pick = (zone: string | undefined) => {
    if (zone !== undefined) chooseZone(store, zone === OWN ? null : zone);
  };
  return (
    <Combobox.Root
      className="picker"
      collection={found}
      // One of many, but what is typed must not be overwritten with the name of the chosen one.
      multiple
      closeOnSelect
      openOnClick
      selectionBehavior="clear"
      value={[chosen]}
      defaultInputValue={start.search}
      onInputValueChange={({ inputValue }) => startTransition(() => setSearch(inputValue))}
      onValueChange={({ value }) => pick(value.find((zone) => zone !== chosen))}
    >
      <Combobox.Control>
        <Combobox.Input
          ref={input}
          className={`search picker-input ${field.className ?? ''}`}
          placeholder={field.placeholder}
          aria-label={field.label}
        />
      </Combobox.Control>
      <Combobox.Positioner>
        <Combobox.Content className="picker-list">
          {found.items.length === 0 && (
            <p className="picker-none">This browser knows no zone that is called that</p>
          )}
          {found.items.map((zone) => (
            <Combobox.Item key={zone} item={zone} className="picker-item">
              <Combobox.ItemText>{labelOf(zone)}</Combobox.ItemText>
              <span className="picker-note">{offsetOf(zone)}</span>
              <Combobox.ItemIndicator>✓</Combobox.ItemIndicator>
            </Combobox.Item>
          ))}
        </Combobox.Content>
      </Combobox.Positioner>
    </Combobox.Root>
  );
}

/** What is called so; a whole name counts too that the browser lists under another, as "Asia/Kolkata". */
function zonesLike(search: string): string[] {
  const wanted = wordsOf(search);
  const listed = [OWN, 'UTC', ...Intl.supportedValuesOf('timeZone')];
  const exact = zoneNamed(search.trim().replaceAll(' ', '_'))?.name;
  const names = exact === undefined ? listed : [exact, ...listed];
  const matches = names.filter((zone) => wordsOf(labelOf(zone)).includes(wanted));
  return [...new Set(matches)].slice(0, MOST_CHOICES);
}

function wordsOf(text: string): string {
  return text.trim().toLowerCase().replaceAll('_', ' ');
}

function labelOf(zone: string): string {
  return zone === OWN ? `This device (${ownZoneName()})` : zone;
}

/** "UTC+01:00", as it is today. */
function offsetOf(zone: string): string {
  const known = zoneNamed(zone === OWN ? ownZoneName() : zone);
  return known ? `UTC${offsetName(known.offsetMsAt(Date.now()))}` : '';
}
