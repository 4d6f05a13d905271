import { describe, expect, it } from 'vitest';
import type { AnomaliesReply, LedgerNews } from '../wire/anomalies.ts';
import { anIncident } from '../wire/testing/anomalies.ts';
import { planNews, planReply } from './ledger-news.ts';

const CURSOR = { epoch: 'e', ledger: 'l', revision: 10 };
const at = (revision: number) => ({ ...anIncident({ id: `i${revision}` }), revision });

function news(since: number, revision: number, ...revisions: number[]): LedgerNews {
  return { ledger: { id: 'l', since, revision }, anomalies: revisions.map(at), acks: [] };
}

function reply(over: Partial<AnomaliesReply> = {}): AnomaliesReply {
  const { epoch, ledger } = CURSOR;
  return { epoch, ledger, revision: 12, hasMore: false, anomalies: [at(11)], acks: [], ...over };
}

describe('news of a ledger', () => {
  it('S58 are taken when they continue what is known, and of them what is new', () => {
    expect(planNews(CURSOR, 'e', news(8, 12, 9, 10, 11, 12))).toEqual({
      take: {
        next: { ...CURSOR, revision: 12 },
        isAnew: false,
        anomalies: [at(11), at(12)],
        acks: [],
      },
    });
  });

  it('S58 that leave something out, or are of elsewhere, are asked for', () => {
    expect(planNews(CURSOR, 'e', news(11, 12, 12))).toBe('ask');
    expect(planNews(null, 'e', news(0, 12, 12))).toBe('ask');
    expect(planNews(CURSOR, 'other', news(10, 12, 12))).toBe('ask');
    expect(planNews({ ...CURSOR, ledger: 'm' }, 'e', news(10, 12, 12))).toBe('ask');
  });

  it('S58 that end before what is known, or contradict themselves, are asked for', () => {
    expect(planNews(CURSOR, 'e', news(8, 9, 9))).toBe('ask');
    expect(planNews(CURSOR, 'e', news(10, 12, 13))).toBe('ask');
    expect(planNews(CURSOR, 'e', news(10, 12, 10))).toBe('ask');
  });

  it('S58 that tell nothing new are nothing', () => {
    expect(planNews(CURSOR, 'e', news(10, 10))).toBe('nothing');
  });
});

describe('a reply of a ledger', () => {
  it('S58 is taken when it continues what is known, or when everything was asked for', () => {
    const next = { ...CURSOR, revision: 12 };
    const taken = { next, anomalies: [at(11)], acks: [] };
    expect(planReply(CURSOR, 10, reply())).toEqual({ ...taken, isAnew: false });
    expect(planReply(null, 0, reply())).toEqual({ ...taken, isAnew: true });
    expect(planReply({ ...CURSOR, epoch: 'old' }, 0, reply())).toEqual({ ...taken, isAnew: true });
  });

  it('S59 of another ledger, another data set, or an earlier day of the same ledger begins anew', () => {
    expect(planReply(CURSOR, 10, reply({ ledger: 'm' }))).toBe('begin-anew');
    expect(planReply(CURSOR, 10, reply({ epoch: 'f' }))).toBe('begin-anew');
    const earlier = reply({ revision: 9, anomalies: [] });
    expect(planReply(CURSOR, 10, earlier)).toBe('begin-anew');
  });

  it('S58 that makes no sense is not taken', () => {
    expect(planReply(CURSOR, 10, reply({ anomalies: [at(13)] }))).toBeNull();
    expect(planReply(CURSOR, 10, reply({ anomalies: [at(10)] }))).toBeNull();
    const endless = reply({ revision: 10, anomalies: [], hasMore: true });
    expect(planReply(CURSOR, 10, endless)).toBeNull();
  });
});
