import assert from 'node:assert/strict';
import { test } from 'node:test';

import { binomialTails, checkNoise, noiseOf } from './noise.mjs';

// A fixed sequence (Park and Miller), and discrete Laplace draws by inversion.
function laplaceDraws(ratio, seed) {
  let state = seed;
  const p = Math.exp(-ratio);
  const uniform = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  // A difference of two geometric numbers.
  const geometric = () => Math.floor(Math.log(uniform()) / Math.log(p));
  return () => geometric() - geometric();
}

const noises = (draw, count, draws) =>
  Array.from({ length: count }, () => {
    let sum = 0;
    for (let i = 0; i < draws; i++) sum += draw();
    return sum;
  });

test('the distribution of two draws', () => {
  for (const ratio of [0.25, 0.5, 2]) {
    const p = Math.exp(-ratio);
    const { variance, halfWidth, confidence } = noiseOf(ratio);
    assert.ok(Math.abs(variance / ((4 * p) / (1 - p) ** 2) - 1) < 1e-9);
    assert.ok(confidence >= 0.95);
    assert.equal(halfWidth, { 0.25: 16, 0.5: 8, 2: 2 }[ratio]);
  }
});

test('binomial tails', () => {
  const { atMost, atLeast } = binomialTails(4, 3, 0.5);
  assert.ok(Math.abs(atMost - 15 / 16) < 1e-12 && Math.abs(atLeast - 5 / 16) < 1e-12);
  assert.ok(Math.abs(binomialTails(80, 80, 0.95).atLeast - 0.95 ** 80) < 1e-12);
});

test('the promised noise passes, less, more and another interval do not', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const draw = laplaceDraws(0.5, seed);
    assert.ok(checkNoise(noises(draw, 720, 2), 0.5, 8).covered > 0.9);
    assert.throws(() => checkNoise(noises(draw, 720, 1), 0.5, 8), /variance|interval/);
    assert.throws(() => checkNoise(noises(draw, 720, 4), 0.5, 8), /variance|interval/);
    assert.throws(() => checkNoise(noises(draw, 720, 0), 0.5, 8), /interval/);
  }
  const draw = laplaceDraws(0.5, 1);
  assert.throws(() => checkNoise(noises(draw, 720, 2), 0.5, 9), /is stated/);
  assert.throws(() => checkNoise(noises(draw, 720, 2), 0.5, 7), /is stated/);
  // A fifth of the cells without an interval that holds them, however few they are.
  assert.throws(() => checkNoise([...Array(64).fill(0), ...Array(16).fill(20)], 0.25, 16));
});
