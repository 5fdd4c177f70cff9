#include "train/validation.h"

#include <algorithm>

#include "lib/numpy_random.h"

namespace baya::tools {
namespace {

constexpr size_t kMinItems = 5;  // as in the "strong generalisation" protocol
constexpr size_t kMostPeople = 1200;
constexpr uint32_t kSeed = 20111031;

}  // namespace

ValidationSlice SetAside(const UserItems& users, const std::vector<bool>& keep) {
  std::vector<uint32_t> eligible;
  for (uint32_t user = 0; user < users.user_count(); ++user) {
    if (keep[user] && users.of(user).size() >= kMinItems) eligible.push_back(user);
  }
  NumpyRandom(kSeed).Shuffle(eligible);
  eligible.resize(std::min(eligible.size() / 5, kMostPeople));
  ValidationSlice slice{keep, {}};
  for (const uint32_t user : eligible) {
    slice.train[user] = false;
    slice.people.push_back(PartItems(users.of(user), user + 1));
  }
  return slice;
}

}  // namespace baya::tools
