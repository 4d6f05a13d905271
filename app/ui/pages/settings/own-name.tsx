import { OwnNameField } from '../../incidents/own-name-field.tsx';
import '../../theme/anomalies.css';

/** As whom the user decides about incidents. */
export function OwnName() {
  return (
    <section className="panel setting" aria-label="You">
      <h3>You</h3>
      <OwnNameField />
    </section>
  );
}
