// js-bindings/src/generated/ops.ts.

import { structsUsedBy } from './schema.mjs';

function tsType({ kind, list, struct }) {
  if (kind === 'bool') return 'boolean';
  if (kind === 'uint') return 'number';
  const one = kind === 'struct' ? struct : kind === 'string' ? 'string' : 'Uint8Array';
  return list ? `readonly ${one}[]` : one;
}

const sizeNote = ({ kind, size }) => (kind === 'fixed' ? `${size} bytes: ` : '');

const members = (fields) =>
  fields
    .map(
      ({ name, doc, parsed }) =>
        `  /** ${sizeNote(parsed)}${doc} */\n  readonly ${name}: ${tsType(parsed)};\n`,
    )
    .join('');

const message = ({ name, fields }) =>
  fields.length === 0
    ? `export type ${name} = Readonly<Record<never, never>>;`
    : `export interface ${name} {\n${members(fields)}}`;

const shared = (struct) => `/** ${struct.doc} */\n${message(struct)}`;

const uncapitalised = (name) => name[0].toLowerCase() + name.slice(1);

/** The expression of a field's codec. */
function codecOf({ kind, bits, size, list, struct }) {
  if (kind === 'bool') return 'bool';
  if (kind === 'fixed') return `fixed(${size})`;
  const one = kind === 'struct' ? uncapitalised(struct) : `${kind}${bits}`;
  return list ? `list(${one})` : one;
}

const codecs = (fields, indent) => {
  const lines = fields.map(({ name, parsed }) => `${indent}  ${name}: ${codecOf(parsed)},\n`);
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`;
};

const structCodec = ({ name, fields }) =>
  `const ${uncapitalised(name)} = struct<${name}>(${codecs(fields, '')});`;

const operation = ({ name, id, request, reply }) => `  ${name}: {
    id: ${id},
    request: struct(${codecs(request.fields, '    ')}),
    reply: struct(${codecs(reply.fields, '    ')}),
  },`;

/** The names that the codecs take from tls.ts. */
function namesUsed(messages) {
  const found = messages.flatMap(({ fields }) =>
    fields.flatMap(({ parsed }) => [
      ...(parsed.list ? ['list'] : []),
      ...(parsed.kind === 'struct' ? [] : [codecOf({ ...parsed, list: false }).split('(')[0]]),
    ]),
  );
  const bare = (name) => name.replace('type ', '');
  return [...new Set(['type Codec', 'struct', ...found])].sort((a, b) =>
    bare(a).localeCompare(bare(b), 'en', { numeric: true }),
  );
}

export function typescriptModule({ abiVersion, structs, operations }) {
  const requests = operations.map(({ request }) => request);
  const replies = operations.map(({ reply }) => reply);
  const interfaces = [
    ...structs.map(shared),
    ...operations.map(({ request, reply }) => `${message(request)}\n\n${message(reply)}`),
  ];
  const used = structsUsedBy(structs, [...requests, ...replies]);
  const imported = namesUsed([...used, ...requests, ...replies]);
  return `// Generated from wasm/ops.json by wasm/generate.mjs; edit that instead.

import {
${imported.map((name) => `  ${name},\n`).join('')}} from '../tls.js';

export const abiVersion = ${abiVersion};

${interfaces.join('\n\n')}

/** Request and reply by the operation's name. */
export interface Operations {
${operations
  .map(
    ({ name, doc, request, reply }) =>
      `  /** ${doc} */
  readonly ${name}: {
    readonly request: ${request.name};
    readonly reply: ${reply.name};
  };
`,
  )
  .join('')}}

export type OperationName = keyof Operations;
export type RequestOf<Name extends OperationName> = Operations[Name]['request'];
export type ReplyOf<Name extends OperationName> = Operations[Name]['reply'];

export interface OperationCodec<Name extends OperationName> {
  readonly id: number;
  readonly request: Codec<RequestOf<Name>>;
  readonly reply: Codec<ReplyOf<Name>>;
}

${used.map((one) => `${structCodec(one)}\n\n`).join('')}export const operations: { readonly [Name in OperationName]: OperationCodec<Name> } = {
${operations.map(operation).join('\n')}
};
`;
}
