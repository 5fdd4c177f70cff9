#include "dap/client.h"

#include <algorithm>
#include <bitset>
#include <memory>
#include <utility>
#include <vector>

#include "codec/base64url.h"
#include "dap/hpke_info.h"
#include "vdaf/prio3_client.h"

namespace baya::dap {
namespace {

constexpr size_t kLeaderShare = 0;
constexpr size_t kHelperShare = 1;

// An encoded PlaintextInputShare without extensions; never in a buffer that is not wiped.
SecretBytes Plaintext(const SecretBytes& input_share) {
  constexpr size_t kHeaderBytes = 2 + 4;  // no extensions, the payload's length
  SecretBytes plaintext(kHeaderBytes + input_share.size());
  const MutableByteView out = plaintext.ExposeMutable();
  for (size_t i = 0; i < 4; ++i) {
    out[2 + i] = static_cast<uint8_t>(input_share.size() >> (8 * (3 - i)));
  }
  const ByteView payload = input_share.Expose();
  std::copy(payload.begin(), payload.end(), out.begin() + kHeaderBytes);
  return plaintext;
}

std::string WithSlash(std::string_view endpoint) {
  std::string url(endpoint);
  if (url.empty() || url.back() != '/') url += '/';
  return url;
}

}  // namespace

Result<HpkeConfig> SelectHpkeConfig(ByteView hpke_config_list) {
  BAYA_ASSIGN_OR_RETURN(const std::vector<HpkeConfig>& configs,
                        DecodeHpkeConfigList(hpke_config_list));
  std::bitset<256> ids;
  for (const HpkeConfig& config : configs) {
    if (ids[config.id]) {
      return kError<StatusCode::kInvalidArgument, "two HPKE configurations have one id">;
    }
    ids[config.id] = true;
  }
  const auto found = std::find_if(configs.begin(), configs.end(), IsSupported);
  if (found == configs.end()) {
    return kError<StatusCode::kUnimplemented, "no HPKE configuration is supported">;
  }
  return *found;
}

Result<ClientReport> MakeReport(const Task& task, const HpkeConfig& leader,
                                const HpkeConfig& helper, Time time, uint64_t measurement,
                                Host& host) {
  Report report;
  host.FillRandom(report.report_metadata.report_id);
  report.report_metadata.time = time;

  BAYA_ASSIGN_OR_RETURN(const auto& client, vdaf::MakeHistogramClient(2, task.histogram.length,
                                                                      task.histogram.chunk_length));
  SecretBytes rand(client->RandSize());
  host.FillRandom(rand.ExposeMutable());
  BAYA_ASSIGN_OR_RETURN(vdaf::Prio3Report shares,
                        client->Shard(VdafContext(task.id), {&measurement, 1},
                                      report.report_metadata.report_id, rand.Expose()));
  report.public_share = std::move(shares.public_share);

  BAYA_ASSIGN_OR_RETURN(const Bytes& aad,
                        InputShareAad(task, report.report_metadata, report.public_share));
  const auto seal = [&](const HpkeConfig& recipient, Role role, size_t share) {
    return Seal(recipient, InputShareInfo(role), aad,
                Plaintext(shares.input_shares[share]).Expose(), host);
  };
  BAYA_ASSIGN_OR_RETURN(report.leader_encrypted_input_share,
                        seal(leader, Role::kLeader, kLeaderShare));
  BAYA_ASSIGN_OR_RETURN(report.helper_encrypted_input_share,
                        seal(helper, Role::kHelper, kHelperShare));
  BAYA_ASSIGN_OR_RETURN(auto&& encoded, Encode(report));
  return ClientReport{report.report_metadata.report_id, std::move(encoded)};
}

std::string ReportsUrl(const Task& task) {
  return WithSlash(task.leader_url) + "tasks/" + codec::EncodeBase64Url(task.id) + "/reports";
}

std::string HpkeConfigUrl(std::string_view endpoint) { return WithSlash(endpoint) + "hpke_config"; }

}  // namespace baya::dap
