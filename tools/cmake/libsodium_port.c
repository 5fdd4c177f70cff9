// What the compiled part of libsodium calls outside itself. None of it is ever reached: each
// function ends the program, so that a mistake is seen and never weakens a key.

#include <stddef.h>
#include <stdlib.h>

// Called by *_keygen and *_keypair, which we never call: keys come from Host::FillRandom.
void randombytes_buf(void* const buf, const size_t size) {
  (void)buf;
  (void)size;
  abort();
}

// Called for sizes past an algorithm's limit, which core/crypto checks first.
void sodium_misuse(void) { abort(); }

// Called by crypto_scalarmult_curve25519_base, which we never call (see libsodium.cmake).
void baya_sodium_no_base_point_table(void* point, const unsigned char* scalar) {
  (void)point;
  (void)scalar;
  abort();
}
