// Verification between exactly two Aggregators, the Leader (0) and the Helper (1), for Prio3's one
// round.
//
// Source: draft-irtf-cfrg-vdaf-20 §5.7.1; names are the draft's. Messages are its `Message`. A
// status that is not OK is the draft's state Rejected.
//
//   Leader   PingPongLeaderInit       Continued             -> initialize
//   Helper   PingPongHelperInit       FinishedWithOutbound  -> finish
//   Leader   PingPongLeaderContinued  Finished
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "vdaf/prio3.h"

namespace baya::vdaf {

struct Continued {
  SecretBytes verify_state;
  Bytes outbound;
};

struct FinishedWithOutbound {
  SecretBytes out_share;
  Bytes outbound;
};

// kInvalidArgument for a malformed share, kFailedPrecondition when key and nonce cannot be used
// together.
Result<Continued> PingPongLeaderInit(const Prio3& vdaf, ByteView verify_key, ByteView ctx,
                                     ByteView nonce, ByteView public_share, ByteView input_share);

// Errors as above, for a malformed `inbound` too; kDataLoss: the report is not valid.
Result<FinishedWithOutbound> PingPongHelperInit(const Prio3& vdaf, ByteView verify_key,
                                                ByteView ctx, ByteView nonce, ByteView public_share,
                                                ByteView input_share, ByteView inbound);

// The out share. kInvalidArgument for a malformed `inbound`, kDataLoss: the report is not valid.
Result<SecretBytes> PingPongLeaderContinued(const Prio3& vdaf, ByteView ctx, ByteView verify_state,
                                            ByteView inbound);

}  // namespace baya::vdaf
