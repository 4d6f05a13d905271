import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ChoiceStrip } from './choice-strip.tsx';

const LABELS = { bars: 'Bars', donut: 'Donut' };

function namesOfGroup(name: string): (string | null)[] {
  const { unmount } = render(
    <>
      <p>What came before it</p>
      <ChoiceStrip
        name={name}
        className="views"
        choices={['bars', 'donut']}
        chosen="bars"
        onChoose={() => undefined}
        labels={LABELS}
      />
    </>,
  );
  const names = screen.getAllByRole('radio').map((one) => one.getAttribute('name'));
  unmount();
  return names;
}

it('W62 a choice that is drawn again is the same group to the browser, and another choice is another', () => {
  const [first] = namesOfGroup('Cost as');
  expect(first).toBeTruthy();
  expect([...namesOfGroup('Cost as'), ...namesOfGroup('Cost as')]).toEqual(Array(4).fill(first));
  expect(namesOfGroup('Tokens as')).not.toContain(first);
});
