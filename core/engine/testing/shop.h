// A small shop with a plan, and the calls that its page makes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "crypto/ed25519.h"
#include "engine/ops.h"
#include "engine/plan_section.h"
#include "pack/testing/shop_builder.h"
#include "profile/call.h"

namespace baya::engine::testing {

// Three purposes, and what the calls below have in them.
inline PlanSection Plan() {
  using consent::Purpose;
  constexpr auto kStored = consent::PurposeSet::Of(Purpose::kStore);
  constexpr auto kRanked = consent::PurposeSet::Of(Purpose::kStore, Purpose::kPersonalize);
  constexpr auto kMeasured = consent::PurposeSet::Of(Purpose::kStore, Purpose::kMeasure);
  constexpr auto kAll =
      consent::PurposeSet::Of(Purpose::kStore, Purpose::kPersonalize, Purpose::kMeasure);
  PlanSection plan;
  plan.currency = "EUR";
  plan.retention_days = 395;
  plan.text_version = "2026-11";
  plan.max_age_days = 390;
  plan.texts = {{Purpose::kStore, "Remember on this device what I look at and buy."},
                {Purpose::kPersonalize, "Sort the shelves for me, on this device."},
                {Purpose::kMeasure, "Count me in."}};
  plan.fields = {
      {"item.id", kAll},          {"item.quantity", kMeasured}, {"item.price", kStored},
      {"item.category", kRanked}, {"item.brand", kRanked},      {"order.id", kStored},
      {"order.total", kStored},   {"query", kStored},           {"list.id", kMeasured},
      {"page.name", kStored},     {"user.id", kStored},         {"trait.email", kStored}};
  return plan;
}

inline Bytes ShopPack(uint64_t version = 1, const PlanSection& plan = Plan()) {
  pack::SealRequest request = pack::testing::LampsAndMugs().Request();
  request.version = version;
  request.sections.push_back({pack::SectionType::kPlan, EncodePlanSection(plan).value()});
  return pack::Seal(request, pack::testing::TestSeed()).value();
}

inline Bytes ShopSigner() {
  const crypto::ed25519::PublicKey key = pack::testing::TestKey();
  return Bytes(key.begin(), key.end());
}

// track(event, {product_id, category?, gift?}), made at `time_ms`.
inline Bytes Track(std::string_view event, std::string_view item, std::string_view message_id,
                   int64_t time_ms, std::string_view category = "", bool gift = false) {
  profile::Call call;
  call.verb = profile::Verb::kTrack;
  call.source = profile::EventSource::kPage;
  call.message_id = message_id;
  call.time_ms = time_ms;
  call.name = event;
  std::vector<profile::Property> properties;
  properties.push_back({"product_id", profile::Value::Text(item)});
  if (!category.empty()) properties.push_back({"category", profile::Value::Text(category)});
  if (gift) properties.push_back({"gift", profile::Value::Bool(true)});
  call.properties = profile::Value::Object(std::move(properties));
  return profile::EncodeCall(call).value();
}

// identify(user, {email}).
inline Bytes Identify(std::string_view user, std::string_view email, std::string_view message_id,
                      int64_t time_ms) {
  profile::Call call;
  call.verb = profile::Verb::kIdentify;
  call.source = profile::EventSource::kPage;
  call.message_id = message_id;
  call.time_ms = time_ms;
  call.name = user;
  call.properties = profile::Value::Object({{"email", profile::Value::Text(email)}});
  return profile::EncodeCall(call).value();
}

struct ShownProduct {
  std::string item;
  std::string exploring{};  // the category that its place tried out; empty: none
};

// track("Product List Viewed") with the products shown.
inline Bytes ShownProducts(std::string_view list, const std::vector<ShownProduct>& items,
                           std::string_view message_id, int64_t time_ms) {
  profile::Call call;
  call.verb = profile::Verb::kTrack;
  call.source = profile::EventSource::kPage;
  call.message_id = message_id;
  call.time_ms = time_ms;
  call.name = "Product List Viewed";
  std::vector<profile::Value> products;
  products.reserve(items.size());
  for (const auto& [item, exploring] : items) {
    products.push_back(profile::Value::Object({{"product_id", profile::Value::Text(item)},
                                               {"exploring", profile::Value::Text(exploring)}}));
  }
  call.properties =
      profile::Value::Object({{"list_id", profile::Value::Text(list)},
                              {"products", profile::Value::Array(std::move(products))}});
  return profile::EncodeCall(call).value();
}

inline Bytes Shown(std::string_view list, const std::vector<std::string>& items,
                   std::string_view message_id, int64_t time_ms) {
  std::vector<ShownProduct> products;
  products.reserve(items.size());
  for (const std::string& item : items) products.push_back({item});
  return ShownProducts(list, products, message_id, time_ms);
}

// track("Order Completed") with one line for each item.
inline Bytes Order(const std::vector<std::string>& items, std::string_view message_id,
                   int64_t time_ms) {
  profile::Call call;
  call.verb = profile::Verb::kTrack;
  call.source = profile::EventSource::kPage;
  call.message_id = message_id;
  call.time_ms = time_ms;
  call.name = "Order Completed";
  std::vector<profile::Value> products;
  products.reserve(items.size());
  for (const std::string& item : items) {
    products.push_back(profile::Value::Object({{"product_id", profile::Value::Text(item)},
                                               {"quantity", profile::Value::Number(2)},
                                               {"price", profile::Value::Number(6.5)}}));
  }
  call.properties =
      profile::Value::Object({{"order_id", profile::Value::Text("order-1")},
                              {"total", profile::Value::Number(20)},
                              {"products", profile::Value::Array(std::move(products))}});
  return profile::EncodeCall(call).value();
}

}  // namespace baya::engine::testing
