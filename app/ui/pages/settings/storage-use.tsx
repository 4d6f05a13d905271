import { useEffect, useState } from 'react';
import type { CachedTier, Outcome, StorageReport } from '#app/protocol/messages.ts';
import { formatBytes, formatCount, formatShare } from '../../format.ts';
import type { AskStorage } from '../../storage-questions.ts';
import { type TimeFormat, useTimeFormat } from '../../time-format.ts';
import { Persistence } from './persistence.tsx';

/** How often the figures are asked for while the page is open, ms. */
const ASK_EVERY_MS = 5_000;

const NAMES = { '5s': '5 seconds', '1m': '1 minute', '1h': '1 hour' } as const;

/** What is cached, by resolution: how much, and from when. */
export function StorageUse({ onStorage }: { onStorage: AskStorage }) {
  const report = useStorageReport(onStorage);
  return (
    <section className="panel setting" aria-label="On this device">
      <h3>On this device</h3>
      <Persistence />
      {report === null && <p className="quiet">Looking…</p>}
      {report?.ok === false && <p role="alert">{report.reason}</p>}
      {report?.ok && <Tiers report={report.value} />}
    </section>
  );
}

function useStorageReport(onStorage: AskStorage): Outcome<StorageReport> | null {
  const [report, setReport] = useState<Outcome<StorageReport> | null>(null);
  useEffect(() => {
    let isShown = true;
    const ask = () =>
      onStorage({ type: 'report-storage' }).then((answer) => {
        if (isShown && answer.type === 'report-storage') setReport(answer.result);
      });
    void ask();
    const timer = setInterval(() => void ask(), ASK_EVERY_MS);
    return () => {
      isShown = false;
      clearInterval(timer);
    };
  }, [onStorage]);
  return report;
}

function Tiers({ report }: { report: StorageReport }) {
  const { tiers, mostBytes, quotaBytes } = report;
  const format = useTimeFormat();
  const bytes = tiers.reduce((sum, tier) => sum + tier.bytes, 0);
  const fromMs = Math.min(...tiers.map((tier) => tier.fromMs ?? Infinity));
  return (
    <>
      <p>
        <strong>{formatBytes(bytes)}</strong> of {formatBytes(mostBytes)}
        {quotaBytes !== null && (
          <span className="quiet"> (the browser allows this site {formatBytes(quotaBytes)})</span>
        )}
        {Number.isFinite(fromMs) && `, oldest data of ${instant(format, fromMs)}`}
      </p>
      <meter aria-label="Room used" min={0} max={mostBytes} value={bytes} />
      <table>
        <caption className="for-screen-readers">Cached metrics by resolution</caption>
        <thead>
          <tr>
            <th scope="col">Resolution</th>
            <th scope="col">From</th>
            <th scope="col" className="wide">
              To
            </th>
            <th scope="col" className="number">
              Complete
            </th>
            <th scope="col" className="number">
              Size
            </th>
            <th scope="col" className="number wide">
              Segments
            </th>
          </tr>
        </thead>
        <tbody>
          {tiers.map((tier) => (
            <TierRow key={tier.resolution} tier={tier} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function TierRow({ tier }: { tier: CachedTier }) {
  const { resolution, fromMs, toMs, coveredMs, bytes, segments } = tier;
  const isEmpty = fromMs === null || toMs === null;
  const format = useTimeFormat();
  return (
    <tr>
      <th scope="row">{NAMES[resolution]}</th>
      <td>{isEmpty ? '–' : instant(format, fromMs)}</td>
      <td className="wide">{isEmpty ? '–' : instant(format, toMs)}</td>
      <td className="number">{isEmpty ? '–' : formatShare(coveredMs / (toMs - fromMs))}</td>
      <td className="number">{formatBytes(bytes)}</td>
      <td className="number wide">{formatCount(segments)}</td>
    </tr>
  );
}

function instant({ formatDay, formatMinute }: TimeFormat, atMs: number): string {
  return `${formatDay(atMs)} ${formatMinute(atMs)}`;
}
