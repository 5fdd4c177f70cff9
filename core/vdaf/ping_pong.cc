#include "vdaf/ping_pong.h"

#include <cstdint>
#include <utility>

#include "codec/tls.h"

namespace baya::vdaf {
namespace {

// MessageType. A continue message belongs to VDAFs of more than one round.
enum class MessageType : uint8_t { kInitialize = 0, kContinue = 1, kFinish = 2 };

constexpr size_t kLeader = 0;
constexpr size_t kHelper = 1;

// A Message with one field: initialize or finish.
Result<Bytes> EncodeMessage(MessageType type, ByteView field) {
  codec::Writer writer;
  writer.U8(static_cast<uint8_t>(type));
  writer.Opaque32(field);
  return std::move(writer).Finish();
}

Result<ByteView> DecodeMessage(MessageType type, ByteView message) {
  codec::Reader reader(message);
  BAYA_ASSIGN_OR_RETURN(const uint8_t got, reader.U8());
  if (got != static_cast<uint8_t>(type)) {
    return kError<StatusCode::kInvalidArgument, "a ping-pong message has another type">;
  }
  BAYA_ASSIGN_OR_RETURN(const ByteView field, reader.Opaque32());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return field;
}

}  // namespace

Result<Continued> PingPongLeaderInit(const Prio3& vdaf, ByteView verify_key, ByteView ctx,
                                     ByteView nonce, ByteView public_share, ByteView input_share) {
  BAYA_ASSIGN_OR_RETURN(
      Prio3Verification verification,
      vdaf.VerifyInit(verify_key, ctx, kLeader, nonce, public_share, input_share));
  BAYA_ASSIGN_OR_RETURN(auto&& outbound, EncodeMessage(MessageType::kInitialize,
                                                       verification.verifier_share.Expose()));
  return Continued{std::move(verification.verify_state), std::move(outbound)};
}

Result<FinishedWithOutbound> PingPongHelperInit(const Prio3& vdaf, ByteView verify_key,
                                                ByteView ctx, ByteView nonce, ByteView public_share,
                                                ByteView input_share, ByteView inbound) {
  BAYA_ASSIGN_OR_RETURN(
      const Prio3Verification& verification,
      vdaf.VerifyInit(verify_key, ctx, kHelper, nonce, public_share, input_share));
  BAYA_ASSIGN_OR_RETURN(const ByteView leader_share,
                        DecodeMessage(MessageType::kInitialize, inbound));
  const ByteView verifier_shares[] = {leader_share, verification.verifier_share.Expose()};
  BAYA_ASSIGN_OR_RETURN(const Bytes& message, vdaf.VerifierSharesToMessage(ctx, verifier_shares));
  BAYA_ASSIGN_OR_RETURN(SecretBytes out_share,
                        vdaf.VerifyNext(ctx, verification.verify_state.Expose(), message));
  BAYA_ASSIGN_OR_RETURN(auto&& outbound, EncodeMessage(MessageType::kFinish, message));
  return FinishedWithOutbound{std::move(out_share), std::move(outbound)};
}

Result<SecretBytes> PingPongLeaderContinued(const Prio3& vdaf, ByteView ctx, ByteView verify_state,
                                            ByteView inbound) {
  BAYA_ASSIGN_OR_RETURN(const ByteView message, DecodeMessage(MessageType::kFinish, inbound));
  return vdaf.VerifyNext(ctx, verify_state, message);
}

}  // namespace baya::vdaf
