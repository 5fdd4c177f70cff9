// The words of the portable JSON that are its own.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "profile/event.h"

namespace baya::profile {

inline constexpr std::string_view kExportFormat = "baya.profile";
inline constexpr int64_t kExportVersion = 1;

inline constexpr std::array<std::string_view, 3> kActionNames = {"set", "contradict", "undo"};

inline std::string_view ActionName(CorrectionAction action) {
  return kActionNames[static_cast<size_t>(action) - 1];
}

}  // namespace baya::profile
