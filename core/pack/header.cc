#include "pack/header.h"

#include <algorithm>

#include "codec/tls.h"
#include "crypto/fixed_bytes.h"
#include "pack/limits.h"

namespace baya::pack {
namespace {

constexpr std::string_view kMagic = "bayapack";

// Ends with a zero byte, so that no other signed message of the project can begin like it.
constexpr std::string_view kSignatureLabel{"baya site pack\0", 15};

constexpr Status kTruncated = kError<StatusCode::kDataLoss, "the site pack is cut off">;
constexpr Status kBroken =
    kError<StatusCode::kInvalidArgument, "the site pack's header breaks its format">;

// A read past the end of the whole pack means that its end is missing.
template <typename T>
Result<T> OrTruncated(const codec::Taken<T>& read) {
  if (!read.ok()) return kTruncated;
  return *read;
}

Status CheckMagic(ByteView pack) {
  const size_t size = std::min(pack.size(), kMagic.size());
  if (!BytesEqual(pack.first(size), AsBytes(kMagic).first(size))) {
    return kError<StatusCode::kInvalidArgument, "this is not a site pack">;
  }
  return OkStatus();
}

Result<SectionEntry> ParseEntry(codec::Reader& reader) {
  SectionEntry entry;
  BAYA_ASSIGN_OR_RETURN(entry.type, reader.U8());
  BAYA_ASSIGN_OR_RETURN(entry.length, reader.U32());
  BAYA_ASSIGN_OR_RETURN(const ByteView digest, reader.Raw(crypto::kSha256Bytes));
  BAYA_ASSIGN_OR_RETURN(entry.sha256, crypto::FixedBytes<crypto::kSha256Bytes>(digest));
  return entry;
}

Status ParseEntries(codec::Reader reader, Header& header) {
  while (reader.remaining() > 0) {
    const Result<SectionEntry> entry = ParseEntry(reader);
    if (!entry.ok() || header.sections.size() == kMaxSections) return kBroken;
    for (const SectionEntry& other : header.sections) {
      if (other.type == entry->type) return kBroken;
    }
    header.sections.push_back(*entry);
  }
  return OkStatus();
}

Status ParseSigned(codec::Reader& reader, Header& header) {
  BAYA_ASSIGN_OR_RETURN(header.version, OrTruncated(reader.U64()));
  BAYA_ASSIGN_OR_RETURN(header.replaces, OrTruncated(reader.U64()));
  BAYA_ASSIGN_OR_RETURN(const ByteView site, OrTruncated(reader.Opaque8()));
  BAYA_ASSIGN_OR_RETURN(const ByteView key,
                        OrTruncated(reader.Raw(crypto::ed25519::kPublicKeyBytes)));
  BAYA_ASSIGN_OR_RETURN(const ByteView next, OrTruncated(reader.Opaque8()));
  BAYA_ASSIGN_OR_RETURN(codec::Reader entries, OrTruncated(reader.Vector16()));
  const bool takes_back = header.replaces != 0;
  if (header.version == 0 || (takes_back && header.replaces <= header.version)) return kBroken;
  if (site.empty() || site.size() > kMaxSiteIdBytes) return kBroken;
  header.site = AsText(site);
  BAYA_ASSIGN_OR_RETURN(header.key, crypto::FixedBytes<crypto::ed25519::kPublicKeyBytes>(key));
  if (!next.empty()) {
    const auto next_key = crypto::FixedBytes<crypto::ed25519::kPublicKeyBytes>(next);
    if (!next_key.ok()) return kBroken;
    header.next_key = *next_key;
  }
  return ParseEntries(entries, header);
}

}  // namespace

Result<Header> ParseHeader(ByteView pack) {
  BAYA_RETURN_IF_ERROR(CheckMagic(pack));
  codec::Reader reader(pack);
  BAYA_RETURN_IF_ERROR(OrTruncated(reader.Raw(kMagic.size())).status());
  BAYA_ASSIGN_OR_RETURN(const uint16_t format, OrTruncated(reader.U16()));
  if (format != kFormat) {
    return kError<StatusCode::kUnimplemented,
                  "the site pack has a format this version cannot read">;
  }
  Header header;
  BAYA_RETURN_IF_ERROR(ParseSigned(reader, header));
  header.signed_bytes = pack.first(pack.size() - reader.remaining());
  BAYA_ASSIGN_OR_RETURN(const ByteView signature,
                        OrTruncated(reader.Raw(crypto::ed25519::kSignatureBytes)));
  BAYA_ASSIGN_OR_RETURN(header.signature,
                        crypto::FixedBytes<crypto::ed25519::kSignatureBytes>(signature));
  header.size = pack.size() - reader.remaining();
  return header;
}

Bytes SignatureInput(ByteView signed_bytes) {
  Bytes message(kSignatureLabel.size() + signed_bytes.size());
  const auto end = std::copy(kSignatureLabel.begin(), kSignatureLabel.end(), message.begin());
  std::copy(signed_bytes.begin(), signed_bytes.end(), end);
  return message;
}

Status CheckSignature(const Header& header) {
  const Bytes message = SignatureInput(header.signed_bytes);
  if (!crypto::ed25519::Verify(header.key, message, header.signature).ok()) {
    return kError<StatusCode::kPermissionDenied, "the site pack's signature is wrong">;
  }
  return OkStatus();
}

crypto::Sha256Digest PackId(const Header& header) { return crypto::Sha256(header.signed_bytes); }

}  // namespace baya::pack
