import { useEffect, useState } from 'react';
import { DIMENSIONS } from '#core/view/filter.ts';
import type { Frame } from '#core/view/frame.ts';
import { saveFile } from '../save-file.ts';
import { fileNameOf, shownBy } from '../shown-file.ts';
import { type TimeFormat, timeFormatOf } from '../time-format.ts';
import { usePageStore } from '../use-page.ts';
import type { PictureTexts } from './chart-picture.ts';

// Few visits save a picture.
const load = () => import('./chart-picture.ts');
const NAMES = { tenants: 'tenant', customers: 'customer', models: 'model' } as const;

/** How long one may read why there is no picture. */
const FAILURE_MS = 8_000;

/** Saves the chart of the panel it stands in, as it looks now. */
export function PngButton() {
  const store = usePageStore();
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    if (failure === null) return undefined;
    const timer = setTimeout(() => setFailure(null), FAILURE_MS);
    return () => clearTimeout(timer);
  }, [failure]);
  const save = async (panel: HTMLElement | null) => {
    const { frame, zone, playback } = store.getState();
    if (playback)
      return setFailure('Pause the playback first: the picture is of a chart that stands.');
    if (!frame || !panel) return setFailure('Nothing is shown yet.');
    try {
      const { pictureOf } = await load();
      const picture = await pictureOf(panel, textsOf(panel, frame, timeFormatOf(zone)));
      setFailure(picture.ok ? null : picture.reason);
      if (picture.ok) saveFile(picture.value, fileNameOf(frame, 'png'));
    } catch {
      setFailure('This needs the server once, which cannot be reached.');
    }
  };
  return (
    <>
      <button
        type="button"
        className="png-button"
        aria-label="Save the chart as PNG"
        onPointerEnter={() => void load().catch(() => null)}
        onClick={({ currentTarget }) => void save(currentTarget.closest('section'))}
      >
        PNG
      </button>
      {failure !== null && (
        <p className="png-failure" role="alert">
          {failure}
        </p>
      )}
    </>
  );
}

function textsOf(panel: HTMLElement, frame: Frame, times: TimeFormat): PictureTexts {
  const { formatDay, formatOtherDay, formatTime } = times;
  const textOf = (selector: string) => panel.querySelector(selector)?.textContent ?? '';
  const { fromMs, toMs } = shownBy(frame).span;
  const from = `${formatDay(fromMs)} ${formatTime(fromMs)}`;
  const to = `${formatOtherDay(toMs, fromMs)}${formatTime(toMs)}`;
  const slice = DIMENSIONS.flatMap((dimension) => {
    const values = frame.filter[dimension];
    return values.length === 0 ? [] : [`${NAMES[dimension]} ${values.join(', ')}`];
  });
  return {
    title: panel.getAttribute('aria-label') ?? '',
    figure: textOf('.headline-figure'),
    notes: [
      textOf('.headline-note'),
      `${from} to ${to} (${times.zone.name})`,
      slice.length === 0 ? 'Everything' : slice.join(' · '),
    ],
    foot: `Burnrate · ${textOf('.as-of')}`,
  };
}
