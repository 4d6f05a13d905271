/** What usage is attributed to: one customer of one tenant, using one model. */
export interface SeriesKey {
  readonly tenantId: string;
  readonly customerId: string;
  readonly model: string;
}

/**
 * Gives each series a small integer id, in order of first sight, for the life of one data set (epoch).
 * Ids are dense from 0, so they can index arrays.
 */
export class SeriesDictionary {
  readonly #keys: SeriesKey[] = [];
  readonly #ids = new Map<string, number>();

  constructor(keys: Iterable<SeriesKey> = []) {
    for (const key of keys) this.idOf(key);
  }

  get size(): number {
    return this.#keys.length;
  }

  /** The id of a series; an unseen one gets the next free id. */
  idOf(key: SeriesKey): number {
    const name = nameOf(key);
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.#keys.length;
    this.#keys.push({ tenantId: key.tenantId, customerId: key.customerId, model: key.model });
    this.#ids.set(name, id);
    return id;
  }

  /** @throws {RangeError} for an id that was never given: rows and dictionary do not belong together. */
  keyOf(id: number): SeriesKey {
    const key = this.#keys[id];
    if (!key) throw new RangeError(`no series has the id ${id}`);
    return key;
  }

  /** The series with ids from `fromId` on, in id order. */
  keysFrom(fromId: number): readonly SeriesKey[] {
    return this.#keys.slice(fromId);
  }
}

// A control character cannot occur in an id that came through the wire schema, so names never collide.
function nameOf(key: SeriesKey): string {
  return `${key.tenantId}\u0000${key.customerId}\u0000${key.model}`;
}
