// Prio3 for one validity circuit. Included by prio3_types.cc alone.
//
// Source: draft-irtf-cfrg-vdaf-20 §7.2.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "base/status.h"
#include "vdaf/field_vec.h"
#include "vdaf/prio3.h"
#include "vdaf/prio3_sharding.h"
#include "vdaf/valid.h"

namespace baya::vdaf {

template <Valid Circuit>
class Prio3Of final : public Prio3Sharding<Circuit, Prio3> {
  using Core = Prio3Sharding<Circuit, Prio3>;

 public:
  using Field = typename Circuit::Field;

  using Core::Core;

  uint32_t AlgorithmId() const override { return Circuit::kAlgorithmId; }
  size_t VerifierShareSize() const override { return VerifiersSize() + JointRandSize(); }
  size_t VerifierMessageSize() const override { return JointRandSize(); }
  size_t AggShareSize() const override { return Flp().circuit().OutputLen() * Field::kEncodedSize; }

  Result<Prio3Verification> VerifyInit(ByteView verify_key, ByteView ctx, size_t agg_id,
                                       ByteView nonce, ByteView public_share,
                                       ByteView input_share) const override;
  Result<Bytes> VerifierSharesToMessage(ByteView ctx,
                                        std::span<const ByteView> verifier_shares) const override;
  Result<SecretBytes> VerifyNext(ByteView ctx, ByteView verify_state,
                                 ByteView verifier_message) const override;

  SecretBytes AggInit() const override { return SecretBytes(AggShareSize()); }
  Status AggUpdate(MutableByteView agg_share, ByteView out_share) const override;
  Result<SecretBytes> Merge(std::span<const ByteView> agg_shares) const override;
  Result<std::vector<uint64_t>> Unshard(std::span<const ByteView> agg_shares,
                                        uint64_t num_measurements) const override {
    return UnshardAs<uint64_t>(agg_shares, num_measurements);
  }
  Result<std::vector<int64_t>> UnshardNoised(std::span<const ByteView> agg_shares,
                                             uint64_t num_measurements) const override {
    return UnshardAs<int64_t>(agg_shares, num_measurements);
  }

 private:
  using Core::CheckContext;
  using Core::Flp;
  using Core::HelperMeasShare;
  using Core::HelperProofsShare;
  using Core::InputShareSize;
  using Core::JointRandPart;
  using Core::JointRands;
  using Core::JointRandSeed;
  using Core::JointRandSize;
  using Core::kProofs;
  using Core::kSeedSize;
  using Core::MeasSize;
  using Core::ProofsSize;
  using Core::PublicShareSize;
  using Core::QueryRands;
  using Core::Shares;
  using Core::UsesJointRand;
  using Core::VerifiersSize;
  using Prio3::kMaxContextSize;
  using Prio3::kVerifyKeySize;

  // What an input share stands for.
  struct Expanded {
    FieldVec<Field> meas_share;
    FieldVec<Field> proofs_share;
    ByteView blind;  // empty without joint randomness
  };
  // §7.2.6 expand_input_share after §7.2.7.2 decoding.
  Result<Expanded> ExpandInputShare(ByteView ctx, size_t agg_id, ByteView input_share) const;

  template <typename Integer>
  Result<std::vector<Integer>> UnshardAs(std::span<const ByteView> agg_shares,
                                         uint64_t num_measurements) const;
};

template <Valid Circuit>
auto Prio3Of<Circuit>::ExpandInputShare(ByteView ctx, size_t agg_id, ByteView input_share) const
    -> Result<Expanded> {
  if (input_share.size() != InputShareSize(agg_id)) {
    return kError<StatusCode::kInvalidArgument, "an input share has the wrong length">;
  }
  Expanded expanded;
  expanded.blind = input_share.last(JointRandSize());
  if (agg_id > 0) {
    expanded.meas_share = HelperMeasShare(ctx, agg_id, input_share.first(kSeedSize));
    expanded.proofs_share = HelperProofsShare(ctx, agg_id, input_share.first(kSeedSize));
    return expanded;
  }
  expanded.meas_share.resize(Flp().circuit().MeasLen());
  expanded.proofs_share.resize(Flp().ProofLen() * kProofs);
  BAYA_RETURN_IF_ERROR(DecodeVec<Field>(input_share.first(MeasSize()), expanded.meas_share));
  BAYA_RETURN_IF_ERROR(
      DecodeVec<Field>(input_share.subspan(MeasSize(), ProofsSize()), expanded.proofs_share));
  return expanded;
}

template <Valid Circuit>
Result<Prio3Verification> Prio3Of<Circuit>::VerifyInit(ByteView verify_key, ByteView ctx,
                                                       size_t agg_id, ByteView nonce,
                                                       ByteView public_share,
                                                       ByteView input_share) const {
  BAYA_RETURN_IF_ERROR(CheckContext(ctx, nonce));
  if (verify_key.size() != kVerifyKeySize) {
    return kError<StatusCode::kInvalidArgument, "a verification key has 32 bytes">;
  }
  if (agg_id >= Shares()) {
    return kError<StatusCode::kInvalidArgument, "there is no Aggregator of that id">;
  }
  if (public_share.size() != PublicShareSize()) {
    return kError<StatusCode::kInvalidArgument, "a public share has the wrong length">;
  }
  BAYA_ASSIGN_OR_RETURN(const Expanded& share, ExpandInputShare(ctx, agg_id, input_share));

  Prio3Verification verification{SecretBytes(AggShareSize() + JointRandSize()),
                                 SecretBytes(VerifierShareSize())};
  const MutableByteView state = verification.verify_state.ExposeMutable();
  const MutableByteView verifier_share = verification.verifier_share.ExposeMutable();
  FieldVec<Field> out_share(Flp().circuit().OutputLen());
  Flp().circuit().Truncate(share.meas_share, out_share);
  EncodeVec<Field>(out_share, state.first(AggShareSize()));

  // Compute the joint randomness, with our own part instead of the one the client claims.
  FieldVec<Field> joint_rands;
  if (UsesJointRand()) {
    SecretBytes encoded(MeasSize());
    EncodeVec<Field>(share.meas_share, encoded.ExposeMutable());
    const MutableByteView joint_rand_part = verifier_share.last(kSeedSize);
    JointRandPart(ctx, agg_id, share.blind, encoded.Expose(), nonce, joint_rand_part);
    Bytes joint_rand_parts = ToBytes(public_share);
    std::copy(joint_rand_part.begin(), joint_rand_part.end(),
              joint_rand_parts.begin() + static_cast<ptrdiff_t>(agg_id * kSeedSize));
    const MutableByteView corrected_joint_rand_seed = state.last(kSeedSize);
    JointRandSeed(ctx, joint_rand_parts, corrected_joint_rand_seed);
    joint_rands = JointRands(ctx, corrected_joint_rand_seed);
  }

  // Query the measurement and proof shares.
  const FieldVec<Field> query_rands = QueryRands(verify_key, ctx, nonce);
  FieldVec<Field> verifiers(Flp().VerifierLen() * kProofs);
  const size_t joint_len = Flp().circuit().JointRandLen();
  for (size_t i = 0; i < kProofs; ++i) {
    BAYA_RETURN_IF_ERROR(
        Flp().Query(share.meas_share,
                    std::span(share.proofs_share).subspan(i * Flp().ProofLen(), Flp().ProofLen()),
                    std::span(query_rands).subspan(i * Flp().QueryRandLen(), Flp().QueryRandLen()),
                    std::span<const Field>(joint_rands).subspan(i * joint_len, joint_len),
                    std::span(verifiers).subspan(i * Flp().VerifierLen(), Flp().VerifierLen())));
  }
  EncodeVec<Field>(verifiers, verifier_share.first(VerifiersSize()));
  return verification;
}

template <Valid Circuit>
Result<Bytes> Prio3Of<Circuit>::VerifierSharesToMessage(
    ByteView ctx, std::span<const ByteView> verifier_shares) const {
  if (ctx.size() > kMaxContextSize) {
    return kError<StatusCode::kInvalidArgument, "the application context is too long">;
  }
  if (verifier_shares.size() != Shares()) {
    return kError<StatusCode::kInvalidArgument, "every Aggregator gives one verifier share">;
  }
  FieldVec<Field> verifiers(Flp().VerifierLen() * kProofs);
  FieldVec<Field> verifiers_share(verifiers.size());
  Bytes joint_rand_parts;
  for (ByteView share : verifier_shares) {
    if (share.size() != VerifierShareSize()) {
      return kError<StatusCode::kInvalidArgument, "a verifier share has the wrong length">;
    }
    BAYA_RETURN_IF_ERROR(DecodeVec<Field>(share.first(VerifiersSize()), verifiers_share));
    AddInto<Field>(verifiers, verifiers_share);
    const ByteView part = share.last(JointRandSize());
    joint_rand_parts.insert(joint_rand_parts.end(), part.begin(), part.end());
  }
  for (size_t i = 0; i < kProofs; ++i) {
    if (!Flp().Decide(std::span(verifiers).subspan(i * Flp().VerifierLen(), Flp().VerifierLen()))) {
      return kError<StatusCode::kDataLoss, "the proof does not hold">;
    }
  }
  Bytes joint_rand_seed(VerifierMessageSize());
  if (UsesJointRand()) JointRandSeed(ctx, joint_rand_parts, joint_rand_seed);
  return joint_rand_seed;
}

template <Valid Circuit>
Result<SecretBytes> Prio3Of<Circuit>::VerifyNext(ByteView /*ctx*/, ByteView verify_state,
                                                 ByteView verifier_message) const {
  if (verify_state.size() != AggShareSize() + JointRandSize()) {
    return kError<StatusCode::kInvalidArgument, "a verify state has the wrong length">;
  }
  if (verifier_message.size() != VerifierMessageSize()) {
    return kError<StatusCode::kInvalidArgument, "a verifier message has the wrong length">;
  }
  if (!ConstantTimeEqual(verify_state.last(JointRandSize()), verifier_message)) {
    return kError<StatusCode::kDataLoss, "the joint randomness is not what the client claimed">;
  }
  return SecretBytes::CopyOf(verify_state.first(AggShareSize()));
}

template <Valid Circuit>
Status Prio3Of<Circuit>::AggUpdate(MutableByteView agg_share, ByteView out_share) const {
  FieldVec<Field> agg(Flp().circuit().OutputLen());
  FieldVec<Field> out(Flp().circuit().OutputLen());
  BAYA_RETURN_IF_ERROR(DecodeVec<Field>(agg_share, agg));
  BAYA_RETURN_IF_ERROR(DecodeVec<Field>(out_share, out));
  AddInto<Field>(agg, out);
  EncodeVec<Field>(agg, agg_share);
  return OkStatus();
}

template <Valid Circuit>
Result<SecretBytes> Prio3Of<Circuit>::Merge(std::span<const ByteView> agg_shares) const {
  SecretBytes agg = AggInit();
  for (ByteView agg_share : agg_shares) {
    BAYA_RETURN_IF_ERROR(AggUpdate(agg.ExposeMutable(), agg_share));
  }
  return agg;
}

template <Valid Circuit>
template <typename Integer>
Result<std::vector<Integer>> Prio3Of<Circuit>::UnshardAs(std::span<const ByteView> agg_shares,
                                                         uint64_t num_measurements) const {
  if (agg_shares.size() != Shares()) {
    return kError<StatusCode::kInvalidArgument, "every Aggregator gives one aggregate share">;
  }
  if (num_measurements == 0) {
    return kError<StatusCode::kInvalidArgument, "an aggregate has at least one measurement">;
  }
  BAYA_ASSIGN_OR_RETURN(const SecretBytes& merged, Merge(agg_shares));
  FieldVec<Field> agg(Flp().circuit().OutputLen());
  BAYA_RETURN_IF_ERROR(DecodeVec<Field>(merged.Expose(), agg));
  std::vector<Integer> result;
  result.reserve(agg.size());
  for (const Field& element : agg) {
    std::optional<Integer> value;
    if constexpr (std::is_signed_v<Integer>) {
      value = element.ToInt64();
    } else {
      value = element.ToUint64();
    }
    if (!value) return kError<StatusCode::kOutOfRange, "an aggregate does not fit 64 bits">;
    result.push_back(*value);
  }
  return result;
}

}  // namespace baya::vdaf
