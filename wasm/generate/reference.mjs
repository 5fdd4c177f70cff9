// core/docs/reference/operations.md.

const row = ({ name, type, doc }) => `| \`${name}\` | \`${type}\` | ${doc} |`;

const table = (fields) => `| field | type | meaning |
|---|---|---|
${fields.map(row).join('\n')}`;

const message = (title, { fields }) =>
  fields.length === 0 ? `${title}: empty.` : `${title}:\n\n${table(fields)}`;

const operation = ({ id, name, doc, request, reply }) => `## ${id}. ${name}

${doc}

${message('Request', request)}

${message('Reply', reply)}`;

const structure = ({ name, doc, fields }) => `### ${name}

${doc}

${table(fields)}`;

const structures = (structs) =>
  structs.length === 0 ? '' : `\n\n## Structures\n\n${structs.map(structure).join('\n\n')}`;

export function referencePage({ abiVersion, structs, operations }) {
  return `# Operations of the engine

<!-- Generated from wasm/ops.json by wasm/generate.mjs; edit that instead. -->

ABI version ${abiVersion}. An operation takes the bytes of its request and gives the bytes of its reply, fields in
the order below, in the TLS presentation language (RFC 8446 §3). \`opaque[N]\` is N bytes,
\`opaqueN\` and \`stringN\` are bytes and UTF-8 behind a length of N bits, \`bool\` is one byte,
\`uint64\` is eight bytes of which the top eleven bits are zero, \`int64\` eight bytes in two's
complement, a capitalised name is a structure at the end of this page, and \`T[]\` is a vector of T
behind its length in bytes, 32 bits.

${operations.map(operation).join('\n\n')}${structures(structs)}
`;
}
