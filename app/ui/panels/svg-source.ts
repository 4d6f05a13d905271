/** What belongs to the pointer and not to the chart. */
const PASSING = '.recharts-tooltip-cursor, .recharts-active-dot, .chart-selection';
/** What a stylesheet may say of a drawing, which alone is not taken along. */
const STYLES =
  'fill fill-opacity stroke stroke-opacity stroke-width stroke-dasharray stroke-linejoin opacity visibility display text-anchor font-family font-size font-weight font-variant-numeric'.split(
    ' ',
  );

/** The source of a drawing that looks the same without the page's stylesheets. */
export function svgSourceOf(chart: SVGSVGElement, width: number, height: number): string {
  const copy = chart.cloneNode(true) as SVGSVGElement; // a clone is what it was cloned from
  const originals = chart.querySelectorAll<SVGElement>('*');
  for (const [i, one] of copy.querySelectorAll<SVGElement>('*').entries()) {
    const original = originals[i];
    if (!original) continue;
    const style = getComputedStyle(original);
    for (const name of STYLES) one.style.setProperty(name, style.getPropertyValue(name));
  }
  for (const one of copy.querySelectorAll(PASSING)) one.remove();
  copy.removeAttribute('style');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  return new XMLSerializer().serializeToString(copy);
}
