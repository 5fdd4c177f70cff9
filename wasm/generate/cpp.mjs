// core/engine/ops.h and ops.cc.

const notice = '// Generated from wasm/ops.json by wasm/generate.mjs; edit that instead.';

function cppType({ kind, bits, list }) {
  if (kind === 'bool') return 'bool';
  if (kind === 'uint') return `uint${bits}_t`;
  const one = kind === 'string' ? 'std::string_view' : 'ByteView';
  return list ? `std::vector<${one}>` : one;
}

const initializer = ({ kind }) => (kind === 'bool' ? ' = false' : kind === 'uint' ? ' = 0' : '');
const sizeNote = ({ kind, size }) => (kind === 'fixed' ? `${size} bytes: ` : '');

function cppStruct(message) {
  if (message.fields.length === 0) return `struct ${message.name} {};`;
  const lines = message.fields.flatMap((field) => [
    `  // ${sizeNote(field.parsed)}${field.doc}`,
    `  ${cppType(field.parsed)} ${field.snake}${initializer(field.parsed)};`,
  ]);
  return [`struct ${message.name} {`, ...lines, '};'].join('\n');
}

function cppOperation({ pascal, doc, request, reply }) {
  return `// ${pascal}: ${doc}
${cppStruct(request)}
Result<${request.name}> Decode${request.name}(ByteView bytes);

${cppStruct(reply)}
Result<Bytes> Encode${reply.name}(const ${reply.name}& reply);`;
}

function standardHeaders(operations) {
  const text = operations.map(cppOperation).join();
  const wanted = ['cstdint', 'string_view', 'vector'];
  return wanted
    .filter((name) => name === 'cstdint' || new RegExp(`std::${name}\\b`).test(text))
    .map((name) => `#include <${name}>`)
    .join('\n');
}

export function cppHeader({ abiVersion, operations }) {
  return `${notice}
//
// The engine's operations. What is encoded follows the order of the members, in the TLS
// presentation language. Bytes and texts are borrowed: a request's from what it was decoded from.
// Decoders fail with kInvalidArgument, encoders with kOutOfRange when something is longer than its
// length field.
#pragma once

${standardHeaders(operations)}

#include "base/bytes.h"
#include "base/result.h"

namespace baya::engine {

inline constexpr uint32_t kAbiVersion = ${abiVersion};

enum class Op : uint32_t {
${operations.map(({ pascal, id }) => `  k${pascal} = ${id},`).join('\n')}
};

${operations.map(cppOperation).join('\n\n')}

}  // namespace baya::engine
`;
}

const readerCall = ({ kind, bits, size }) =>
  kind === 'fixed' ? `Raw(${size})` : kind === 'uint' ? `U${bits}()` : `Opaque${bits}()`;

function decodeField({ snake, parsed }) {
  const { kind, bits, list } = parsed;
  if (kind === 'bool') return `  BAYA_ASSIGN_OR_RETURN(request.${snake}, ReadBool(reader));`;
  if (kind !== 'string' && !list) {
    return `  BAYA_ASSIGN_OR_RETURN(request.${snake}, reader.${readerCall(parsed)});`;
  }
  const element = kind === 'string' ? `ReadString${bits}` : `ReadOpaque${bits}`;
  if (!list) return `  BAYA_ASSIGN_OR_RETURN(request.${snake}, ${element}(reader));`;
  return `  BAYA_ASSIGN_OR_RETURN(Reader ${snake}, reader.Vector32());
  while (${snake}.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ${element}(${snake}));
    request.${snake}.push_back(element);
  }`;
}

function encodeField({ snake, parsed }) {
  const { kind, bits, list } = parsed;
  const value = `reply.${snake}`;
  if (kind === 'bool') return `  writer.U8(${value} ? 1 : 0);`;
  if (kind === 'uint') return `  writer.U${bits}(${value});`;
  if (kind === 'fixed') {
    return `  if (${value}.size() != ${parsed.size}) return kWrongSize;
  writer.Raw(${value});`;
  }
  const bytes = (name) => (kind === 'string' ? `AsBytes(${name})` : name);
  if (!list) return `  writer.Opaque${bits}(${bytes(value)});`;
  return `  writer.Vector32([&](Writer& vector) {
    for (const auto& element : ${value}) vector.Opaque${bits}(${bytes('element')});
  });`;
}

const decoder = ({ name, fields }) => `Result<${name}> Decode${name}(ByteView bytes) {
  ${fields.length === 0 ? 'const ' : ''}Reader reader(bytes);
  ${name} request;
${fields
  .map(decodeField)
  .map((line) => `${line}\n`)
  .join('')}  BAYA_RETURN_IF_ERROR(reader.Finish());
  return request;
}`;

const encoder = ({ name, fields }) => `Result<Bytes> Encode${name}(const ${name}& reply) {
  Writer writer;
${fields.map(encodeField).join('\n')}
  return std::move(writer).Finish();
}`;

const boolHelper = `Result<bool> ReadBool(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const uint8_t value, reader.U8());
  if (value > 1) return Status(StatusCode::kInvalidArgument, "a bool is neither 0 nor 1");
  return value == 1;
}
`;

const stringHelper = (bits) => `Result<std::string_view> ReadString${bits}(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const ByteView bytes, reader.Opaque${bits}());
  const std::string_view text = AsText(bytes);
  if (!codec::IsUtf8(text)) return Status(StatusCode::kInvalidArgument, "a text is not UTF-8");
  return text;
}
`;

const opaqueHelper = (bits) =>
  `Result<ByteView> ReadOpaque${bits}(Reader& reader) { return reader.Opaque${bits}(); }
`;

const wrongSize = `constexpr Status kWrongSize(StatusCode::kInternal, "a reply's field has another size");
`;

/** The readers of single values that the requests need. */
function helpers(operations) {
  const types = operations.flatMap(({ request }) => request.fields.map(({ parsed }) => parsed));
  const wanted = new Set();
  for (const { kind, bits, list } of types) {
    if (kind === 'bool') wanted.add(boolHelper);
    if (kind === 'string') wanted.add(stringHelper(bits));
    if (kind === 'opaque' && list) wanted.add(opaqueHelper(bits));
  }
  const replies = operations.flatMap(({ reply }) => reply.fields);
  if (replies.some(({ parsed }) => parsed.kind === 'fixed')) wanted.add(wrongSize);
  return [...wanted].sort();
}

export function cppSource({ operations }) {
  const help = helpers(operations).join('\n');
  const utf8 = help.includes('IsUtf8') ? '\n#include "codec/utf8.h"' : '';
  const functions = operations.flatMap(({ request, reply }) => [decoder(request), encoder(reply)]);
  return `${notice}
#include "engine/ops.h"

#include <utility>

#include "codec/tls.h"${utf8}

namespace baya::engine {
namespace {

using codec::Reader;
using codec::Writer;

${help}
}  // namespace

${functions.join('\n\n')}

}  // namespace baya::engine
`;
}
