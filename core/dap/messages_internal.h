// Parts of messages, for this room's encoders and decoders: each reads or writes one structure in
// the middle of another.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/status.h"
#include "codec/tls.h"
#include "dap/messages.h"

namespace baya::dap::internal {

void Write(codec::Writer& writer, const HpkeCiphertext& ciphertext);
void Write(codec::Writer& writer, const std::vector<Extension>& extensions);
void Write(codec::Writer& writer, const ReportMetadata& metadata);
void Write(codec::Writer& writer, const CollectionJobReq& request);
void Write(codec::Writer& writer, const Interval& interval);

Result<HpkeCiphertext> ReadHpkeCiphertext(codec::Reader& reader);
Result<std::vector<Extension>> ReadExtensions(codec::Reader& reader);
Result<ReportMetadata> ReadReportMetadata(codec::Reader& reader);
Result<CollectionJobReq> ReadCollectionJobReq(codec::Reader& reader);
Result<Interval> ReadInterval(codec::Reader& reader);

// opaque x<1..>: what an empty one is not.
inline Result<Bytes> NonEmpty(const Result<ByteView>& bytes) {
  if (!bytes.ok()) return bytes.status();
  if (bytes->empty()) return kError<StatusCode::kInvalidArgument, "a field must not be empty">;
  return ToBytes(*bytes);
}

inline Result<Bytes> Owned(const Result<ByteView>& bytes) {
  if (!bytes.ok()) return bytes.status();
  return ToBytes(*bytes);
}

template <size_t N>
Result<std::array<uint8_t, N>> ReadFixed(codec::Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const ByteView bytes, reader.Raw(N));
  std::array<uint8_t, N> fixed;
  std::copy(bytes.begin(), bytes.end(), fixed.begin());
  return fixed;
}

template <typename Message>
Result<Bytes> EncodeWhole(const Message& message) {
  codec::Writer writer;
  Write(writer, message);
  return std::move(writer).Finish();
}

// One structure and nothing after it.
template <typename Message>
Result<Message> DecodeWhole(ByteView bytes, Result<Message> (*read)(codec::Reader&)) {
  codec::Reader reader(bytes);
  BAYA_ASSIGN_OR_RETURN(Message message, read(reader));
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}

// Structures up to the end of what `reader` has.
template <typename Message>
Result<std::vector<Message>> ReadAll(codec::Reader& reader,
                                     Result<Message> (*read)(codec::Reader&)) {
  std::vector<Message> messages;
  while (reader.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(Message message, read(reader));
    messages.push_back(std::move(message));
  }
  return messages;
}

}  // namespace baya::dap::internal
