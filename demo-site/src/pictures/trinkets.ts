// What the shop's own catalogue has not, but retailers do.
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
  STEEL,
  STEEL_DARK,
  slab,
  turn,
  WOOD,
} from './shapes.ts';

export const trinkets: Drawings = {
  necklace: (t) => [
    line(STEEL_DARK, 1.5, 'M24 18q2 44 26 46t26-46'),
    both(disc(t.light, 25, 32, 4), disc(t.mid, 29, 44, 4.5), disc(t.light, 36, 54, 5)),
    fill(t.deep, 'M50 58 62 70 50 88 38 70z'),
    fill(t.light, 'M50 58 62 70H38z'),
    fill(t.pale, 'M50 62l5 8H45z'),
  ],
  hook: (t) => [
    slab(WOOD, 12, 28, 76, 20, 6),
    ...[28, 50, 72].flatMap((x) => [
      disc(t.deep, x, 38, 6),
      line(t.mid, 5, `M${x} 40v18q0 9 9 9`),
      disc(t.light, x, 38, 3),
    ]),
    disc(STEEL, 17, 38, 1.8),
    disc(STEEL, 83, 38, 1.8),
  ],
  bird: (t) => [
    line(INK, 2.5, 'M46 74v10M54 74v10'),
    fill(t.mid, 'M22 44q2-18 20-18t26 22l18 20-22-2q-6 12-20 12Q22 76 22 44z'),
    fill(t.light, 'M24 52q14 2 24 22-20 4-24-22z'),
    turn(6, [fill(t.deep, 'M44 44q22-4 30 18-24 6-30-18z')], 56, 52),
    fill('#e0a050', 'M23 40l-13 4 13 4z'),
    disc(INK, 33, 38, 2.4),
  ],
  butterfly: (t) => [
    both(
      fill(t.mid, 'M49 46Q42 18 22 20q-14 2-10 18 4 14 37 12z'),
      fill(t.deep, 'M49 52q-30 0-30 16 0 14 14 12 14-4 16-26z'),
      oval(t.light, 27, 33, 7, 6),
      disc(GLOW, 31, 68, 4),
    ),
    slab(INK, 48, 36, 4, 38, 2),
    both(line(INK, 1.5, 'M49 37q-2-12-10-14')),
    disc(CREAM, 50, 38, 1),
  ],
};
