// One product's picture as SVG text. Decorative: the title stands beside it.
import { garden } from './garden.ts';
import { home } from './home.ts';
import { kitchen } from './kitchen.ts';
import { outdoors } from './outdoors.ts';
import { patternTile } from './pattern.ts';
import { play } from './play.ts';
import { type Drawing, type Drawings, sheer, type Tones, tonesOf } from './shapes.ts';
import { trinkets } from './trinkets.ts';
import { weather } from './weather.ts';
import { hueFromWords, pictureFromWords } from './words.ts';

const DRAWINGS: Drawings = {
  ...weather,
  ...play,
  ...kitchen,
  ...garden,
  ...home,
  ...outdoors,
  ...trinkets,
};

export const pictureKinds = Object.keys(DRAWINGS);

function drawingOf(kind: string | undefined): Drawing | undefined {
  return kind !== undefined && Object.hasOwn(DRAWINGS, kind) ? DRAWINGS[kind] : undefined;
}

// FNV-1a, 32 bits: the same product always looks the same.
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash;
}

const BACKDROPS = [
  '<circle cx="50" cy="50" r="41"/>',
  '<path d="M16 90V50a34 34 0 0 1 68 0v40z"/>',
  '<path d="M50 8c24-2 44 18 42 42s-14 42-40 42S6 76 8 50 26 10 50 8z"/>',
  '<rect x="12" y="12" width="76" height="76" rx="22"/>',
];

function backdrop(tones: Tones, seed: number): string {
  return `<rect width="100" height="100" fill="${tones.mid}" opacity="0.13"/><g fill="${tones.light}" opacity="0.28">${BACKDROPS[seed % BACKDROPS.length]}</g>`;
}

export interface Pictured {
  item: string;
  title: string;
  picture?: string | undefined;
  hue?: number | undefined;
}

export function pictureOf({ item, title, picture, hue }: Pictured): string {
  const seed = hashOf(item);
  const tones = tonesOf(hue ?? hueFromWords(title) ?? seed % 360);
  const drawing = drawingOf(picture) ?? drawingOf(pictureFromWords(title));
  const body = drawing
    ? sheer(0.16, [`<ellipse cx="50" cy="87" rx="32" ry="4.5" fill="${tones.dark}"/>`]) +
      drawing(tones).join('')
    : patternTile(tones, seed).join('');
  return `<svg viewBox="0 0 100 100" aria-hidden="true" focusable="false">${backdrop(tones, seed)}<g transform="translate(9 8) scale(0.82)">${body}</g></svg>`;
}
