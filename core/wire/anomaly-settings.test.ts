import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, SENSITIVITIES } from '../anomaly/settings.ts';
import {
  MAX_FLOOR_USD_PER_HOUR,
  anomalySettingsBodyOf,
  parseAnomalySettings,
} from './anomaly-settings.ts';

const BODY = { sensitivity: 'high', floorUsdPerHour: 12.5 };

describe('settings of the anomalies', () => {
  it('K30 travel in dollars and are kept in micro-dollars', () => {
    const value = { sensitivity: 'high', floorMicroUsdPerHour: 12_500_000 };
    expect(parseAnomalySettings(BODY)).toEqual({ ok: true, value });
    expect(anomalySettingsBodyOf(DEFAULT_SETTINGS)).toEqual({
      sensitivity: 'medium',
      floorUsdPerHour: 25,
    });
  });

  it('K30 are the same after a journey, to the micro-dollar', () => {
    for (const sensitivity of SENSITIVITIES) {
      for (const floorMicroUsdPerHour of [0, 1, 333_333, 25_000_001, 999_999_999_999]) {
        const value = { sensitivity, floorMicroUsdPerHour };
        const sent: unknown = JSON.parse(JSON.stringify(anomalySettingsBodyOf(value)));
        expect(parseAnomalySettings(sent)).toEqual({ ok: true, value });
      }
    }
  });

  it.each([
    ['no sensitivity', { sensitivity: undefined }, 'sensitivity'],
    ['an unknown one', { sensitivity: 'extreme' }, 'sensitivity'],
    ['no floor', { floorUsdPerHour: undefined }, 'floorUsdPerHour'],
    ['a floor below nothing', { floorUsdPerHour: -0.01 }, 'floorUsdPerHour'],
    ['a floor without bound', { floorUsdPerHour: MAX_FLOOR_USD_PER_HOUR + 1 }, 'floorUsdPerHour'],
    ['a floor in words', { floorUsdPerHour: '25' }, 'floorUsdPerHour'],
  ])('K30 are refused with %s', (_what, fields, where) => {
    const parsed = parseAnomalySettings({ ...BODY, ...fields });
    expect(!parsed.ok && parsed.reason).toMatch(new RegExp(`^${where}: `));
  });
});
