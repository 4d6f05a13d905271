import { DEFAULT_SETTINGS, SENSITIVITIES } from '#core/anomaly/settings.ts';
import { RIGHT_KINDS, type Score, type Trial, score } from './fleet-truth.ts';
import { type Table, quantileOf } from './table.ts';

/** Others than those that anything was chosen by, or was looked at for what was wrong: below 500. */
const SEEDS = [501, 502];
const DAYS = 17;
const LEVELS_SEED = 503;
const LEVELS_DAYS = 7;
const MINUTE_MS = 60_000;

/** What the product makes of incidents that the simulation recorded. */
export function benchFleetTruth(): Table {
  const scores = SEEDS.map((seed) => score(seed, DAYS));
  const trials = scores.flatMap((one) => one.trials);
  const kinds = Object.keys(RIGHT_KINDS);
  for (const line of footnotes(scores)) console.log(line);
  return {
    title: `Incidents of a simulated fleet: ${SEEDS.length} seeds, ${DAYS} days each after 7 days of learning, sensitivity medium`,
    columns: [
      'kind',
      'recorded',
      'found, %',
      'found under another name, %',
      'minutes until found: median / 90 %',
      'first contributor is the culprit, % of found',
      'error of the money: median / 90 %, %',
      'quick look: within 15 s, % / median s',
    ],
    rows: [
      ...kinds.map((kind) =>
        rowOf(
          kind,
          trials.filter((one) => one.truth.kind === kind),
        ),
      ),
      rowOf('all', trials),
    ],
  };
}

/** What the sensitivity changes. */
export function benchSensitivity(): Table {
  return {
    title: `Sensitivity: ${LEVELS_DAYS} days of another seed`,
    columns: [
      'sensitivity',
      'recorded',
      'found, %',
      'incidents a day told of with nothing recorded behind them',
      'beside a recorded one, a day',
    ],
    rows: SENSITIVITIES.map((sensitivity) => {
      const one = score(LEVELS_SEED, LEVELS_DAYS, { ...DEFAULT_SETTINGS, sensitivity });
      const found = one.trials.filter((trial) => trial.found).length;
      return [
        sensitivity,
        String(one.trials.length),
        percent(found, one.trials.length),
        (one.fromNothing.length / one.days).toFixed(2),
        (one.beside.length / one.days).toFixed(2),
      ];
    }),
  };
}

function rowOf(name: string, trials: readonly Trial[]): string[] {
  const found = trials.flatMap((one) => (one.found ? [{ ...one, found: one.found }] : []));
  const delays = found.map((one) => (one.found.foundMs - one.truth.fromMs) / MINUTE_MS);
  const errors = trials.flatMap((one) => one.moneyError ?? []).map((one) => 100 * one);
  const quick = trials.filter((one) => one.quickDelayS !== undefined);
  const quickDelays = quick.flatMap((one) => one.quickDelayS ?? []);
  const isOfMoney = name === 'runaway-agent' || name === 'model-switch' || name === 'outage';
  return [
    name,
    String(trials.length),
    percent(found.length, trials.length),
    percent(trials.filter((one) => one.isMisnamed).length, trials.length),
    `${quantileOf(delays, 0.5).toFixed(0)} / ${quantileOf(delays, 0.9).toFixed(0)}`,
    percent(found.filter((one) => one.isExplained).length, found.length),
    isOfMoney
      ? `${quantileOf(errors, 0.5).toFixed(1)} / ${quantileOf(errors, 0.9).toFixed(1)}`
      : '',
    quick.length === 0 || name === 'all'
      ? ''
      : `${percent(quickDelays.filter((one) => one <= 15).length, quick.length)} / ${quantileOf(quickDelays, 0.5)}`,
  ];
}

function footnotes(scores: readonly Score[]): readonly string[] {
  const days = scores.reduce((sum, one) => sum + one.days, 0);
  const perDay = (count: number) => (count / days).toFixed(2);
  const fromNothing = scores.flatMap((one) => one.fromNothing);
  const beside = scores.flatMap((one) => one.beside);
  const hours = scores.reduce((sum, one) => sum + one.quickHours, 0);
  const quick = scores.reduce((sum, one) => sum + one.quickFalse, 0);
  const missed = scores.flatMap((one) => one.trials).filter((one) => !one.found);
  return [
    `Told of with nothing recorded behind them: ${perDay(fromNothing.length)} a day (${fromNothing.filter((one) => one.severity !== 'minor').length} of ${fromNothing.length} more than minor).`,
    `Beside a recorded one: ${perDay(beside.length)} a day.`,
    `Quick look: ${quick} minutes with an alarm and nothing recorded behind it, in ${hours.toFixed(1)} hours.`,
    ...missed.map(({ truth, isMisnamed }) => {
      const { kind, fromMs, tenantId, customerId, model, factor } = truth;
      const who = customerId ?? tenantId ?? model;
      return `Missed: ${new Date(fromMs).toISOString()} ${kind} ${who} x${factor.toFixed(1)}${isMisnamed ? ', found under another name' : ''}`;
    }),
    ...[...fromNothing, ...beside].map(
      ({ startMs, endMs, kind, root, severity, score: ofIt }) =>
        `Extra: ${new Date(startMs).toISOString()} ${kind} ${root.dimension} ${root.id} ${((endMs ?? startMs) - startMs) / MINUTE_MS} min, ${severity}, ${ofIt.toFixed(2)}`,
    ),
  ];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '' : ((100 * part) / whole).toFixed(0);
}
