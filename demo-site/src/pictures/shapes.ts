// The few shapes that every drawing is made of, on a square of 100 by 100 with the ground at 84.
// Presentation attributes alone: the pages allow no inline style.

export interface Tones {
  pale: string;
  light: string;
  mid: string;
  deep: string;
  dark: string;
}

// One product's picture; the tones come from the product's hue.
export type Drawing = (tones: Tones) => string[];
export type Drawings = Record<string, Drawing>;

export const CREAM = '#fdf6ea';
export const WOOD = '#cf9f6b';
export const WOOD_DARK = '#a5744a';
export const STEEL = '#c3cbd1';
export const STEEL_DARK = '#8f9aa3';
export const LEAF = '#7fa869';
export const LEAF_DARK = '#567f49';
export const GLOW = '#ffd980';
export const INK = '#453b35';
export const SOIL = '#7a5a44';

// Yellows look muddy at the lightness that suits the other hues.
export function tonesOf(hue: number): Tones {
  const yellow = Math.max(0, 1 - Math.abs(hue - 48) / 26);
  const tone = (saturation: number, lightness: number) =>
    `hsl(${hue}, ${Math.round(saturation + 22 * yellow)}%, ${Math.round(lightness + 5 * yellow)}%)`;
  return {
    pale: tone(52, 87),
    light: tone(48, 72),
    mid: tone(43, 56),
    deep: tone(42, 43),
    dark: tone(38, 30),
  };
}

export const fill = (color: string, d: string): string => `<path fill="${color}" d="${d}"/>`;

export const line = (color: string, width: number, d: string): string =>
  `<path fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" d="${d}"/>`;

export const disc = (color: string, x: number, y: number, r: number): string =>
  `<circle fill="${color}" cx="${x}" cy="${y}" r="${r}"/>`;

export const oval = (color: string, x: number, y: number, rx: number, ry: number): string =>
  `<ellipse fill="${color}" cx="${x}" cy="${y}" rx="${rx}" ry="${ry}"/>`;

export const slab = (
  color: string,
  x: number,
  y: number,
  width: number,
  height: number,
  round = 0,
): string =>
  `<rect fill="${color}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}"/>`;

// Degrees clockwise around (x, y).
export const turn = (degrees: number, parts: string[], x = 50, y = 50): string =>
  `<g transform="rotate(${degrees} ${x} ${y})">${parts.join('')}</g>`;

export const move = (x: number, y: number, parts: string[], scale = 1): string =>
  `<g transform="translate(${x} ${y}) scale(${scale})">${parts.join('')}</g>`;

// The parts and their mirror image on the right.
export const both = (...parts: string[]): string =>
  `${parts.join('')}<g transform="translate(100 0) scale(-1 1)">${parts.join('')}</g>`;

export const sheer = (opacity: number, parts: string[]): string =>
  `<g opacity="${opacity}">${parts.join('')}</g>`;
