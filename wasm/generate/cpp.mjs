// core/engine/ops.h and ops.cc.

import { structsUsedBy } from './schema.mjs';

const notice = '// Generated from wasm/ops.json by wasm/generate.mjs; edit that instead.';

function cppType({ kind, bits, list, struct }) {
  if (kind === 'bool') return 'bool';
  if (kind === 'uint' || kind === 'int') return `${kind}${bits}_t`;
  const one = kind === 'struct' ? struct : kind === 'string' ? 'std::string_view' : 'ByteView';
  return list ? `std::vector<${one}>` : one;
}

const initializer = ({ kind }) =>
  kind === 'bool' ? ' = false' : kind.endsWith('int') ? ' = 0' : '{}';
const sizeNote = ({ kind, size }) => (kind === 'fixed' ? `${size} bytes: ` : '');

/** Prose as comment lines of at most 100 columns. */
function comment(text, indent) {
  const lines = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && `${indent}// ${line} ${word}`.length > 100) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((content) => `${indent}// ${content}`).join('\n');
}

function cppStruct({ name, fields }) {
  if (fields.length === 0) return `struct ${name} {};`;
  const lines = fields.flatMap((field) => [
    comment(`${sizeNote(field.parsed)}${field.doc}`, '  '),
    `  ${cppType(field.parsed)} ${field.snake}${initializer(field.parsed)};`,
  ]);
  return [`struct ${name} {`, ...lines, '};'].join('\n');
}

const cppShared = (struct) => `${comment(struct.doc, '')}\n${cppStruct(struct)}`;

function cppOperation({ pascal, doc, request, reply }) {
  return `${comment(`${pascal}: ${doc}`, '')}
${cppStruct(request)}
Result<${request.name}> Decode${request.name}(ByteView bytes);

${cppStruct(reply)}
Result<Bytes> Encode${reply.name}(const ${reply.name}& message);`;
}

function standardHeaders(text) {
  const wanted = ['cstdint', 'string_view', 'vector'];
  return wanted
    .filter((name) => name === 'cstdint' || new RegExp(`std::${name}\\b`).test(text))
    .map((name) => `#include <${name}>`)
    .join('\n');
}

export function cppHeader({ abiVersion, structs, operations }) {
  const declarations = [...structs.map(cppShared), ...operations.map(cppOperation)].join('\n\n');
  return `${notice}
//
// The engine's operations. What is encoded follows the order of the members, in the TLS
// presentation language. Bytes and texts are borrowed: a request's from what it was decoded from.
// Decoders fail with kInvalidArgument, encoders with kOutOfRange when something is longer than its
// length field.
#pragma once

${standardHeaders(declarations)}

#include "base/bytes.h"
#include "base/result.h"

namespace baya::engine {

inline constexpr uint32_t kAbiVersion = ${abiVersion};

enum class Op : uint32_t {
${operations.map(({ pascal, id }) => `  k${pascal} = ${id},`).join('\n')}
};

${declarations}

}  // namespace baya::engine
`;
}

/** A Result expression that reads one value (not a list) from the reader of that name. */
function readOne({ kind, bits, size, struct }, reader) {
  if (kind === 'bool') return `ReadBool(${reader})`;
  if (kind === 'struct') return `Read${struct}(${reader})`;
  if (kind === 'string') return `ReadString${bits}(${reader})`;
  if (kind === 'fixed') return `${reader}.Raw(${size})`;
  if (kind === 'opaque') return `${reader}.Opaque${bits}()`;
  if (kind === 'int') return `ReadInt${bits}(${reader})`;
  return bits === 64 ? `ReadUint64(${reader})` : `${reader}.U${bits}()`;
}

const decodeField = (target) => (field) => {
  const { snake, parsed } = field;
  const member = `${target}.${snake}`;
  if (!parsed.list) return `  BAYA_ASSIGN_OR_RETURN(${member}, ${readOne(parsed, 'reader')});`;
  return `  BAYA_ASSIGN_OR_RETURN(Reader ${snake}, reader.Vector32());
  while (${snake}.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto element, ${readOne(parsed, snake)});
    ${member}.push_back(std::move(element));
  }`;
};

/** A statement that writes one value (not a list). */
function writeOne({ kind, bits, size, struct }, value, writer) {
  if (kind === 'bool') return `${writer}.U8(${value} ? 1 : 0);`;
  if (kind === 'uint') return `${writer}.U${bits}(${value});`;
  if (kind === 'int') return `${writer}.U${bits}(static_cast<uint${bits}_t>(${value}));`;
  if (kind === 'fixed') return `WriteFixed(${writer}, ${value}, ${size});`;
  if (kind === 'struct') return `Write${struct}(${writer}, ${value});`;
  return `${writer}.Opaque${bits}(${kind === 'string' ? `AsBytes(${value})` : value});`;
}

const encodeField = (source) => (field) => {
  const { snake, parsed } = field;
  const value = `${source}.${snake}`;
  if (!parsed.list) return `  ${writeOne(parsed, value, 'writer')}`;
  return `  writer.Vector32([&](Writer& vector) {
    for (const auto& element : ${value}) ${writeOne(parsed, 'element', 'vector')}
  });`;
};

const lines = (list) => list.map((line) => `${line}\n`).join('');

const decoder = ({ name, fields }) => `Result<${name}> Decode${name}(ByteView bytes) {
  ${fields.length === 0 ? 'const ' : ''}Reader reader(bytes);
  ${name} message;
${lines(fields.map(decodeField('message')))}  BAYA_RETURN_IF_ERROR(reader.Finish());
  return message;
}`;

const encoder = ({
  name,
  fields,
}) => `Result<Bytes> Encode${name}(const ${name}&${fields.length === 0 ? '' : ' message'}) {
  Writer writer;
${lines(fields.map(encodeField('message')))}  return std::move(writer).Finish();
}`;

const structReader = ({ name, fields }) => `Result<${name}> Read${name}(Reader& reader) {
  ${name} value;
${lines(fields.map(decodeField('value')))}  return value;
}
`;

const structWriter = ({
  name,
  fields,
}) => `void Write${name}(Writer& writer, const ${name}& value) {
${lines(fields.map(encodeField('value')))}}
`;

const boolHelper = `Result<bool> ReadBool(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const uint8_t value, reader.U8());
  if (value > 1) return kError<StatusCode::kInvalidArgument, "a bool is neither 0 nor 1">;
  return value == 1;
}
`;

const uint64Helper = `Result<uint64_t> ReadUint64(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const uint64_t value, reader.U64());
  if (value >> 53 != 0) return kError<StatusCode::kInvalidArgument, "a number is 2^53 or more">;
  return value;
}
`;

const int64Helper = `Result<int64_t> ReadInt64(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const uint64_t value, reader.U64());
  return static_cast<int64_t>(value);
}
`;

const stringHelper = (bits) => `Result<std::string_view> ReadString${bits}(Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const ByteView bytes, reader.Opaque${bits}());
  const std::string_view text = AsText(bytes);
  if (!codec::IsUtf8(text)) return kError<StatusCode::kInvalidArgument, "a text is not UTF-8">;
  return text;
}
`;

// A writer has no error of its own to stick: a field of another size is a mistake of ours, and the
// reader at the other end finds it.
const fixedHelper = `void WriteFixed(Writer& writer, ByteView bytes, size_t size) {
  Bytes padded(bytes.begin(), bytes.end());
  padded.resize(size);
  writer.Raw(padded);
}
`;

const typesOf = (messages) => messages.flatMap(({ fields }) => fields.map(({ parsed }) => parsed));

/** The readers and writers of single values and structures that these messages need. */
function helpers(structs, decoded, encoded) {
  const read = structsUsedBy(structs, decoded);
  const written = structsUsedBy(structs, encoded);
  const simple = new Set();
  for (const { kind, bits } of typesOf([...decoded, ...read])) {
    if (kind === 'bool') simple.add(boolHelper);
    if (kind === 'string') simple.add(stringHelper(bits));
    if (kind === 'uint' && bits === 64) simple.add(uint64Helper);
    if (kind === 'int') simple.add(int64Helper);
  }
  if (typesOf([...encoded, ...written]).some(({ kind }) => kind === 'fixed')) {
    simple.add(fixedHelper);
  }
  return [...[...simple].sort(), ...read.map(structReader), ...written.map(structWriter)];
}

function source(header, structs, decoded, encoded) {
  const help = helpers(structs, decoded, encoded).join('\n');
  const utf8 = help.includes('IsUtf8') ? '\n#include "codec/utf8.h"' : '';
  const functions = decoded.flatMap((message, i) => [decoder(message), encoder(encoded[i])]);
  return `${notice}
#include "${header}"

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

const requestsOf = (operations) => operations.map(({ request }) => request);
const repliesOf = (operations) => operations.map(({ reply }) => reply);

export function cppSource({ structs, operations }) {
  return source('engine/ops.h', structs, requestsOf(operations), repliesOf(operations));
}

export function cppClientHeader({ operations }) {
  const declarations = operations.map(
    ({ request, reply }) => `Result<Bytes> Encode${request.name}(const ${request.name}& message);
Result<${reply.name}> Decode${reply.name}(ByteView bytes);`,
  );
  return `${notice}
//
// The other end of the engine's operations, for tests and native hosts. Views in a reply point into
// what it was decoded from. Errors: as in engine/ops.h.
#pragma once

#include "engine/ops.h"

namespace baya::engine {

${declarations.join('\n\n')}

}  // namespace baya::engine
`;
}

export function cppClientSource({ structs, operations }) {
  const header = 'engine/client_ops.h';
  return source(header, structs, repliesOf(operations), requestsOf(operations));
}
