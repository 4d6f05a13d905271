import { Combobox, createListCollection } from '@ark-ui/react/combobox';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Dimension } from '#core/view/filter.ts';
import { useFilterActions } from '../filter-actions.ts';
import { usePage } from '../use-page.ts';
import type { PickerField, PickerStart } from './picker-place.tsx';

/** More would not be read: the search narrows it down. */
const MOST_CHOICES = 50;

interface FilterPickerProps {
  readonly dimension: Dimension;
  /** What one value is called. */
  readonly name: string;
  readonly field: PickerField;
  readonly start: PickerStart;
}

/** Picks values of one dimension by search; picking a chosen one takes it away. */
export function FilterPicker({ dimension, name, field, start }: FilterPickerProps) {
  const choices = usePage((page) => page.frame?.choices[dimension]);
  const chosen = usePage((page) => page.filter[dimension]);
  const { toggle } = useFilterActions();
  const [search, setSearch] = useState(start.search);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (start.hasFocus) input.current?.focus();
    // The way by which the user opens it.
    if (start.isOpen) input.current?.click();
  }, [start]);
  const found = useMemo(() => {
    const wanted = search.toLowerCase();
    const matches = (choices ?? []).filter((value) => value.toLowerCase().includes(wanted));
    return createListCollection({ items: matches.slice(0, MOST_CHOICES) });
  }, [choices, search]);
  const pick = (values: readonly string[]) => {
    const picked = values.find((value) => !chosen.includes(value));
    const dropped = chosen.find((value) => !values.includes(value));
    const value = picked ?? dropped;
    if (value !== undefined) toggle(dimension, value);
    setSearch('');
  };
  return (
    <Combobox.Root
      className="picker"
      collection={found}
      multiple
      openOnClick
      selectionBehavior="clear"
      value={[...chosen]}
      inputValue={search}
      onInputValueChange={({ inputValue }) => setSearch(inputValue)}
      onValueChange={({ value }) => pick(value)}
    >
      <Combobox.Control>
        <Combobox.Input
          ref={input}
          className="search picker-input"
          placeholder={field.placeholder}
          aria-label={field.label}
          data-shortcut={field.shortcut}
        />
      </Combobox.Control>
      <Combobox.Positioner>
        <Combobox.Content className="picker-list">
          {found.items.length === 0 && <p className="picker-none">No {name} is called that</p>}
          {found.items.map((value) => (
            <Combobox.Item key={value} item={value} className="picker-item">
              <Combobox.ItemText>{value}</Combobox.ItemText>
              <Combobox.ItemIndicator>✓</Combobox.ItemIndicator>
            </Combobox.Item>
          ))}
        </Combobox.Content>
      </Combobox.Positioner>
    </Combobox.Root>
  );
}
