// core/docs/reference/operations.md.

const row = ({ name, type, doc }) => `| \`${name}\` | \`${type}\` | ${doc} |`;

const table = (title, { fields }) =>
  fields.length === 0
    ? `${title}: empty.`
    : `${title}:

| field | type | meaning |
|---|---|---|
${fields.map(row).join('\n')}`;

const section = ({ id, name, doc, request, reply }) => `## ${id}. ${name}

${doc}

${table('Request', request)}

${table('Reply', reply)}`;

export function referencePage({ abiVersion, operations }) {
  return `# Operations of the engine

<!-- Generated from wasm/ops.json by wasm/generate.mjs; edit that instead. -->

ABI version ${abiVersion}. An operation takes the bytes of its request and gives the bytes of its reply, fields in
the order below, in the TLS presentation language (RFC 8446 §3). \`opaque[N]\` is N bytes,
\`opaqueN\` and \`stringN\` are bytes and UTF-8 behind a length of N bits, \`bool\` is one byte, and
\`T[]\` is a vector of T behind its length in bytes, 32 bits.

${operations.map(section).join('\n\n')}
`;
}
