/**
 * Deals a whole number out by weights: the shares are whole and add up to it exactly, each within 1 of its exact size.
 * @param total a whole number, of either sign
 * @param weights none below 0; if all are 0, they count as equal
 */
export function splitWhole(total: number, weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((all, one) => all + one, 0);
  let seen = 0;
  let dealt = 0;
  return weights.map((weight, i) => {
    seen += sum > 0 ? weight / sum : 1 / weights.length;
    const due = i === weights.length - 1 ? total : Math.round(total * seen);
    const share = due - dealt;
    dealt = due;
    return share;
  });
}
