/** Keeps the values asked for last, at most `capacity` of them; the others are made again when needed. */
export class Recent<Value> {
  readonly #capacity: number;
  readonly #values = new Map<number, Value>();

  /** @param capacity at least 1 */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#values.size;
  }

  /** The value of `key`, made if it is not kept. */
  get(key: number, make: () => Value): Value {
    const kept = this.#values.get(key);
    const value = kept ?? make();
    // A map is ordered by insertion: what is asked for goes to its end, so the first is the one longest unasked for.
    this.#values.delete(key);
    this.#values.set(key, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.#capacity && oldest !== undefined) this.#values.delete(oldest);
    return value;
  }
}
