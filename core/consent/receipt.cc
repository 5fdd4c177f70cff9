#include "consent/receipt.h"

#include <algorithm>

#include "codec/tls.h"
#include "consent/limits.h"
#include "crypto/sha256.h"

namespace baya::consent {
namespace {

constexpr uint8_t kVersion = 1;

constexpr Status kMalformed =
    kError<StatusCode::kInvalidArgument, "a consent receipt is malformed">;

Status ReadInto(codec::Reader& reader, std::array<uint8_t, 32>& out) {
  BAYA_ASSIGN_OR_RETURN(const ByteView bytes, reader.Raw(out.size()));
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return OkStatus();
}

bool HasText(const ReceiptEntry& entry) { return entry.text != TextHash{}; }

Status ValidateEntries(const std::vector<ReceiptEntry>& entries) {
  if (entries.empty() || entries.size() > kMaxReceiptEntries) return kMalformed;
  for (size_t i = 0; i < entries.size(); ++i) {
    const ReceiptEntry& entry = entries[i];
    if (!IsPurpose(entry.purpose)) return kMalformed;
    if (i > 0 && entries[i - 1].purpose >= entry.purpose) return kMalformed;
    if (entry.choice < ReceiptChoice::kGranted || entry.choice > ReceiptChoice::kWithdrawn) {
      return kMalformed;
    }
    if (entry.choice != ReceiptChoice::kGranted && HasText(entry)) return kMalformed;
  }
  return OkStatus();
}

Status Validate(const Receipt& receipt) {
  if (!IsSource(receipt.source) || receipt.time_ms < 0) return kMalformed;
  if (receipt.sequence == 0 && receipt.previous != ReceiptHash{}) return kMalformed;
  return ValidateEntries(receipt.entries);
}

Result<ReceiptEntry> ReadEntry(codec::Reader& reader) {
  ReceiptEntry entry{};
  BAYA_ASSIGN_OR_RETURN(const uint16_t purpose, reader.U16());
  entry.purpose = static_cast<Purpose>(purpose);
  BAYA_ASSIGN_OR_RETURN(const uint8_t choice, reader.U8());
  entry.choice = static_cast<ReceiptChoice>(choice);
  BAYA_RETURN_IF_ERROR(ReadInto(reader, entry.text));
  return entry;
}

}  // namespace

Result<Bytes> EncodeReceipt(const Receipt& receipt) {
  BAYA_RETURN_IF_ERROR(Validate(receipt));
  codec::Writer writer;
  writer.U8(kVersion);
  writer.U32(receipt.sequence);
  writer.U64(static_cast<uint64_t>(receipt.time_ms));
  writer.U8(static_cast<uint8_t>(receipt.source));
  writer.Raw(receipt.previous);
  writer.Vector16([&receipt](codec::Writer& entries) {
    for (const ReceiptEntry& entry : receipt.entries) {
      entries.U16(static_cast<uint16_t>(entry.purpose));
      entries.U8(static_cast<uint8_t>(entry.choice));
      entries.Raw(entry.text);
    }
  });
  return std::move(writer).Finish();
}

Result<Receipt> DecodeReceipt(ByteView bytes) {
  codec::Reader reader(bytes);
  Receipt receipt;
  BAYA_ASSIGN_OR_RETURN(const uint8_t version, reader.U8());
  if (version != kVersion) {
    return kError<StatusCode::kUnimplemented, "a consent receipt has an unknown version">;
  }
  BAYA_ASSIGN_OR_RETURN(receipt.sequence, reader.U32());
  BAYA_ASSIGN_OR_RETURN(const uint64_t time_ms, reader.U64());
  receipt.time_ms = static_cast<int64_t>(time_ms);
  BAYA_ASSIGN_OR_RETURN(const uint8_t source, reader.U8());
  receipt.source = static_cast<Source>(source);
  BAYA_RETURN_IF_ERROR(ReadInto(reader, receipt.previous));
  BAYA_ASSIGN_OR_RETURN(codec::Reader entries, reader.Vector16());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  while (entries.remaining() > 0) {
    if (receipt.entries.size() == kMaxReceiptEntries) return kMalformed;
    BAYA_ASSIGN_OR_RETURN(const ReceiptEntry& entry, ReadEntry(entries));
    receipt.entries.push_back(entry);
  }
  BAYA_RETURN_IF_ERROR(Validate(receipt));
  return receipt;
}

ReceiptHash HashReceipt(ByteView encoded) { return crypto::Sha256(encoded); }

Status VerifyReceiptChain(const std::vector<Bytes>& encoded) {
  constexpr Status kBroken =
      kError<StatusCode::kDataLoss, "the chain of consent receipts is broken">;
  ReceiptHash previous{};
  for (size_t i = 0; i < encoded.size(); ++i) {
    BAYA_ASSIGN_OR_RETURN(const Receipt& receipt, DecodeReceipt(encoded[i]));
    if (receipt.sequence != i || receipt.previous != previous) return kBroken;
    previous = HashReceipt(encoded[i]);
  }
  return OkStatus();
}

}  // namespace baya::consent
