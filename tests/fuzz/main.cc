// Every decoder under stored and changed inputs, each execution within the limits of guard.h.
//
//   fuzz_decoders CORPUS EXECUTIONS [TARGET]   so many for each target, or for that one; a target
//                                              of control_targets.h only by its name
//   fuzz_decoders --write CORPUS               stores the valid inputs of today
//
// Prints for each: name, stored inputs, executions, taken, most ms, most KiB; tabs between. The
// exit status is 0, or that of guard.h with the target and the input on stderr.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "control_targets.h"
#include "corpus.h"
#include "fuzz_target.h"
#include "guard.h"
#include "mutator.h"

namespace baya::fuzz {
namespace {

struct Tally {
  long executions = 0;
  long taken = 0;
  double most_ms = 0;
  size_t most_bytes = 0;
};

double ProcessorMs() {
  timespec now{};
  if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) != 0) std::abort();
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

bool Run(const Target& target, ByteView input, Tally& tally) {
  const double start = ProcessorMs();
  bool taken = false;
  {
    const Execution execution(target.name, input);
    taken = target.fuzz(input);
    tally.most_bytes = std::max(tally.most_bytes, execution.bytes());
  }
  tally.most_ms = std::max(tally.most_ms, ProcessorMs() - start);
  tally.executions += 1;
  tally.taken += taken ? 1 : 0;
  return taken;
}

// False without stored inputs.
bool Fuzz(const Target& target, const std::string& corpus, long executions) {
  std::vector<Bytes> inputs = ReadCorpus(corpus, target.name);
  const size_t stored = inputs.size();
  const std::vector<Bytes> seeds = target.seeds();
  inputs.insert(inputs.end(), seeds.begin(), seeds.end());
  Tally tally;
  for (const Bytes& input : inputs) Run(target, input, tally);
  Mutator mutator(1, inputs);
  while (tally.executions < executions) {
    const Bytes input = mutator.Next();
    if (Run(target, input, tally)) mutator.Keep(input);
  }
  std::printf("%s\t%zu\t%ld\t%ld\t%.1f\t%zu\n", target.name, stored, tally.executions, tally.taken,
              tally.most_ms, tally.most_bytes >> 10);
  (void)std::fflush(stdout);
  return stored > 0;
}

int FuzzAll(const std::string& corpus, long executions, const std::string& only) {
  bool complete = true;
  for (const Target& target : AllTargets()) {
    if (only.empty() || only == target.name) complete &= Fuzz(target, corpus, executions);
  }
  for (const Target& target : ControlTargets()) {
    if (only == target.name) (void)Fuzz(target, corpus, executions);
  }
  return complete ? 0 : 1;
}

int WriteAll(const std::string& corpus) {
  for (const Target& target : AllTargets()) {
    if (!WriteCorpus(corpus, target.name, target.seeds())) return 1;
  }
  return 0;
}

}  // namespace
}  // namespace baya::fuzz

int main(int argc, char** argv) {
  if (argc == 3 && std::string(argv[1]) == "--write") return baya::fuzz::WriteAll(argv[2]);
  if (argc != 3 && argc != 4) {
    (void)std::fprintf(stderr, "fuzz_decoders CORPUS EXECUTIONS [TARGET]\n");
    return 2;
  }
  baya::fuzz::StartGuard();
  return baya::fuzz::FuzzAll(argv[1], std::strtol(argv[2], nullptr, 10), argc == 4 ? argv[3] : "");
}
