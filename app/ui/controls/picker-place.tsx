import { type ComponentType, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** What the user had done before the picker was there. */
export interface PickerStart {
  readonly hasFocus: boolean;
  readonly search: string;
  readonly isOpen: boolean;
}

/** The field, as the place and the picker both draw it. */
export interface PickerField {
  readonly label: string;
  readonly placeholder: string;
  readonly className?: string;
  readonly shortcut?: 'filter' | undefined;
}

type Picker<Props> = ComponentType<Props & { readonly start: PickerStart }>;

interface PickerPlaceProps<Props> {
  readonly field: PickerField;
  /** Lists, search and popups are a tenth of the page, and most visits pick nothing. */
  readonly load: () => Promise<Picker<Props>>;
  readonly props: Props;
}

interface Loaded<Props> {
  readonly Picker: Picker<Props>;
  readonly start: PickerStart;
}

/** A field that looks like the picker, and becomes it when it is used: focus, press and text go along. */
export function PickerPlace<Props extends object>({
  field: look,
  load,
  props,
}: PickerPlaceProps<Props>) {
  const [loaded, setLoaded] = useState<Loaded<Props> | null>(null);
  const placeId = useId();
  const field = useRef<HTMLInputElement>(null);
  /** From a press to its click: the focus in between is part of it. */
  const isPressed = useRef(false);
  const isClicked = useRef(false);
  const prepare = async () => {
    try {
      return await load();
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
        className={`search picker-input ${look.className ?? ''}`}
        role="combobox"
        aria-expanded={false}
        aria-controls={placeId}
        aria-haspopup="listbox"
        autoComplete="off"
        placeholder={look.placeholder}
        aria-label={look.label}
        data-shortcut={look.shortcut}
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
