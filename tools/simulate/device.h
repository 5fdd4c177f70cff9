// One person's device: an engine and an encrypted store of its own, at a time of day of its own.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "engine/client_ops.h"
#include "lib/system_host.h"
#include "lib/tool_error.h"
#include "profile/call.h"

namespace baya::tools {

struct Site {
  std::string name;
  Bytes signer;  // Ed25519 public key
  Bytes pack;
  bool test_tasks = false;  // tasks made for tests are taken
};

struct ReportToMake {
  Bytes task_id;
  std::string leader_config_url, helper_config_url;
};

struct ReportToSend {
  Bytes id;
  std::string url;
  Bytes body;
};

// An engine, in this program or elsewhere.
class DeviceEngine {
 public:
  virtual ~DeviceEngine() = default;

  // As engine::Engine::Call at this time. Throws ToolError when the engine refuses.
  virtual Bytes Call(engine::Op op, ByteView request, int64_t now_ms) = 0;
};

// In this program, with the system's entropy.
std::unique_ptr<DeviceEngine> OwnEngine();

// Every function throws ToolError when the engine refuses.
class Device {
 public:
  // The person comes to `site`, which must outlive the device, at `now_ms` and agrees to `store`,
  // `personalize` and `measure`.
  Device(const Site& site, int64_t now_ms, std::unique_ptr<DeviceEngine> engine = OwnEngine());

  // Time only goes forward.
  void SetTime(int64_t now_ms);

  // The event is durable when this returns. `call` without time and message id gets them here.
  void Track(profile::Call call);

  // Ids of the best items, at most `count`.
  std::vector<std::string> Recommend(uint16_t count);

  std::vector<ReportToMake> ReportsToMake();
  void MakeReport(const ReportToMake& report, ByteView leader_configs, ByteView helper_configs);

  // Waits, on the device's own clock, until a report may leave. Empty: none is left. Each is to be
  // followed by ReportDone.
  std::vector<ReportToSend> ReportsToSend();
  void ReportDone(const ReportToSend& report, bool accepted);

 private:
  // A reply with the bytes that it points into.
  template <typename T>
  struct Reply {
    Bytes bytes;
    T value;
    const T* operator->() const { return &value; }
  };

  template <typename T>
  Reply<T> Call(engine::Op op, const Result<Bytes>& request, Result<T> (*decode)(ByteView)) {
    Reply<T> reply;
    const Bytes encoded = OrThrow(request, "a request");
    reply.bytes = engine_->Call(op, encoded, now_ms_);
    reply.value = OrThrow(decode(reply.bytes), "a reply");
    return reply;
  }

  void Agree();
  void CarryOut(const engine::Effects& effects);
  void Save();
  void OfferSecret();

  std::unique_ptr<DeviceEngine> engine_;
  SystemHost entropy_;
  int64_t now_ms_;
  std::map<std::string, Bytes, std::less<>> stored_;
  uint64_t events_ = 0;
};

}  // namespace baya::tools
