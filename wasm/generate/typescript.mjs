// js-bindings/src/generated/.

import { structsUsedBy } from './schema.mjs';

function tsType({ kind, list, struct }) {
  if (kind === 'bool') return 'boolean';
  if (kind === 'uint') return 'number';
  if (kind === 'int') return 'bigint';
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

// So that a bundle leaves out the operations that it does not use.
const pure = '/* @__PURE__ */';

/** The expression of a field's codec. */
function codecOf({ kind, bits, size, list, struct }) {
  if (kind === 'fixed') return `${pure} fixed(${size})`;
  const one = kind === 'struct' ? `${uncapitalised(struct)}Codec` : nameOf({ kind, bits });
  return list ? `${pure} list(${one})` : one;
}

const codecs = (fields, indent) => {
  const lines = fields.map(({ name, parsed }) => `${indent}  ${name}: ${codecOf(parsed)},\n`);
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`;
};

const structCodec = ({ name, fields }) =>
  `const ${uncapitalised(name)}Codec = ${pure} struct<${name}>(${codecs(fields, '')});`;

const operation = ({ name, doc, id, request, reply }) =>
  `/** ${doc} */
export const ${name} = ${pure} operation(
  ${id},
  ${codecs(request.fields, '  ')},
  ${codecs(reply.fields, '  ')},
);`;

const nameOf = ({ kind, bits }) => (kind === 'bool' || kind === 'fixed' ? kind : `${kind}${bits}`);

/** The names that the codecs take from tls.ts. */
function namesUsed(messages) {
  const found = messages.flatMap(({ fields }) =>
    fields.flatMap(({ parsed }) => [
      ...(parsed.list ? ['list'] : []),
      ...(parsed.kind === 'struct' ? [] : [nameOf(parsed)]),
    ]),
  );
  return [...new Set(['operation', 'struct', ...found])].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
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

/** The operations by their numbers. */
export enum OperationId {
${operations.map(({ name, id }) => `  ${name} = ${id},\n`).join('')}}

${[...used.map(structCodec), ...operations.map(operation)].join('\n\n')}
`;
}

/** js-bindings/src/generated/by_name.ts: apart, because it brings every operation with it. */
export const typescriptTable = ({ operations }) =>
  `// Generated from wasm/ops.json by wasm/generate.mjs; edit that instead.

import type { Operation } from '../tls.js';
import type { OperationName, ReplyOf, RequestOf } from './ops.js';
import * as ops from './ops.js';

export const operations: {
  readonly [Name in OperationName]: Operation<RequestOf<Name>, ReplyOf<Name>>;
} = {
${operations.map(({ name }) => `  ${name}: ops.${name},\n`).join('')}};
`;
