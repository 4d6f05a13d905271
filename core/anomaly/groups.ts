import type { SeriesDictionary } from '../rollup/series.ts';

type GroupDimension = 'total' | 'tenant' | 'model' | 'customer';

/** Series that are watched as one: all, or those of a tenant, a model or a customer. The id of the total is empty. */
export interface GroupKey {
  readonly dimension: GroupDimension;
  readonly id: string;
}

const TOTAL: GroupKey = { dimension: 'total', id: '' };

/** Unlike for unlike groups. */
export function nameOfGroup({ dimension, id }: GroupKey): string {
  return `${dimension}:${id}`;
}

/** Which groups each series belongs to. Group numbers are dense from 0, which is the total, in order of first sight. */
export class Groups {
  readonly #series: SeriesDictionary;
  readonly #keys: GroupKey[] = [TOTAL];
  readonly #members: Set<number>[] = [new Set()];
  readonly #numbers = new Map<string, number>([[nameOfGroup(TOTAL), 0]]);
  readonly #groupsOf: (readonly number[])[] = [];

  constructor(series: SeriesDictionary) {
    this.#series = series;
  }

  get size(): number {
    return this.#keys.length;
  }

  keyOf(group: number): GroupKey {
    return this.#keys[group] ?? TOTAL;
  }

  /** The number of a group; undefined: no series of it was seen. */
  numberOf(key: GroupKey): number | undefined {
    return this.#numbers.get(nameOfGroup(key));
  }

  /** The groups of a series: the total, its tenant, its model, its customer. Series not seen before are taken in. */
  of(series: number): readonly number[] {
    while (this.#groupsOf.length <= series) this.#takeIn(this.#groupsOf.length);
    return this.#groupsOf[series] ?? [];
  }

  /** Whether some series is in both. */
  overlap(a: number, b: number): boolean {
    const [membersA, membersB] = [this.#members[a], this.#members[b]];
    if (!membersA || !membersB) return false;
    const [few, many] = membersA.size < membersB.size ? [membersA, membersB] : [membersB, membersA];
    for (const series of few) if (many.has(series)) return true;
    return false;
  }

  /** How many series a group has. */
  sizeOf(group: number): number {
    return this.#members[group]?.size ?? 0;
  }

  #takeIn(series: number): void {
    const { tenantId, customerId, model } = this.#series.keyOf(series);
    const groups = [
      0,
      this.#number({ dimension: 'tenant', id: tenantId }),
      this.#number({ dimension: 'model', id: model }),
      this.#number({ dimension: 'customer', id: customerId }),
    ];
    for (const group of groups) this.#members[group]?.add(series);
    this.#groupsOf.push(groups);
  }

  #number(key: GroupKey): number {
    const name = nameOfGroup(key);
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#keys.length;
    this.#keys.push(key);
    this.#members.push(new Set());
    this.#numbers.set(name, number);
    return number;
  }
}
