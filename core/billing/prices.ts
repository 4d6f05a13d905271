/** List price of a model, in whole micro-dollars per million tokens. */
export interface Price {
  readonly inputMicroUsdPerMillion: number;
  readonly outputMicroUsdPerMillion: number;
}

/**
 * Public list prices for pay-as-you-go text, standard tier, prompts of ordinary length, nothing cached and nothing
 * batched. Keys are the ids that the providers' APIs take.
 */
export const PRICES = {
  // https://developers.openai.com/api/docs/pricing, as of June 2026
  'gpt-5.5': { inputMicroUsdPerMillion: 5_000_000, outputMicroUsdPerMillion: 30_000_000 },
  'gpt-5.4-mini': { inputMicroUsdPerMillion: 750_000, outputMicroUsdPerMillion: 4_500_000 },
  // https://platform.claude.com/docs/en/about-claude/pricing, as of September 2026
  'claude-opus-5': { inputMicroUsdPerMillion: 5_000_000, outputMicroUsdPerMillion: 25_000_000 },
  'claude-sonnet-5': { inputMicroUsdPerMillion: 2_000_000, outputMicroUsdPerMillion: 10_000_000 },
  'claude-haiku-4-5': { inputMicroUsdPerMillion: 1_000_000, outputMicroUsdPerMillion: 5_000_000 },
  // https://ai.google.dev/gemini-api/docs/pricing, as of 7 October 2026
  'gemini-3.5-flash': { inputMicroUsdPerMillion: 1_500_000, outputMicroUsdPerMillion: 9_000_000 },
  'gemini-3.5-flash-lite': {
    inputMicroUsdPerMillion: 300_000,
    outputMicroUsdPerMillion: 2_500_000,
  },
  // https://mistral.ai/pricing, as of June 2026
  'mistral-medium-3-5': { inputMicroUsdPerMillion: 1_500_000, outputMicroUsdPerMillion: 7_500_000 },
  // Meta's Llama as hosted by Groq: https://groq.com/pricing, as of January 2026
  'llama-3.3-70b-versatile': {
    inputMicroUsdPerMillion: 590_000,
    outputMicroUsdPerMillion: 790_000,
  },
} as const satisfies Record<string, Price>;

/** A model whose price is known. */
export type PricedModel = keyof typeof PRICES;

/** Every model whose price is known, in the order of the table. */
export const PRICED_MODELS = Object.keys(PRICES) as readonly PricedModel[]; // a literal has no other keys

const MILLION = 1_000_000;

/**
 * What that many tokens cost at list price: whole micro-dollars, rounded once, half up.
 * Exact for as long as the result is a safe integer.
 *
 * @param inputTokens whole tokens sent to the model
 * @param outputTokens whole tokens written by the model
 */
export function costMicroUsd(
  model: PricedModel,
  inputTokens: number,
  outputTokens: number,
): number {
  const { inputMicroUsdPerMillion, outputMicroUsdPerMillion } = PRICES[model];
  // Millions and the rest apart: their plain product would pass 2^53 within an hour of a large customer.
  const wholeMillions =
    Math.floor(inputTokens / MILLION) * inputMicroUsdPerMillion +
    Math.floor(outputTokens / MILLION) * outputMicroUsdPerMillion;
  const rest =
    (inputTokens % MILLION) * inputMicroUsdPerMillion +
    (outputTokens % MILLION) * outputMicroUsdPerMillion;
  return wholeMillions + Math.round(rest / MILLION);
}
