#include "train/sessions.h"

#include <algorithm>

#include "lib/numpy_random.h"

namespace baya::tools {
namespace {

void Append(uint32_t item, std::vector<uint32_t>& items) {
  if (items.empty() || items.back() != item) items.push_back(item);
}

// [baskets]: the time of each one's last row.
std::vector<int64_t> EndOfBaskets(const Log& log) {
  std::vector<int64_t> ends;
  for (const Interaction& row : log.interactions) {
    if (row.basket >= ends.size()) ends.resize(row.basket + 1, INT64_MIN);
    ends[row.basket] = std::max(ends[row.basket], row.time_ms);
  }
  return ends;
}

}  // namespace

std::vector<Session> SessionsOf(const Log& log) {
  std::vector<const Interaction*> rows;
  rows.reserve(log.interactions.size());
  for (const Interaction& row : log.interactions) rows.push_back(&row);
  std::stable_sort(rows.begin(), rows.end(), [](const Interaction* a, const Interaction* b) {
    return a->basket != b->basket ? a->basket < b->basket : a->time_ms < b->time_ms;
  });
  std::vector<Session> sessions;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i == 0 || rows[i]->basket != rows[i - 1]->basket) sessions.emplace_back();
    Session& session = sessions.back();
    session.user = rows[i]->user;
    session.time_ms = rows[i]->time_ms;
    Append(rows[i]->item, session.items);
  }
  std::stable_sort(sessions.begin(), sessions.end(),
                   [](const Session& a, const Session& b) { return a.time_ms < b.time_ms; });
  return sessions;
}

std::vector<Session> SessionsBetween(const std::vector<Session>& sessions, int64_t from_ms,
                                     int64_t to_ms) {
  std::vector<Session> some;
  for (const Session& session : sessions) {
    if (session.time_ms >= from_ms && session.time_ms < to_ms) some.push_back(session);
  }
  return some;
}

EarlierLog LogBefore(const Log& log, int64_t end_ms) {
  const std::vector<int64_t> ends = EndOfBaskets(log);
  std::vector<bool> occurs(log.items.size());
  for (const Interaction& row : log.interactions) {
    if (ends[row.basket] < end_ms) occurs[row.item] = true;
  }
  EarlierLog earlier;
  earlier.log.users = log.users;
  earlier.log.currency = log.currency;
  earlier.number.assign(log.items.size(), kNoItem);
  for (uint32_t item = 0; item < log.items.size(); ++item) {
    if (!occurs[item]) continue;
    earlier.number[item] = static_cast<uint32_t>(earlier.log.items.size());
    earlier.log.items.push_back(log.items[item]);
  }
  for (Interaction row : log.interactions) {
    if (ends[row.basket] >= end_ms) continue;
    row.item = earlier.number[row.item];
    earlier.log.interactions.push_back(row);
  }
  return earlier;
}

std::vector<Session> Renumbered(const std::vector<Session>& sessions,
                                const std::vector<uint32_t>& number) {
  std::vector<Session> renumbered;
  for (const Session& session : sessions) {
    renumbered.push_back({session.user, session.time_ms, {}});
    for (const uint32_t item : session.items) {
      if (number[item] != kNoItem) Append(number[item], renumbered.back().items);
    }
  }
  return renumbered;
}

std::vector<Prefix> PrefixesOf(const std::vector<Session>& sessions, size_t most, uint32_t seed) {
  std::vector<Prefix> prefixes;
  for (uint32_t i = 0; i < sessions.size(); ++i) {
    for (uint32_t length = 1; length < sessions[i].items.size(); ++length) {
      prefixes.push_back({i, length});
    }
  }
  if (most == 0 || most >= prefixes.size()) return prefixes;
  NumpyRandom(seed).Shuffle(prefixes);
  prefixes.resize(most);
  std::sort(prefixes.begin(), prefixes.end(), [](const Prefix& a, const Prefix& b) {
    return a.session != b.session ? a.session < b.session : a.length < b.length;
  });
  return prefixes;
}

}  // namespace baya::tools
