#include "consent/testing/open_gate.h"
#include "fuzz_target.h"
#include "profile/call.h"
#include "profile/event.h"
#include "profile/intake.h"
#include "profile/money.h"
#include "profile/profile_data.h"
#include "profile/testing/samples.h"

namespace baya::fuzz {
namespace {

using namespace baya::profile;  // NOLINT(google-build-using-namespace)

// A call goes on through the vocabularies; the event that they make of it is one that is stored.
bool FuzzCall(ByteView input) {
  const bool decodes = IsEncodedAgain(
      DecodeCall(input), [](const Call& call) { return EncodeCall(call); }, input);
  consent::testing::OpenGate gate(profile::testing::kNowMs);
  Intake intake = Intake::Create(profile::testing::FullPlan()).value();
  const Result<Taken> taken =
      intake.Take(gate.Pass(consent::Purpose::kStore, consent::Operation::kIngest), input);
  Check(taken.ok() && (decodes || taken->reject != Reject::kNone));
  if (taken->reject == Reject::kNone) Check(EncodeEvent(taken->event).ok());
  return decodes;
}

Value Product(std::string_view id) {
  return Value::Object({{"product_id", Value::Text(id)},
                        {"quantity", Value::Number(2)},
                        {"price", Value::Number(6.5)},
                        {"gift", Value::Bool(true)}});
}

std::vector<Bytes> CallSeeds() {
  Call call;
  call.verb = Verb::kTrack;
  call.source = EventSource::kPage;
  call.message_id = "m1";
  call.time_ms = profile::testing::kNowMs;
  call.name = "Product Viewed";
  call.properties = Product("mug-1");
  const Bytes view = EncodeCall(call).value();
  call.name = "Order Completed";
  call.properties =
      Value::Object({{"order_id", Value::Text("o1")},
                     {"total", Value::Text("13.00")},
                     {"currency", Value::Text("GBP")},
                     {"products", Value::Array({Product("mug-1"), Product("mug-2")})}});
  const Bytes order = EncodeCall(call).value();
  call.verb = Verb::kIdentify;
  call.name = "user-1";
  call.properties = Value::Object({{"email", Value::Text("a@b.example")}, {"none", Value()}});
  return {view, order, EncodeCall(call).value()};
}

bool FuzzEvent(ByteView input) {
  return IsEncodedAgain(
      DecodeEvent(input), [](const Event& event) { return EncodeEvent(event); }, input);
}

std::vector<Bytes> EventSeeds() {
  std::vector<Bytes> seeds;
  profile::testing::RandomEvents events(1);
  for (const Event& event : events.Take(12)) seeds.push_back(EncodeEvent(event).value());
  return seeds;
}

bool FuzzSnapshot(ByteView input) {
  return IsEncodedAgain(
      DecodeSnapshot(input), [](const ProfileData& data) { return EncodeSnapshot(data); }, input);
}

std::vector<Bytes> SnapshotSeeds() {
  ProfileData data;
  const Bytes empty = EncodeSnapshot(data).value();
  data.horizon = {profile::testing::kNowMs - profile::testing::kDayMs, "m0"};
  data.events = {profile::testing::ProductEvent(EventKind::kProductViewed, "m1",
                                                profile::testing::kNowMs, "mug-1", "mugs"),
                 profile::testing::ProductEvent(EventKind::kProductAdded, "m2",
                                                profile::testing::kNowMs, "mug-2")};
  return {empty, EncodeSnapshot(data).value()};
}

bool FuzzAmount(ByteView input) {
  const std::optional<double> amount = ParseAmount(AsText(input));
  if (!amount) return false;
  (void)MinorUnits(*amount, "EUR");
  return true;
}

std::vector<Bytes> AmountSeeds() {
  return {ToBytes(AsBytes("12.50")), ToBytes(AsBytes("0")), ToBytes(AsBytes("1999999.99"))};
}

}  // namespace

std::vector<Target> ProfileTargets() {
  return {{"profile_call", FuzzCall, CallSeeds},
          {"profile_event", FuzzEvent, EventSeeds},
          {"profile_snapshot", FuzzSnapshot, SnapshotSeeds},
          {"profile_amount", FuzzAmount, AmountSeeds}};
}

}  // namespace baya::fuzz
