// A product feed in XML as Google Merchant Center takes it: RSS 2.0 with items or Atom 1.0 with
// entries, whose attributes are elements of the namespace http://base.google.com/ns/1.0.
//
// Source: Google Merchant Center Help, "Product data specification" and "XML"; RSS 2.0; RFC 4287.
#pragma once

#include <memory>
#include <string>

#include "lib/table.h"

namespace baya::tools {

// A record for each item; its fields are called by their names without prefix. An element outside
// the namespace counts where there is none of that name inside; one that comes more than once is a
// list.
//
// Throws ToolError (unreadable, over 512 MiB), LineError (no XML in UTF-8, a document type
// declaration, no feed).
std::unique_ptr<RecordTable> OpenMerchantXml(const std::string& path);

}  // namespace baya::tools
