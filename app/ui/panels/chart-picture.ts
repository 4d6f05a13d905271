import { svgSourceOf } from './svg-source.ts';

/** What a picture of a chart says beside the drawing. */
export interface PictureTexts {
  readonly title: string;
  readonly figure: string;
  /** One line each: window, filter. */
  readonly notes: readonly string[];
  readonly foot: string;
}

type Picture =
  | { readonly ok: true; readonly value: Blob }
  /** A sentence for people. */
  | { readonly ok: false; readonly reason: string };

/** An entry of a legend, and where it goes: legends break into rows. */
interface LegendEntry {
  readonly text: string;
  readonly colour: string;
  readonly opacity: number;
  readonly isLine: boolean;
  readonly x: number;
  readonly row: number;
}

/** Pixels of the picture per pixel of the page: sharp on paper and on any screen. */
const SCALE = 2;
const MARGIN_PX = 24;
const LINE_PX = 20;
const TITLE_PX = 26;
const FIGURE_PX = 36;
/** The colour of an entry of the legend, and the gap beside it. */
const SWATCH_PX = 22;

/**
 * The chart of a panel as a PNG, as it looks now, with words around it that say what it is.
 * @param panel the chart, its legends, and the colours to use
 */
export async function pictureOf(panel: HTMLElement, texts: PictureTexts): Promise<Picture> {
  const chart = panel.querySelector<SVGSVGElement>('.chart svg.recharts-surface');
  if (!chart) return { ok: false, reason: 'There is no chart to save yet.' };
  const { width, height } = chart.getBoundingClientRect();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) return { ok: false, reason: 'This browser draws no pictures.' };
  context.font = fontOf(panel, 13, 400);
  const legend = legendOf(panel, width, (text) => context.measureText(text).width);
  const legendTop = MARGIN_PX + TITLE_PX + FIGURE_PX + LINE_PX * texts.notes.length;
  const rows = Math.max(0, ...legend.map((entry) => entry.row + 1));
  const chartTop = legendTop + LINE_PX * (rows + 0.5);
  canvas.width = Math.round((width + 2 * MARGIN_PX) * SCALE);
  canvas.height = Math.round((chartTop + height + 2 * LINE_PX + MARGIN_PX / 2) * SCALE);
  context.scale(SCALE, SCALE);
  context.fillStyle = getComputedStyle(panel).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  drawTexts(context, panel, texts, { widthPx: width, footY: chartTop + height + 1.5 * LINE_PX });
  context.font = fontOf(panel, 13, 400);
  for (const entry of legend) drawEntry(context, entry, quietColour(panel), legendTop);
  const drawing = new Image();
  drawing.src = `data:image/svg+xml,${encodeURIComponent(svgSourceOf(chart, width, height))}`;
  try {
    await drawing.decode();
  } catch {
    return { ok: false, reason: 'This browser cannot draw the chart into a picture.' };
  }
  context.drawImage(drawing, MARGIN_PX, chartTop, width, height);
  const picture = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (!picture) return { ok: false, reason: 'The picture is too large for this browser.' };
  return { ok: true, value: picture };
}

function drawTexts(
  context: CanvasRenderingContext2D,
  panel: HTMLElement,
  { title, figure, notes, foot }: PictureTexts,
  { widthPx, footY }: { readonly widthPx: number; readonly footY: number },
): void {
  const write = (text: string, y: number, px: number, weight: number, colour: string) => {
    context.font = fontOf(panel, px, weight);
    context.fillStyle = colour;
    context.fillText(shortened(context, text, widthPx), MARGIN_PX, y);
  };
  const { color } = getComputedStyle(panel);
  const quiet = quietColour(panel);
  let y = MARGIN_PX + 12;
  write(title, y, 15, 600, color);
  y += FIGURE_PX;
  write(figure, y, 28, 600, color);
  for (const note of notes) {
    y += LINE_PX;
    write(note, y, 13, 400, quiet);
  }
  write(foot, footY, 13, 400, quiet);
}

function quietColour(panel: HTMLElement): string {
  return getComputedStyle(panel.querySelector('.headline-note') ?? panel).color;
}

function fontOf(panel: HTMLElement, px: number, weight: number): string {
  return `${weight} ${px}px ${getComputedStyle(panel).fontFamily}`;
}

/** As much of a text as there is room for. */
function shortened(context: CanvasRenderingContext2D, text: string, widthPx: number): string {
  if (context.measureText(text).width <= widthPx) return text;
  let length = text.length - 1;
  while (length > 0 && context.measureText(`${text.slice(0, length)}…`).width > widthPx) length--;
  return `${text.slice(0, length)}…`;
}

/** What is drawn, by the legends of the panel; what is put away is left out. */
function legendOf(
  panel: HTMLElement,
  widthPx: number,
  measure: (text: string) => number,
): readonly LegendEntry[] {
  let x = 0;
  let row = 0;
  return [...panel.querySelectorAll<HTMLElement>('.legend li')].flatMap((entry) => {
    const swatch = entry.querySelector('i');
    const isPutAway = entry.querySelector('.token-legend [aria-pressed="false"]') !== null;
    if (!swatch || isPutAway) return [];
    const { borderTopColor, backgroundColor, opacity } = getComputedStyle(swatch);
    const isLine = swatch.classList.contains('token-legend-line');
    const text = entry.textContent.trim();
    const entryPx = SWATCH_PX + measure(text);
    if (x > 0 && x + entryPx > widthPx) {
      x = 0;
      row++;
    }
    const colour = isLine ? borderTopColor : backgroundColor;
    const placed = { text, colour, opacity: Number(opacity), isLine, x: MARGIN_PX + x, row };
    x += entryPx + SWATCH_PX;
    return [placed];
  });
}

function drawEntry(
  context: CanvasRenderingContext2D,
  { text, colour, opacity, isLine, x, row }: LegendEntry,
  textColour: string,
  legendTop: number,
): void {
  const y = legendTop + LINE_PX * (row + 0.75);
  context.globalAlpha = opacity;
  context.fillStyle = colour;
  if (isLine) for (const dash of [0, 6, 12]) context.fillRect(x + dash, y - 5, 4, 2);
  else context.fillRect(x, y - 9, 16, 9);
  context.globalAlpha = 1;
  context.fillStyle = textColour;
  context.fillText(text, x + SWATCH_PX, y);
}
