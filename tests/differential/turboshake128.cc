// Reads lines `domain message length` (decimal, hex or "-" for empty, decimal) and writes
// TurboSHAKE128 of each in hex, so that another implementation can be compared with ours.
#include "crypto/turboshake128.h"

#include <iostream>
#include <string>

#include "codec/hex.h"

int main() {
  int domain = 0;
  std::string message;
  size_t length = 0;
  while (std::cin >> domain >> message >> length) {
    const baya::Result<baya::Bytes> bytes = baya::codec::DecodeHex(message == "-" ? "" : message);
    if (!bytes.ok() || domain < 1 || domain > 0x7f) {
      std::cerr << "bad line\n";
      return 2;
    }
    baya::crypto::TurboShake128 xof(static_cast<uint8_t>(domain));
    xof.Absorb(*bytes);
    baya::Bytes output(length);
    xof.Squeeze(output);
    std::cout << baya::codec::EncodeHex(output) << '\n';
  }
  return 0;
}
