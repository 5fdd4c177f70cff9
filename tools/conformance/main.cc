// baya-conformance: Baya against published test vectors.

#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>
#include <string>

#include "conformance/vdaf.h"

namespace {

int Run(int argc, char** argv) {
  CLI::App app("Checks Baya against published test vectors, byte for byte.",
               "tools/baya conformance");
  app.require_subcommand(1);
  app.footer(
      "Examples:\n"
      "  tools/baya conformance vdaf ../shared/vectors/vdaf-20\n"
      "  tools/baya conformance vdaf draft-irtf-cfrg-vdaf/test_vec/vdaf --wasm\n"
      "\n"
      "Prints one line for each file. Exit status: 0 when all vectors of built types pass, 1 at\n"
      "the first disagreement (what was expected goes to standard error) or when there is nothing\n"
      "to check, other values when the command line is wrong.");

  std::string directory;
  CLI::App* const vdaf =
      app.add_subcommand("vdaf", "Test vectors of draft-irtf-cfrg-vdaf (Prio3 and its XOF)");
  vdaf->add_option("DIR", directory, "Directory of JSON files as in the draft's test_vec/vdaf")
      ->required();
  vdaf->footer("Example:\n  tools/baya conformance vdaf ../shared/vectors/vdaf-20");

  CLI11_PARSE(app, argc, argv);
  return baya::conformance::RunVdaf(directory);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run(argc, argv);
  } catch (const std::exception& exception) {
    std::cerr << "baya conformance: " << exception.what() << "\n";
    return 1;
  }
}
