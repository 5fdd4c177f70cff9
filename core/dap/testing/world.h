// A task with both Aggregators, a Collector and devices, honest and otherwise, for tests.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/testing/test_host.h"
#include "codec/tls.h"
#include "dap/client.h"
#include "dap/helper.h"
#include "dap/hpke_info.h"
#include "dap/leader.h"
#include "dap/task.h"
#include "vdaf/prio3_client.h"

namespace baya::dap::testing {

inline constexpr uint64_t kNowS = 1'700'000'000;
inline constexpr uint64_t kPrecisionS = 3600;
inline constexpr uint32_t kBuckets = 6;
inline constexpr uint8_t kVerificationKeyId = 9;
inline const TaskId kTaskId = {0xda, 0x9, 1};

inline TaskConfiguration DefaultConfiguration() {
  TaskConfiguration configuration;
  configuration.task_info = {1, 2, 3};
  configuration.leader_aggregator_endpoint = "https://leader.example/dap/";
  configuration.helper_aggregator_endpoint = "https://helper.example";
  configuration.time_precision_s = kPrecisionS;
  configuration.min_batch_size = 5;
  configuration.vdaf_type = 4;
  configuration.vdaf_configuration = EncodeHistogramConfig({kBuckets, ChunkLengthFor(kBuckets)});
  return configuration;
}

// The parts of a report before they are sealed; a dishonest device changes them.
struct Parts {
  ReportMetadata metadata;
  Bytes public_share;
  std::array<Bytes, 2> shares;
  std::array<std::vector<Extension>, 2> private_extensions;
};

class World {
 public:
  explicit World(const TaskConfiguration& configuration = DefaultConfiguration())
      : task(MakeTask(kTaskId, Encode(configuration).value()).value()),
        leader(Leader::Create(Parameters()).value()),
        helper(Helper::Create(Parameters()).value()) {
    leader_keys.push_back(MakeHpkeKey(1, host).value());
    helper_keys.push_back(MakeHpkeKey(2, host).value());
  }

  AggregatorParameters Parameters() {
    return {task, kVerificationKeyId, SecretBytes::CopyOf(Bytes(32, 0x77)), collector_key.config};
  }

  Time Now() const { return task.TimeAt(kNowS); }

  Report Honest(uint64_t measurement, Time time) {
    const ClientReport report =
        MakeReport(task, leader_keys[0].config, helper_keys[0].config, time, measurement, host)
            .value();
    return std::move(DecodeUploadRequest(report.encoded).value()[0]);
  }
  Report Honest(uint64_t measurement) { return Honest(measurement, Now()); }

  Parts MakeParts(uint64_t measurement) {
    Parts parts;
    host.FillRandom(parts.metadata.report_id);
    parts.metadata.time = Now();
    const auto client =
        vdaf::MakeHistogramClient(2, task.histogram.length, task.histogram.chunk_length).value();
    Bytes rand(client->RandSize());
    host.FillRandom(rand);
    vdaf::Prio3Report report =
        client->Shard(VdafContext(task.id), {&measurement, 1}, parts.metadata.report_id, rand)
            .value();
    parts.public_share = report.public_share;
    for (size_t i = 0; i < 2; ++i) parts.shares[i] = ToBytes(report.input_shares[i].Expose());
    return parts;
  }

  Report SealParts(const Parts& parts) {
    Report report{parts.metadata, parts.public_share, {}, {}};
    report.leader_encrypted_input_share = SealShare(parts, 0, leader_keys[0].config, Role::kLeader);
    report.helper_encrypted_input_share = SealShare(parts, 1, helper_keys[0].config, Role::kHelper);
    return report;
  }

  HpkeCiphertext SealShare(const Parts& parts, size_t index, const HpkeConfig& recipient,
                           Role role) {
    codec::Writer writer;
    writer.Vector16([&](codec::Writer& list) {
      for (const Extension& extension : parts.private_extensions[index]) {
        list.U16(extension.type);
        list.Opaque16(extension.data);
      }
    });
    writer.Opaque32(parts.shares[index]);
    return Seal(recipient, InputShareInfo(role),
                InputShareAad(task, parts.metadata, parts.public_share).value(),
                std::move(writer).Finish().value(), host)
        .value();
  }

  baya::testing::TestHost host;
  Task task;
  std::vector<HpkeKey> leader_keys;
  std::vector<HpkeKey> helper_keys;
  HpkeKey collector_key = MakeHpkeKey(3, host).value();
  Leader leader;
  Helper helper;
};

}  // namespace baya::dap::testing
