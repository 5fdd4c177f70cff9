// The vault's decoders under arbitrary bytes.
#pragma once

#include <vector>

#include "base/bytes.h"

namespace baya::vault::testing {

// Never fails but by crashing: what decodes is encoded again and must be the same. Fits
// LLVMFuzzerTestOneInput. The first byte chooses: slots, key table, head, chunk, padded plaintext,
// or a whole vault of which one blob is replaced by the rest of the input.
void FuzzVault(ByteView input);

// Inputs that reach past the first checks of each decoder, for a corpus.
std::vector<Bytes> FuzzSeeds();

}  // namespace baya::vault::testing
