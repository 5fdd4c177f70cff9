// The next item of a visit, for every beginning of every visit of the last days.
//
// Sessions are parted by time: the last days are the test, those before choose the settings of
// every model that has any, all earlier ones train; for the test the models learn from both. Items
// that the training never saw are taken out. From the first item on, each prefix of a session
// predicts the item after it among all items known to the training.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "eval/vmis_knn.h"
#include "train/device_ranker.h"
#include "train/log.h"
#include "train/session_tune.h"
#include "train/shop.h"

namespace baya::tools {

struct SessionOptions {
  uint32_t test_days = 7;
  uint32_t validation_days = 7;
  size_t prefixes = 1500;            // of the test, a seeded sample; 0: all
  size_t validation_prefixes = 500;  // of the validation; 0: all
  bool tune = true;
  VmisSettings vmis;
  SessionSettings session;
  ShopSettings shop;
  DeviceBuild build{};  // what ranks for the pack
};

struct SessionModel {
  std::string name;
  std::vector<PrefixRanks> ranks;  // by prefix
};

struct SessionReport {
  uint32_t items = 0;
  size_t train_sessions = 0, test_sessions = 0;
  std::vector<Prefix> prefixes;
  std::vector<SessionModel> models;  // the pack is the last
  VmisSettings vmis;                 // as chosen
  SessionSettings session;
  double session_bytes = 0;  // gzip bytes of the section
};

// Throws ToolError when the days leave nothing to train or to test.
SessionReport RunSession(const Log& log, const SessionOptions& options);

// For people to read. Standard errors count a session's prefixes as one draw.
std::string SessionText(const SessionReport& report);

}  // namespace baya::tools
