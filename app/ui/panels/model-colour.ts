import { OTHER_MODELS } from '#core/view/frame.ts';

/** A colour in the OKLCH space: lightness 0 to 1, chroma, hue in degrees. */
export interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

/** One hue, and the lightness of its large, middle and small models in each theme. */
interface Family {
  readonly hue: number;
  readonly chroma: number;
  readonly light: readonly [number, number, number];
  readonly dark: readonly [number, number, number];
}

/**
 * Found by search: at least 3:1 against a panel in either theme, and told apart by lightness where eyes without
 * green or red cones see one hue. A value that changes here repaints a model that people know by its colour.
 */
const FAMILIES: readonly (readonly [RegExp, Family])[] = [
  [/^(chat)?gpt/, family(168, 0.082, [0.41, 0.54, 0.62], [0.87, 0.65, 0.76])],
  [/^o\d/, family(200, 0.07, [0.56, 0.44, 0.62], [0.68, 0.86, 0.6])],
  [/^claude/, family(49, 0.09, [0.65, 0.42, 0.57], [0.67, 0.56, 0.83])],
  [/^(gemini|gemma)/, family(259, 0.074, [0.52, 0.43, 0.606], [0.7, 0.63, 0.82])],
  [/llama/, family(304, 0.13, [0.52, 0.43, 0.6], [0.7, 0.62, 0.78])],
  [
    /^(mistral|ministral|mixtral|codestral|magistral)/,
    family(97, 0.103, [0.5, 0.584, 0.62], [0.84, 0.91, 0.78]),
  ],
  [/^deepseek/, family(355, 0.12, [0.55, 0.43, 0.62], [0.72, 0.82, 0.64])],
  [/^(qwen|qwq)/, family(282, 0.1, [0.45, 0.55, 0.6], [0.74, 0.64, 0.8])],
  [/^grok/, family(250, 0.02, [0.45, 0.58, 0.38], [0.82, 0.66, 0.9])],
  [/^command/, family(22, 0.11, [0.5, 0.62, 0.42], [0.72, 0.64, 0.8])],
];

/** Whoever else: three hues that none of the above has. */
const UNKNOWN_FAMILIES = [
  family(128, 0.09, [0.48, 0.58, 0.42], [0.78, 0.66, 0.86]),
  family(228, 0.07, [0.5, 0.42, 0.6], [0.78, 0.66, 0.86]),
  family(330, 0.11, [0.5, 0.42, 0.6], [0.74, 0.66, 0.82]),
] as const;
const NEUTRAL: Family = family(255, 0.015, [0.6, 0.6, 0.6], [0.66, 0.66, 0.66]);

const SMALL = /nano|haiku|lite|small|tiny|\b[1-9]b\b/;
const MIDDLE = /mini|sonnet|flash|medium|scout|turbo|coder|\b[1-3]\db\b/;
/** Turns the hue with the size, so that it shows by more than lightness. */
const TURN_OF_SIZE = [0, 10, -10] as const;

/** Models of an even major version are shifted by this much towards the middle of the lightness. */
const VERSION_SHIFT = 0.07;
const MIDDLE_OF = { light: 0.5, dark: 0.74 } as const;

/** The colour of a model, for ever the same: it depends on nothing but its id. */
export function modelOklch(model: string, theme: 'light' | 'dark'): Oklch {
  const { hue, chroma, ...lightness } = familyOf(model);
  const size = sizeOf(model);
  const base = lightness[theme][size];
  const isEven = Number(/\d+/.exec(model)?.[0] ?? 1) % 2 === 0;
  const shift = base > MIDDLE_OF[theme] ? -VERSION_SHIFT : VERSION_SHIFT;
  return { lightness: isEven ? base + shift : base, chroma, hue: hue + TURN_OF_SIZE[size] };
}

/** The same as a CSS colour that follows the theme. */
export function modelColour(model: string): string {
  return `light-dark(${cssOf(modelOklch(model, 'light'))}, ${cssOf(modelOklch(model, 'dark'))})`;
}

/** "gpt-4o"; what is beyond the models that are told apart is "other models". */
export function modelName(model: string): string {
  return model === OTHER_MODELS ? 'other models' : model;
}

function familyOf(model: string): Family {
  if (model === OTHER_MODELS) return NEUTRAL;
  // Resellers put the maker in front: "meta-llama/llama-3.3-70b".
  const name = model.toLowerCase().replace(/^.*\//, '');
  const known = FAMILIES.find(([pattern]) => pattern.test(name));
  return known?.[1] ?? UNKNOWN_FAMILIES[hashOf(name) % UNKNOWN_FAMILIES.length] ?? NEUTRAL;
}

function sizeOf(model: string): 0 | 1 | 2 {
  if (SMALL.test(model)) return 2;
  return MIDDLE.test(model) ? 1 : 0;
}

/** FNV-1a, 32 bit. Source: RFC 9923. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

function family(hue: number, chroma: number, light: Family['light'], dark: Family['dark']): Family {
  return { hue, chroma, light, dark };
}

function cssOf({ lightness, chroma, hue }: Oklch): string {
  return `oklch(${lightness.toFixed(3)} ${chroma} ${hue})`;
}
