// What the device and an Aggregator of Prio3 have in common for one validity circuit, and all that
// the device needs: sharding.
//
// Source: draft-irtf-cfrg-vdaf-20 §7.2.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "base/status.h"
#include "vdaf/draft.h"
#include "vdaf/field_vec.h"
#include "vdaf/flp.h"
#include "vdaf/prio3_client.h"
#include "vdaf/valid.h"
#include "vdaf/xof.h"

namespace baya::vdaf {

// The circuit of an instance. kInvalidArgument for a number of shares outside [2, 255], another
// number of parameters than the type takes, or one out of range.
template <Valid Circuit>
Result<Circuit> CreateCircuit(size_t shares, std::span<const uint64_t> parameters) {
  if (shares < 2 || shares > 255) {
    return kError<StatusCode::kInvalidArgument, "a report has 2 to 255 shares">;
  }
  if (parameters.size() != Circuit::kParameters.size()) {
    return kError<StatusCode::kInvalidArgument, "the type takes another number of parameters">;
  }
  return Circuit::Create(parameters);
}

// The sizes and auxiliary functions of Prio3, and Shard. `Base` is Prio3Client or Prio3: a client
// has no virtual function that verifies, so that no part of it is linked where only a client is
// made.
template <Valid Circuit, typename Base>
class Prio3Sharding : public Base {
 public:
  using Field = typename Circuit::Field;

  // `shares` in [2, 255].
  Prio3Sharding(Circuit circuit, size_t shares)
      : flp_(std::move(circuit), shares), shares_(shares) {}

  size_t Shares() const override { return shares_; }
  size_t RandSize() const override { return shares_ * (UsesJointRand() ? 2 : 1) * kSeedSize; }
  size_t PublicShareSize() const override { return UsesJointRand() ? shares_ * kSeedSize : 0; }
  size_t InputShareSize(size_t agg_id) const override {
    return (agg_id == 0 ? MeasSize() + ProofsSize() : kSeedSize) + JointRandSize();
  }

  Result<Prio3Report> Shard(ByteView ctx, std::span<const uint64_t> measurement, ByteView nonce,
                            ByteView rand) const override;

 protected:
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

  static Status CheckContext(ByteView ctx, ByteView nonce) {
    if (ctx.size() > Base::kMaxContextSize) {
      return kError<StatusCode::kInvalidArgument, "the application context is too long">;
    }
    if (nonce.size() != Base::kNonceSize) {
      return kError<StatusCode::kInvalidArgument, "a nonce has 16 bytes">;
    }
    return OkStatus();
  }

  const FlpBBCGGI19<Circuit>& Flp() const { return flp_; }

 private:
  // The proofs of `meas`, one after the other.
  FieldVec<Field> Prove(ByteView ctx, std::span<const Field> meas, ByteView prove_seed,
                        std::span<const Field> joint_rands) const;

  FlpBBCGGI19<Circuit> flp_;
  size_t shares_;
};

template <Valid Circuit, typename Base>
FieldVec<typename Circuit::Field> Prio3Sharding<Circuit, Base>::Prove(
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

template <Valid Circuit, typename Base>
Result<Prio3Report> Prio3Sharding<Circuit, Base>::Shard(ByteView ctx,
                                                        std::span<const uint64_t> measurement,
                                                        ByteView nonce, ByteView rand) const {
  BAYA_RETURN_IF_ERROR(CheckContext(ctx, nonce));
  if (rand.size() != RandSize()) {
    return kError<StatusCode::kInvalidArgument, "the random bytes have the wrong length">;
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

}  // namespace baya::vdaf
