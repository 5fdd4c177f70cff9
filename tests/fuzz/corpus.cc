#include "corpus.h"

#include <fstream>

#include "codec/hex.h"

namespace baya::fuzz {
namespace {

std::string FileOf(const std::string& folder, const std::string& target) {
  return folder + "/" + target + ".hex";
}

}  // namespace

std::string HexOf(ByteView input) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const uint8_t byte : input) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::vector<Bytes> ReadCorpus(const std::string& folder, const std::string& target) {
  std::ifstream file(FileOf(folder, target));
  std::vector<Bytes> inputs;
  std::string line;
  while (std::getline(file, line)) {
    const Result<Bytes> input = codec::DecodeHex(line);
    if (!input.ok()) return {};
    inputs.push_back(*input);
  }
  return inputs;
}

bool WriteCorpus(const std::string& folder, const std::string& target,
                 const std::vector<Bytes>& inputs) {
  std::ofstream file(FileOf(folder, target));
  for (const Bytes& input : inputs) file << HexOf(input) << '\n';
  file.close();
  return file.good();
}

}  // namespace baya::fuzz
