import type { PricedModel } from '#core/billing/prices.ts';

/** What the simulation assumes of a model, other than its price. Invented, but in proportion. */
export interface ModelTraits {
  /** How often customers pick it, relative to the others. */
  readonly popularity: number;
  /** Until the first token, ms. */
  readonly firstTokenMs: number;
  /** For each token written, ms. */
  readonly tokenMs: number;
}

export const MODEL_TRAITS: Readonly<Record<PricedModel, ModelTraits>> = {
  'gpt-5.5': { popularity: 4, firstTokenMs: 900, tokenMs: 14 },
  'gpt-5.4-mini': { popularity: 2, firstTokenMs: 400, tokenMs: 7 },
  'claude-opus-5': { popularity: 4, firstTokenMs: 1_100, tokenMs: 16 },
  'claude-sonnet-5': { popularity: 5, firstTokenMs: 800, tokenMs: 12 },
  'claude-haiku-4-5': { popularity: 2, firstTokenMs: 450, tokenMs: 7 },
  'gemini-3.5-flash': { popularity: 2, firstTokenMs: 500, tokenMs: 6 },
  'gemini-3.5-flash-lite': { popularity: 1, firstTokenMs: 350, tokenMs: 4 },
  'mistral-medium-3-5': { popularity: 2, firstTokenMs: 500, tokenMs: 10 },
  'llama-3.3-70b-versatile': { popularity: 1, firstTokenMs: 250, tokenMs: 4 },
};
