// A model of vectors for 10,000 items, and a visitor of 50: what the peers of the cold start rank by.
export const ITEMS = 10_000;
export const WIDTH = 32;
export const SHELF = 20;

/** The bytes of [ITEMS, WIDTH] 32-bit floats. */
export function factorBytes() {
  const numbers = Float32Array.from(
    { length: ITEMS * WIDTH },
    (_, i) => ((i * 2654435761) % 1000) / 1000 - 0.5,
  );
  return new Uint8Array(numbers.buffer);
}

export const history = Array.from({ length: 50 }, (_, i) => (i * 797) % ITEMS);
