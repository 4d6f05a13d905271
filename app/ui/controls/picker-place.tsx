import { type ComponentType, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { FilterPickerProps, PickerStart } from './filter-picker.tsx';

interface Loaded {
  readonly Picker: ComponentType<FilterPickerProps>;
  readonly start: PickerStart;
}

// Lists, search and popups are a tenth of the page, and most visits filter by nothing.
const loadPicker = async () => (await import('./filter-picker.tsx')).FilterPicker;

/** A field that looks like the picker, and becomes it when it is used: focus, press and text go along. */
export function PickerPlace(props: Omit<FilterPickerProps, 'start'>) {
  const { dimension, name } = props;
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const placeId = useId();
  const field = useRef<HTMLInputElement>(null);
  /** From a press to its click: the focus in between is part of it. */
  const isPressed = useRef(false);
  const isClicked = useRef(false);
  const prepare = async () => {
    try {
      return await loadPicker();
    } catch {
      // Not on this device yet, and no server: the next use tries again.
      return null;
    }
  };
  const become = async () => {
    const Picker = await prepare();
    const input = field.current;
    if (!Picker || !input) return;
    const hasFocus = input === document.activeElement;
    const isUsed = isClicked.current || input.value !== '';
    const start = { hasFocus, search: input.value, isOpen: hasFocus && isUsed };
    // At once: a key that is pressed before the next drawing would go with the field.
    flushSync(() => setLoaded({ Picker, start }));
  };
  if (loaded) return <loaded.Picker {...props} start={loaded.start} />;
  return (
    <div className="picker" id={placeId}>
      <input
        ref={field}
        className="search picker-input"
        role="combobox"
        aria-expanded={false}
        aria-controls={placeId}
        aria-haspopup="listbox"
        autoComplete="off"
        placeholder={`Any ${name}`}
        aria-label={`Filter by ${name}`}
        data-shortcut={dimension === 'tenants' ? 'filter' : undefined}
        onPointerEnter={() => void prepare()}
        onPointerDown={() => {
          isPressed.current = true;
          void prepare();
        }}
        onPointerCancel={() => {
          isPressed.current = false;
        }}
        onBlur={() => {
          isPressed.current = false;
          isClicked.current = false;
        }}
        onFocus={() => {
          if (!isPressed.current) void become();
        }}
        onClick={() => {
          isPressed.current = false;
          isClicked.current = true;
          void become();
        }}
        onInput={() => void become()}
      />
    </div>
  );
}
