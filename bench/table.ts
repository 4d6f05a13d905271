/** One benchmark's figures, as they go into the document. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function markdownOf({ title, columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = line(columns.map(() => '---'));
  return [`### ${title}`, '', line(columns), rule, ...rows.map(line), ''].join('\n');
}

export function medianOf(values: readonly number[]): number {
  return quantileOf(values, 0.5);
}

/** @param quantile 0 to 1 */
export function quantileOf(values: readonly number[], quantile: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] ?? Number.NaN;
}
