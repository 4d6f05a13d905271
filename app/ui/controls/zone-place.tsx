import { useTimeFormat } from '../time-format.ts';
import { PickerPlace } from './picker-place.tsx';

const loadPicker = async () => (await import('./zone-picker.tsx')).ZonePicker;

/** The zone in which all times of the page are told, and where another one is chosen. */
export function ZonePlace() {
  const { zone } = useTimeFormat();
  const field = { label: 'Time zone', placeholder: zone.name, className: 'zone-input' };
  return <PickerPlace field={field} load={loadPicker} props={{ field }} />;
}
