// A patterned tile for a product that no drawing fits.
import { CREAM, disc, fill, slab, type Tones, turn } from './shapes.ts';

const CELLS = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => ({ row, column })));

type Motif = (tones: Tones, x: number, y: number, even: boolean) => string;

const MOTIFS: Motif[] = [
  (t, x, y, even) => disc(even ? t.mid : t.light, x, y, 9) + disc(even ? t.pale : t.deep, x, y, 4),
  (t, x, y, even) =>
    fill(even ? t.mid : t.deep, `M${x - 9} ${y + 9}v-9a9 9 0 0 1 18 0v9z`) +
    fill(t.pale, `M${x - 4} ${y + 9}v-7a4 4 0 0 1 8 0v7z`),
  (t, x, y, even) =>
    [0, 90, 180, 270]
      .map((a) => turn(a, [fill(even ? t.mid : t.light, `M${x} ${y}q-7-7 0-12 7 5 0 12z`)], x, y))
      .join('') + disc(t.deep, x, y, 2.5),
  (t, x, y, even) =>
    turn(
      45,
      [slab(even ? t.mid : t.light, x - 7, y - 7, 14, 14, 3), slab(CREAM, x - 3, y - 3, 6, 6, 1)],
      x,
      y,
    ),
  (t, x, y, even) =>
    fill(t.mid, even ? `M${x - 9} ${y - 9}h18v18z` : `M${x - 9} ${y + 9}v-18h18z`) +
    fill(t.light, even ? `M${x - 9} ${y - 9}v18h18z` : `M${x + 9} ${y - 9}v18h-18z`),
];

export function patternTile(tones: Tones, seed: number): string[] {
  const motif = MOTIFS[seed % MOTIFS.length];
  if (!motif) return [];
  return CELLS.map(({ row, column }) =>
    motif(tones, 27 + column * 23, 27 + row * 23, (row + column + (seed >>> 4)) % 2 === 0),
  );
}
