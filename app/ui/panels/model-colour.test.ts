import { describe, expect, it } from 'vitest';
import { PRICED_MODELS } from '#core/billing/prices.ts';
import { OTHER_MODELS } from '#core/view/frame.ts';
import { modelColour, modelName, modelOklch, type Oklch } from './model-colour.ts';

type Triple = readonly [number, number, number];
const THEMES = ['light', 'dark'] as const;
/** `--surface` of tokens.css. */
const PANEL = { light: 0xffffff, dark: 0x151b23 } as const;
const LEAST_CONTRAST = 3;
/** Distance in OKLab x 100 at which two patches side by side are two colours. */
const LEAST_DISTANCE = 6;

const MANY_MODELS: readonly string[] = [
  ...PRICED_MODELS,
  ...`gpt-4o gpt-4o-mini gpt-4.1-nano o1 o3-mini o4-mini claude-3-opus claude-3-5-sonnet
  claude-3-haiku gemini-1.5-pro gemini-2.0-flash gemma-2-9b meta-llama/llama-4-scout
  mistral-large-2 mistral-small deepseek-v3 deepseek-r1 qwen-2.5-coder qwen3-8b grok-4 grok-3-mini
  command-r command-light nova-pro jamba-2 phi-4 yi-34b`.split(/\s+/),
  OTHER_MODELS,
];

/** OKLab of an OKLCH colour. */
function labOf({ lightness, chroma, hue }: Oklch): Triple {
  const radians = (hue * Math.PI) / 180;
  return [lightness, chroma * Math.cos(radians), chroma * Math.sin(radians)];
}

/** Linear sRGB of OKLab. Source: Ottosson, "A perceptual color space for image processing", 2020. */
function rgbOf([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** The way back. Source: as above. */
function labOfRgb([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Source: Machado, Oliveira, Fernandes, "A physiologically-based model ...", 2009, severity 1. */
const DEUTERANOPIA: readonly Triple[] = [
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
];

function seenWithoutGreenCones([r, g, b]: Triple): Triple {
  const row = (at: number) => {
    const [x, y, z] = DEUTERANOPIA[at] ?? [0, 0, 0];
    return Math.min(1, Math.max(0, x * r + y * g + z * b));
  };
  return [row(0), row(1), row(2)];
}

function linearOf(hex: number): Triple {
  const channel = (shift: number) => {
    const share = ((hex >> shift) & 255) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return [channel(16), channel(8), channel(0)];
}

/** Source: WCAG 2.2, "contrast ratio". */
function contrast(one: Triple, other: Triple): number {
  const luminance = ([r, g, b]: Triple) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const [low, high] = [luminance(one), luminance(other)].sort((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

function distance(one: Triple, other: Triple): number {
  return 100 * Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

/** Pairs of the fleet's models that are closer than can be told apart. */
function confused(theme: 'light' | 'dark', see: (rgb: Triple) => Triple): string[] {
  const seen = PRICED_MODELS.map((model) => labOfRgb(see(rgbOf(labOf(modelOklch(model, theme))))));
  return PRICED_MODELS.flatMap((model, i) =>
    PRICED_MODELS.slice(0, i)
      .filter((_, j) => distance(seen[i] ?? [0, 0, 0], seen[j] ?? [0, 0, 0]) < LEAST_DISTANCE)
      .map((other) => `${other} / ${model}`),
  );
}

describe('the colour of a model', () => {
  it('U40 is the same whatever else is on screen, and follows the theme', () => {
    expect(modelColour('gpt-5.5')).toBe(
      'light-dark(oklch(0.410 0.082 168), oklch(0.870 0.082 168))',
    );
    expect(modelColour('claude-sonnet-5')).toBe(
      'light-dark(oklch(0.420 0.09 59), oklch(0.560 0.09 59))',
    );
    expect(modelColour('house model')).toBe(modelColour('house model'));
  });

  it('U40 differs between the sizes and the versions of a family', () => {
    const family = ['claude-opus-5', 'claude-opus-4', 'claude-sonnet-5', 'claude-haiku-4-5'];
    expect(new Set(family.map(modelColour)).size).toBe(family.length);
  });

  it('U40 does not care who resells the model', () => {
    expect(modelColour('meta-llama/llama-3.3-70b')).toBe(modelColour('llama-3.3-70b'));
  });

  it.each(THEMES)('U41 stands out from a %s panel at 3:1 or more, within sRGB', (theme) => {
    const panel = linearOf(PANEL[theme]);
    const bad = MANY_MODELS.filter((model) => {
      const rgb = rgbOf(labOf(modelOklch(model, theme)));
      const isInGamut = rgb.every((channel) => channel > -0.002 && channel < 1.002);
      return !isInGamut || contrast(rgb, panel) < LEAST_CONTRAST;
    });
    expect(bad).toEqual([]);
  });

  it.each(THEMES)(
    'U41 tells the fleet apart on a %s panel, with and without green cones',
    (theme) => {
      expect(confused(theme, (rgb) => rgb)).toEqual([]);
      expect(confused(theme, seenWithoutGreenCones)).toEqual([]);
    },
  );

  it('U40 has a name and a neutral colour for the models beyond those told apart', () => {
    expect(modelName(OTHER_MODELS)).toBe('other models');
    expect(modelName('gpt-5.5')).toBe('gpt-5.5');
    expect(modelOklch(OTHER_MODELS, 'light').chroma).toBeLessThan(0.02);
  });
});
