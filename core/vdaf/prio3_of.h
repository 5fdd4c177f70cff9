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
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "base/status.h"
#include "vdaf/draft.h"
#include "vdaf/field_vec.h"
#include "vdaf/flp.h"
#include "vdaf/prio3.h"
#include "vdaf/valid.h"
#include "vdaf/xof.h"

namespace baya::vdaf {

template <Valid Circuit>
class Prio3Of final : public Prio3 {
 public:
  using Field = typename Circuit::Field;

  // `shares` in [2, 255].
  Prio3Of(Circuit circuit, size_t shares) : flp_(std::move(circuit), shares), shares_(shares) {}

  uint32_t AlgorithmId() const override { return Circuit::kAlgorithmId; }
  size_t Shares() const override { return shares_; }
  size_t RandSize() const override { return shares_ * (UsesJointRand() ? 2 : 1) * kSeedSize; }

  size_t PublicShareSize() const override { return UsesJointRand() ? shares_ * kSeedSize : 0; }
  size_t InputShareSize(size_t agg_id) const override {
    return (agg_id == 0 ? MeasSize() + ProofsSize() : kSeedSize) + JointRandSize();
  }
  size_t VerifierShareSize() const override { return VerifiersSize() + JointRandSize(); }
  size_t VerifierMessageSize() const override { return JointRandSize(); }
  size_t AggShareSize() const override { return flp_.circuit().OutputLen() * Field::kEncodedSize; }

  Result<Prio3Report> Shard(ByteView ctx, std::span<const uint64_t> measurement, ByteView nonce,
                            ByteView rand) const override;
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
  static constexpr size_t kSeedSize = XofTurboShake128::kSeedSize;
  static constexpr size_t kProofs = Circuit::kProofs;
  static_assert(kProofs >= 1 && kProofs <= 255);

  // §7.2, the usages of the XOF.
  enum class Usage : uint8_t {
    kMeasShare = 1,
    kProofShare = 2,
    kJointRandomness = 3,
    kProveRandomness = 4,
    kQueryRandomness = 5,
    kJointRandSeed = 6,
    kJointRandPart = 7,
  };

  bool UsesJointRand() const { return flp_.circuit().JointRandLen() > 0; }
  size_t JointRandSize() const { return UsesJointRand() ? kSeedSize : 0; }
  size_t MeasSize() const { return flp_.circuit().MeasLen() * Field::kEncodedSize; }
  size_t ProofsSize() const { return flp_.ProofLen() * kProofs * Field::kEncodedSize; }
  size_t VerifiersSize() const { return flp_.VerifierLen() * kProofs * Field::kEncodedSize; }

  // §7.2.1: `rand` is a sequence of seeds. Of each Helper, in order, the share and with joint
  // randomness the blind; then with joint randomness the Leader's blind; then the prover's.
  struct Seeds {
    ByteView rand;
    bool joint;

    ByteView At(size_t index) const { return rand.subspan(index * kSeedSize, kSeedSize); }
    ByteView HelperShare(size_t agg_id) const { return At((agg_id - 1) * (joint ? 2 : 1)); }
    ByteView HelperBlind(size_t agg_id) const { return At((agg_id - 1) * 2 + 1); }
    ByteView LeaderBlind() const { return rand.last(2 * kSeedSize).first(kSeedSize); }
    ByteView Prove() const { return rand.last(kSeedSize); }
  };

  // §5, domain_separation_tag, without the context that follows it: format_dst of §6.2.3 with the
  // class of a VDAF.
  static std::array<uint8_t, 8> Dst(Usage usage) {
    constexpr uint32_t kId = Circuit::kAlgorithmId;
    return {kVersion,
            0,
            static_cast<uint8_t>(kId >> 24),
            static_cast<uint8_t>(kId >> 16),
            static_cast<uint8_t>(kId >> 8),
            static_cast<uint8_t>(kId),
            0,
            static_cast<uint8_t>(usage)};
  }

  FieldVec<Field> Expand(ByteView seed, ByteView ctx, Usage usage,
                         std::initializer_list<ByteView> binder, size_t length) const {
    const std::array<uint8_t, 8> dst = Dst(usage);
    FieldVec<Field> vec(length);
    XofTurboShake128::ExpandIntoVec<Field>(seed, {dst, ctx}, binder, vec);
    return vec;
  }

  // §7.2.6, the auxiliary functions.
  FieldVec<Field> HelperMeasShare(ByteView ctx, size_t agg_id, ByteView share) const {
    const uint8_t binder[] = {static_cast<uint8_t>(agg_id)};
    return Expand(share, ctx, Usage::kMeasShare, {binder}, flp_.circuit().MeasLen());
  }
  FieldVec<Field> HelperProofsShare(ByteView ctx, size_t agg_id, ByteView share) const {
    const uint8_t binder[] = {kProofs, static_cast<uint8_t>(agg_id)};
    return Expand(share, ctx, Usage::kProofShare, {binder}, flp_.ProofLen() * kProofs);
  }
  FieldVec<Field> ProveRands(ByteView ctx, ByteView prove_seed) const {
    const uint8_t binder[] = {kProofs};
    return Expand(prove_seed, ctx, Usage::kProveRandomness, {binder},
                  flp_.ProveRandLen() * kProofs);
  }
  FieldVec<Field> QueryRands(ByteView verify_key, ByteView ctx, ByteView nonce) const {
    const uint8_t binder[] = {kProofs};
    return Expand(verify_key, ctx, Usage::kQueryRandomness, {binder, nonce},
                  flp_.QueryRandLen() * kProofs);
  }
  FieldVec<Field> JointRands(ByteView ctx, ByteView joint_rand_seed) const {
    const uint8_t binder[] = {kProofs};
    return Expand(joint_rand_seed, ctx, Usage::kJointRandomness, {binder},
                  flp_.circuit().JointRandLen() * kProofs);
  }
  // `meas_share` encoded, `part` kSeedSize bytes.
  void JointRandPart(ByteView ctx, size_t agg_id, ByteView blind, ByteView meas_share,
                     ByteView nonce, MutableByteView part) const {
    const std::array<uint8_t, 8> dst = Dst(Usage::kJointRandPart);
    const uint8_t id[] = {static_cast<uint8_t>(agg_id)};
    XofTurboShake128::DeriveSeed(blind, {dst, ctx}, {id, nonce, meas_share}, part);
  }
  // `parts`: one after the other.
  void JointRandSeed(ByteView ctx, ByteView parts, MutableByteView seed) const {
    const std::array<uint8_t, 8> dst = Dst(Usage::kJointRandSeed);
    const std::array<uint8_t, kSeedSize> zeros = {};
    XofTurboShake128::DeriveSeed(zeros, {dst, ctx}, {parts}, seed);
  }

  // What an input share stands for.
  struct Expanded {
    FieldVec<Field> meas_share;
    FieldVec<Field> proofs_share;
    ByteView blind;  // empty without joint randomness
  };
  // §7.2.6 expand_input_share after §7.2.7.2 decoding.
  Result<Expanded> ExpandInputShare(ByteView ctx, size_t agg_id, ByteView input_share) const;

  // The proofs of `meas`, one after the other.
  FieldVec<Field> Prove(ByteView ctx, std::span<const Field> meas, ByteView prove_seed,
                        std::span<const Field> joint_rands) const;

  template <typename Integer>
  Result<std::vector<Integer>> UnshardAs(std::span<const ByteView> agg_shares,
                                         uint64_t num_measurements) const;

  static Status CheckContext(ByteView ctx, ByteView nonce) {
    if (ctx.size() > kMaxContextSize) {
      return {StatusCode::kInvalidArgument, "the application context is too long"};
    }
    if (nonce.size() != kNonceSize) {
      return {StatusCode::kInvalidArgument, "a nonce has 16 bytes"};
    }
    return OkStatus();
  }

  FlpBBCGGI19<Circuit> flp_;
  size_t shares_;
};

template <Valid Circuit>
FieldVec<typename Circuit::Field> Prio3Of<Circuit>::Prove(
    ByteView ctx, std::span<const Field> meas, ByteView prove_seed,
    std::span<const Field> joint_rands) const {
  const FieldVec<Field> prove_rands = ProveRands(ctx, prove_seed);
  FieldVec<Field> proofs(flp_.ProofLen() * kProofs);
  const size_t joint_len = flp_.circuit().JointRandLen();
  for (size_t i = 0; i < kProofs; ++i) {
    flp_.Prove(meas, std::span(prove_rands).subspan(i * flp_.ProveRandLen(), flp_.ProveRandLen()),
               joint_rands.subspan(i * joint_len, joint_len),
               std::span(proofs).subspan(i * flp_.ProofLen(), flp_.ProofLen()));
  }
  return proofs;
}

template <Valid Circuit>
Result<Prio3Report> Prio3Of<Circuit>::Shard(ByteView ctx, std::span<const uint64_t> measurement,
                                            ByteView nonce, ByteView rand) const {
  BAYA_RETURN_IF_ERROR(CheckContext(ctx, nonce));
  if (rand.size() != RandSize()) {
    return Status(StatusCode::kInvalidArgument, "the random bytes have the wrong length");
  }
  FieldVec<Field> meas(flp_.circuit().MeasLen());
  BAYA_RETURN_IF_ERROR(flp_.circuit().Encode(measurement, meas));
  const Seeds seeds{rand, UsesJointRand()};

  Prio3Report report;
  report.public_share.resize(PublicShareSize());
  const MutableByteView joint_rand_parts = report.public_share;
  report.input_shares.reserve(shares_);
  for (size_t j = 0; j < shares_; ++j) report.input_shares.emplace_back(InputShareSize(j));
  const MutableByteView leader = report.input_shares[0].ExposeMutable();

  // Shard the encoded measurement and compute the joint randomness parts.
  FieldVec<Field> leader_meas_share = meas;
  SecretBytes encoded(UsesJointRand() ? MeasSize() : 0);
  for (size_t j = 1; j < shares_; ++j) {
    const FieldVec<Field> helper_meas_share = HelperMeasShare(ctx, j, seeds.HelperShare(j));
    SubtractFrom<Field>(leader_meas_share, helper_meas_share);
    if (UsesJointRand()) {
      EncodeVec<Field>(helper_meas_share, encoded.ExposeMutable());
      JointRandPart(ctx, j, seeds.HelperBlind(j), encoded.Expose(), nonce,
                    joint_rand_parts.subspan(j * kSeedSize, kSeedSize));
    }
  }
  EncodeVec<Field>(leader_meas_share, leader.first(MeasSize()));
  FieldVec<Field> joint_rands;
  if (UsesJointRand()) {
    JointRandPart(ctx, 0, seeds.LeaderBlind(), leader.first(MeasSize()), nonce,
                  joint_rand_parts.first(kSeedSize));
    std::array<uint8_t, kSeedSize> joint_rand_seed;
    JointRandSeed(ctx, joint_rand_parts, joint_rand_seed);
    joint_rands = JointRands(ctx, joint_rand_seed);
  }

  // Generate the proofs and shard them.
  FieldVec<Field> leader_proofs_share = Prove(ctx, meas, seeds.Prove(), joint_rands);
  for (size_t j = 1; j < shares_; ++j) {
    SubtractFrom<Field>(leader_proofs_share, HelperProofsShare(ctx, j, seeds.HelperShare(j)));
  }
  EncodeVec<Field>(leader_proofs_share, leader.subspan(MeasSize(), ProofsSize()));

  // What is left of the input shares are seeds (§7.2.7.2).
  for (size_t j = 1; j < shares_; ++j) {
    const MutableByteView helper = report.input_shares[j].ExposeMutable();
    std::copy_n(seeds.HelperShare(j).begin(), kSeedSize, helper.begin());
    if (UsesJointRand())
      std::copy_n(seeds.HelperBlind(j).begin(), kSeedSize, helper.end() - kSeedSize);
  }
  if (UsesJointRand())
    std::copy_n(seeds.LeaderBlind().begin(), kSeedSize, leader.end() - kSeedSize);
  return report;
}

template <Valid Circuit>
auto Prio3Of<Circuit>::ExpandInputShare(ByteView ctx, size_t agg_id, ByteView input_share) const
    -> Result<Expanded> {
  if (input_share.size() != InputShareSize(agg_id)) {
    return Status(StatusCode::kInvalidArgument, "an input share has the wrong length");
  }
  Expanded expanded;
  expanded.blind = input_share.last(JointRandSize());
  if (agg_id > 0) {
    expanded.meas_share = HelperMeasShare(ctx, agg_id, input_share.first(kSeedSize));
    expanded.proofs_share = HelperProofsShare(ctx, agg_id, input_share.first(kSeedSize));
    return expanded;
  }
  expanded.meas_share.resize(flp_.circuit().MeasLen());
  expanded.proofs_share.resize(flp_.ProofLen() * kProofs);
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
    return Status(StatusCode::kInvalidArgument, "a verification key has 32 bytes");
  }
  if (agg_id >= shares_) {
    return Status(StatusCode::kInvalidArgument, "there is no Aggregator of that id");
  }
  if (public_share.size() != PublicShareSize()) {
    return Status(StatusCode::kInvalidArgument, "a public share has the wrong length");
  }
  BAYA_ASSIGN_OR_RETURN(const Expanded share, ExpandInputShare(ctx, agg_id, input_share));

  Prio3Verification verification{SecretBytes(AggShareSize() + JointRandSize()),
                                 SecretBytes(VerifierShareSize())};
  const MutableByteView state = verification.verify_state.ExposeMutable();
  const MutableByteView verifier_share = verification.verifier_share.ExposeMutable();
  FieldVec<Field> out_share(flp_.circuit().OutputLen());
  flp_.circuit().Truncate(share.meas_share, out_share);
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
  FieldVec<Field> verifiers(flp_.VerifierLen() * kProofs);
  const size_t joint_len = flp_.circuit().JointRandLen();
  for (size_t i = 0; i < kProofs; ++i) {
    BAYA_RETURN_IF_ERROR(
        flp_.Query(share.meas_share,
                   std::span(share.proofs_share).subspan(i * flp_.ProofLen(), flp_.ProofLen()),
                   std::span(query_rands).subspan(i * flp_.QueryRandLen(), flp_.QueryRandLen()),
                   std::span<const Field>(joint_rands).subspan(i * joint_len, joint_len),
                   std::span(verifiers).subspan(i * flp_.VerifierLen(), flp_.VerifierLen())));
  }
  EncodeVec<Field>(verifiers, verifier_share.first(VerifiersSize()));
  return verification;
}

template <Valid Circuit>
Result<Bytes> Prio3Of<Circuit>::VerifierSharesToMessage(
    ByteView ctx, std::span<const ByteView> verifier_shares) const {
  if (ctx.size() > kMaxContextSize) {
    return Status(StatusCode::kInvalidArgument, "the application context is too long");
  }
  if (verifier_shares.size() != shares_) {
    return Status(StatusCode::kInvalidArgument, "every Aggregator gives one verifier share");
  }
  FieldVec<Field> verifiers(flp_.VerifierLen() * kProofs);
  FieldVec<Field> verifiers_share(verifiers.size());
  Bytes joint_rand_parts;
  for (ByteView share : verifier_shares) {
    if (share.size() != VerifierShareSize()) {
      return Status(StatusCode::kInvalidArgument, "a verifier share has the wrong length");
    }
    BAYA_RETURN_IF_ERROR(DecodeVec<Field>(share.first(VerifiersSize()), verifiers_share));
    AddInto<Field>(verifiers, verifiers_share);
    const ByteView part = share.last(JointRandSize());
    joint_rand_parts.insert(joint_rand_parts.end(), part.begin(), part.end());
  }
  for (size_t i = 0; i < kProofs; ++i) {
    if (!flp_.Decide(std::span(verifiers).subspan(i * flp_.VerifierLen(), flp_.VerifierLen()))) {
      return Status(StatusCode::kDataLoss, "the proof does not hold");
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
    return Status(StatusCode::kInvalidArgument, "a verify state has the wrong length");
  }
  if (verifier_message.size() != VerifierMessageSize()) {
    return Status(StatusCode::kInvalidArgument, "a verifier message has the wrong length");
  }
  if (!ConstantTimeEqual(verify_state.last(JointRandSize()), verifier_message)) {
    return Status(StatusCode::kDataLoss, "the joint randomness is not what the client claimed");
  }
  return SecretBytes::CopyOf(verify_state.first(AggShareSize()));
}

template <Valid Circuit>
Status Prio3Of<Circuit>::AggUpdate(MutableByteView agg_share, ByteView out_share) const {
  FieldVec<Field> agg(flp_.circuit().OutputLen());
  FieldVec<Field> out(flp_.circuit().OutputLen());
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
  if (agg_shares.size() != shares_) {
    return Status(StatusCode::kInvalidArgument, "every Aggregator gives one aggregate share");
  }
  if (num_measurements == 0) {
    return Status(StatusCode::kInvalidArgument, "an aggregate has at least one measurement");
  }
  BAYA_ASSIGN_OR_RETURN(const SecretBytes merged, Merge(agg_shares));
  FieldVec<Field> agg(flp_.circuit().OutputLen());
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
    if (!value) return Status(StatusCode::kOutOfRange, "an aggregate does not fit 64 bits");
    result.push_back(*value);
  }
  return result;
}

}  // namespace baya::vdaf
