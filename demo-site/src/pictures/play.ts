// Toys and games.
import {
  both,
  CREAM,
  type Drawings,
  disc,
  fill,
  GLOW,
  INK,
  line,
  oval,
  slab,
  turn,
  WOOD,
  WOOD_DARK,
} from './shapes.ts';

const pencil = (x: number, y: number, color: string, tip: string): string[] => [
  slab(color, x, y, 9, 84 - y),
  fill(CREAM, `M${x} ${y}l4.5-14 4.5 14z`),
  fill(tip, `M${x + 3} ${y - 9}l1.5-5 1.5 5z`),
];

export const play: Drawings = {
  blocks: (t) => [
    slab(t.mid, 16, 54, 30, 30, 4),
    slab(t.light, 52, 54, 30, 30, 4),
    turn(-7, [slab(t.deep, 34, 21, 30, 30, 4), fill(CREAM, 'M49 28l9 16H40z')], 49, 36),
    disc(CREAM, 31, 69, 8),
    slab(t.deep, 60, 62, 14, 14, 2),
  ],
  arches: (t) => [
    ...[
      [36, t.deep],
      [29, t.mid],
      [22, t.light],
      [15, GLOW],
    ].map(([r, color]) =>
      fill(
        String(color),
        `M${50 - Number(r)} 82a${r} ${Number(r) * 1.45} 0 0 1 ${Number(r) * 2} 0z`,
      ),
    ),
    fill(t.pale, 'M42 82a8 12 0 0 1 16 0z'),
  ],
  train: (t) => [
    slab(t.deep, 16, 30, 26, 42, 4),
    slab(CREAM, 21, 36, 16, 14, 3),
    slab(t.mid, 40, 46, 40, 26, 8),
    slab(t.dark, 62, 28, 10, 20, 2),
    slab(t.deep, 59, 24, 16, 7, 3),
    slab(t.light, 12, 26, 34, 7, 3),
    fill(t.dark, 'M78 66l12 10H74z'),
    ...[26, 48, 68].flatMap((x) => [disc(WOOD_DARK, x, 76, 9), disc(WOOD, x, 76, 4)]),
  ],
  duck: (t) => [
    fill(t.mid, 'M14 46q10 6 22 2 10-4 18 2 26-2 32 8-2 22-32 22-34 0-40-34z'),
    disc(t.mid, 64, 36, 17),
    fill('#e58b3c', 'M79 34l13 4-12 5z'),
    disc(INK, 69, 32, 2.6),
    fill(t.light, 'M30 58q16-10 32 2-12 14-32-2z'),
    line(WOOD_DARK, 2.5, 'M30 80v4M66 80v4'),
    disc(WOOD, 30, 83, 5),
    disc(WOOD, 66, 83, 5),
  ],
  rabbit: (t) => [
    both(turn(-8, [oval(t.mid, 42, 24, 7, 18), oval(t.pale, 42, 25, 3.5, 12)], 42, 40)),
    oval(t.mid, 50, 70, 20, 17),
    both(oval(t.deep, 35, 82, 8, 4.5)),
    disc(t.light, 50, 46, 17),
    oval(t.pale, 50, 71, 11, 11),
    both(disc(INK, 44, 44, 2), disc('#efb0a2', 40, 50, 3)),
    line(INK, 1.6, 'M47 51q3 3 6 0'),
  ],
  cards: (t) => [
    turn(-14, [slab(t.deep, 22, 26, 36, 52, 5), slab(t.mid, 26, 30, 28, 44, 3)], 40, 52),
    turn(10, [
      slab(CREAM, 42, 24, 36, 52, 5),
      oval(t.mid, 60, 52, 11, 9),
      disc(t.mid, 68, 43, 5.5),
      fill('#e0a050', 'M73 42l6 2-6 2z'),
      fill(t.deep, 'M50 52l-8 3 9 4z'),
      disc(INK, 69, 42, 1.2),
    ]),
  ],
  dice: (t) => [
    turn(-10, [
      slab(t.mid, 18, 40, 36, 36, 8),
      ...[28, 44].flatMap((x) => [disc(CREAM, x, 50, 3.5), disc(CREAM, x, 66, 3.5)]),
      disc(CREAM, 36, 58, 3.5),
    ]),
    turn(
      14,
      [
        slab(t.light, 54, 48, 30, 30, 7),
        fill(t.dark, 'M69 54l3 7 7 1-5 4 1 7-6-4-6 4 1-7-5-4 7-1z'),
      ],
      69,
      63,
    ),
  ],
  palette: (t) => [
    fill(
      WOOD,
      'M50 22c24 0 38 14 38 28S76 66 66 66s-8 6-6 10-2 8-10 8c-22 0-38-14-38-32S28 22 50 22z',
    ),
    disc(t.deep, 32, 44, 7),
    disc(t.light, 48, 34, 7),
    disc(GLOW, 66, 38, 7),
    disc('#d9705f', 30, 62, 6),
    disc('#86ad73', 46, 72, 5),
    disc(CREAM, 74, 54, 4),
    turn(32, [slab(WOOD_DARK, 74, 12, 4, 40, 2), fill(t.dark, 'M73 52h6l-3 14z')], 76, 40),
  ],
  pencils: (t) => [
    ...pencil(18, 44, t.light, t.mid),
    ...pencil(31, 32, t.deep, t.dark),
    ...pencil(44, 40, t.mid, t.deep),
    ...pencil(57, 30, GLOW, '#d9a42f'),
    ...pencil(70, 42, t.pale, t.light),
    slab(t.dark, 14, 62, 70, 22, 4),
    slab(CREAM, 30, 68, 38, 10, 3),
  ],
  rope: (t) => [
    line(t.light, 5, 'M30 40c-24 30 0 46 18 30S44 22 62 26s20 26 8 46'),
    line(t.mid, 2, 'M30 40c-24 30 0 46 18 30S44 22 62 26s20 26 8 46'),
    turn(-20, [slab(t.deep, 26, 14, 9, 28, 4), slab(WOOD, 26, 28, 9, 5)], 30, 28),
    turn(24, [slab(t.deep, 66, 66, 9, 20, 4), slab(WOOD, 66, 68, 9, 5)], 70, 74),
  ],
  star: (t) => [
    fill(t.mid, 'M50 16l10 22 24 3-18 16 5 24-21-12-21 12 5-24-18-16 24-3z'),
    fill(t.light, 'M50 28l6 15 16 2-12 11 3 15-13-8z'),
    disc(t.deep, 42, 50, 2.5),
    disc(t.deep, 56, 50, 2.5),
    line(t.deep, 2.5, 'M44 58q5 4 10 0'),
  ],
};
