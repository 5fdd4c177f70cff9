// Times two ways to do the same work in turn, so that a machine that speeds up or slows down meets
// both alike.
import { parseArgs } from 'node:util';

const WARM_UP_CALLS = 5;

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

async function millisecondsPerCall(work, calls) {
  const start = performance.now();
  for (let i = 0; i < calls; i++) await work();
  return (performance.now() - start) / calls;
}

export const rounded = (value) => Number(value.toPrecision(4));

const summary = (times) => ({
  medianMs: rounded(median(times)),
  minMs: rounded(Math.min(...times)),
});

// One round: milliseconds per call.
const timeRound = ({ time, work, calls }) => (time ? time() : millisecondsPerCall(work, calls));

// Prints one JSON object about `ours` and `peer`, and sets the exit status when the median ratio is
// below `bar`. Each is { name, work, calls }, where `calls` is the number of calls a round, or
// { name, time } where time() resolves to milliseconds per call that somebody else measured.
export async function compare({ benchmark, bar, ours, peer }) {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number');

  for (const side of [ours, peer]) await timeRound({ ...side, calls: WARM_UP_CALLS });
  const times = { ours: [], peer: [] };
  for (let round = 0; round < rounds; round++) {
    times.ours.push(await timeRound(ours));
    times.peer.push(await timeRound(peer));
  }
  const ratio = rounded(median(times.peer.map((time, round) => time / times.ours[round])));
  const result = {
    benchmark,
    rounds,
    ours: { name: ours.name, ...summary(times.ours) },
    peer: { name: peer.name, ...summary(times.peer) },
    ratio,
    bar,
    met: ratio >= bar,
  };
  console.log(JSON.stringify(result));
  if (!result.met) process.exitCode = 1;
}
