// What the noise of two aggregators does to a count, computed from its definition alone: shares no
// code with the project.

// P(z) for z in [-reach, reach], z = x + y, both of P(x) = (1-p)/(1+p) p^|x| with p = exp(-ratio).
function distribution(ratio) {
  const p = Math.exp(-ratio);
  const reach = Math.ceil(40 / ratio); // e^-40 is left out
  const one = Float64Array.from(
    { length: 2 * reach + 1 },
    (_, i) => ((1 - p) / (1 + p)) * p ** Math.abs(i - reach),
  );
  const sum = Array.from({ length: 2 * reach + 1 }, (_, i) => {
    const z = i - reach;
    let total = 0;
    for (let x = Math.max(-reach, z - reach); x <= Math.min(reach, z + reach); x++) {
      total += one[x + reach] * one[z - x + reach];
    }
    return [z, total];
  });
  return new Map(sum);
}

/** Of the noise in a count, `ratio` = epsilon / sensitivity. */
export function noiseOf(ratio) {
  const mass = distribution(ratio);
  const moment = (power) =>
    [...mass].reduce((sum, [z, probability]) => sum + z ** power * probability, 0);
  const variance = moment(2);
  let halfWidth = 0;
  let confidence = mass.get(0);
  while (confidence < 0.95) {
    halfWidth += 1;
    confidence += 2 * mass.get(halfWidth);
  }
  // halfWidth: the smallest interval of at least 95 %; confidence: how much it holds.
  return { halfWidth, confidence, variance, kurtosis: moment(4) / variance ** 2 };
}

/** P(X <= successes) and P(X >= successes), X binomial. */
export function binomialTails(trials, successes, probability) {
  let log = trials * Math.log1p(-probability);
  let below = 0;
  let at = 0;
  for (let k = 0; k <= successes; k++) {
    at = Math.exp(log);
    below += at;
    log += Math.log((trials - k) / (k + 1)) + Math.log(probability / (1 - probability));
  }
  return { atMost: below, atLeast: 1 - below + at };
}

const LEAST_CHANCE = 1e-4; // of each tail: one honest run in five thousand is refused
const SIGMAS = 5;

/**
 * Whether `noises`, of independent cells, are what two draws of `ratio` give: how many are in the
 * stated interval, and how large they are. Throws an Error that says what is not.
 */
export function checkNoise(noises, ratio, statedHalfWidth) {
  const { halfWidth, confidence, variance, kurtosis } = noiseOf(ratio);
  if (statedHalfWidth !== halfWidth) {
    throw new Error(`an interval of +-${statedHalfWidth} is stated, +-${halfWidth} holds 95 %`);
  }
  const cells = noises.length;
  const covered = noises.filter((noise) => Math.abs(noise) <= halfWidth).length;
  const { atMost, atLeast } = binomialTails(cells, covered, confidence);
  if (Math.min(atMost, atLeast) < LEAST_CHANCE) {
    throw new Error(`${covered} of ${cells} are in an interval that holds ${confidence} of them`);
  }
  const size = noises.reduce((sum, noise) => sum + noise ** 2, 0) / cells / variance;
  const sigma = Math.sqrt((kurtosis - 1) / cells);
  if (Math.abs(size - 1) > SIGMAS * sigma) {
    throw new Error(`the noise has ${size} times the variance that was promised`);
  }
  return { covered: covered / cells, confidence, chance: Math.min(atMost, atLeast), size };
}
