// HPKE in lines, so that another implementation can be compared with ours; every word is hex, "-"
// for empty:
//
//   seal RECIPIENT_PUBLIC EPHEMERAL INFO AAD PLAINTEXT   ->   ENC CIPHERTEXT
//   open RECIPIENT ENC INFO AAD CIPHERTEXT               ->   PLAINTEXT or "refused"
#include "crypto/hpke.h"

#include <array>
#include <iostream>
#include <string>

#include "codec/hex.h"
#include "crypto/fixed_bytes.h"

namespace {

namespace hpke = baya::crypto::hpke;

std::string Text(baya::ByteView bytes) {
  return bytes.empty() ? "-" : baya::codec::EncodeHex(bytes);
}

using Words = std::array<baya::Bytes, 5>;

bool Seal(const Words& words) {
  const auto recipient = baya::crypto::FixedBytes<hpke::kPublicKeyBytes>(words[0]);
  if (!recipient.ok()) return false;
  const auto sealed =
      hpke::SealBase(*recipient, words[2], words[3], words[4], baya::SecretBytes::CopyOf(words[1]));
  if (!sealed.ok()) return false;
  std::cout << Text(sealed->enc) << ' ' << Text(sealed->ciphertext) << '\n';
  return true;
}

bool Open(const Words& words) {
  const auto enc = baya::crypto::FixedBytes<hpke::kEncBytes>(words[1]);
  if (!enc.ok()) return false;
  const auto plaintext =
      hpke::OpenBase(*enc, baya::SecretBytes::CopyOf(words[0]), words[2], words[3], words[4]);
  std::cout << (plaintext.ok() ? Text(plaintext->Expose()) : "refused") << '\n';
  return true;
}

}  // namespace

int main() {
  std::string operation;
  while (std::cin >> operation) {
    Words words;
    bool good = operation == "seal" || operation == "open";
    for (baya::Bytes& word : words) {
      std::string text;
      std::cin >> text;
      auto bytes = baya::codec::DecodeHex(text == "-" ? "" : text);
      good = good && bytes.ok();
      if (good) word = *std::move(bytes);
    }
    if (!good || !(operation == "seal" ? Seal(words) : Open(words))) {
      std::cerr << "bad line\n";
      return 2;
    }
  }
  return 0;
}
