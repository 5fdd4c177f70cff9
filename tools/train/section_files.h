// The sections of a pack as files in a folder: what `train` leaves for `pack`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pack/writer/seal.h"

namespace baya::tools {

// "catalogue", "model", ...; files are called NAME.section. "type 9" for an unknown one.
std::string SectionName(pack::SectionType type);

// Creates `folder` when it does not exist. Throws ToolError.
void WriteSections(const std::string& folder, const std::vector<pack::Section>& sections);

// Every known section that `folder` has, in the order of their types. Throws ToolError when it
// has none.
std::vector<pack::Section> ReadSections(const std::string& folder);

}  // namespace baya::tools
