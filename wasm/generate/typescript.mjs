// js-bindings/src/generated/ops.ts.

function tsType({ kind, list }) {
  if (kind === 'bool') return 'boolean';
  if (kind === 'uint') return 'number';
  const one = kind === 'string' ? 'string' : 'Uint8Array';
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

const method = ({ kind, bits }) => (kind === 'bool' ? 'bool' : `${kind}${bits}`);

function writeField({ name, parsed }) {
  if (parsed.kind === 'fixed') return `      writer.raw(request.${name}, ${parsed.size});`;
  if (!parsed.list) return `      writer.${method(parsed)}(request.${name});`;
  return `      writer.vector32(request.${name}, (element) => writer.${method(parsed)}(element));`;
}

function readField({ name, parsed }) {
  if (parsed.kind === 'fixed') return `        ${name}: reader.raw(${parsed.size}),`;
  if (!parsed.list) return `        ${name}: reader.${method(parsed)}(),`;
  return `        ${name}: reader.vector32((inner) => inner.${method(parsed)}()),`;
}

function writeRequest({ fields }) {
  if (fields.length === 0) return '    writeRequest() {},';
  return `    writeRequest(writer, request) {
${fields.map(writeField).join('\n')}
    },`;
}

const codec = ({ name, id, request, reply }) => `  ${name}: {
    id: ${id},
${writeRequest(request)}
    readReply(reader) {
      return {
${reply.fields.map(readField).join('\n')}
      };
    },
  },`;

export function typescriptModule({ abiVersion, operations }) {
  return `// Generated from wasm/ops.json by wasm/generate.mjs; edit that instead.

import type { Reader, Writer } from '../tls.js';

export const abiVersion = ${abiVersion};

${operations.map(({ request, reply }) => `${message(request)}\n\n${message(reply)}`).join('\n\n')}

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
  writeRequest(writer: Writer, request: RequestOf<Name>): void;
  readReply(reader: Reader): ReplyOf<Name>;
}

export const operations: { readonly [Name in OperationName]: OperationCodec<Name> } = {
${operations.map(codec).join('\n')}
};
`;
}
