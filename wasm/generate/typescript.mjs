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

const method = ({ kind, bits }) => (kind === 'bool' ? 'bool' : `${kind}${bits}`);

/** An expression that writes one value (not a list). */
function writeOne(parsed, value) {
  if (parsed.kind === 'struct') return `write${parsed.struct}(writer, ${value})`;
  if (parsed.kind === 'fixed') return `writer.raw(${value}, ${parsed.size})`;
  return `writer.${method(parsed)}(${value})`;
}

const writeField = (source) => (field) => {
  const { name, parsed } = field;
  if (!parsed.list) return `${writeOne(parsed, `${source}.${name}`)};`;
  return `writer.vector32(${source}.${name}, (element) => ${writeOne(parsed, 'element')});`;
};

/** An expression that reads one value (not a list) from the reader of that name. */
function readOne(parsed, reader) {
  if (parsed.kind === 'struct') return `read${parsed.struct}(${reader})`;
  if (parsed.kind === 'fixed') return `${reader}.raw(${parsed.size})`;
  return `${reader}.${method(parsed)}()`;
}

function readField({ name, parsed }) {
  if (!parsed.list) return `${name}: ${readOne(parsed, 'reader')},`;
  return `${name}: reader.vector32((inner) => ${readOne(parsed, 'inner')}),`;
}

const indented = (list, indent) => list.map((line) => `${indent}${line}`).join('\n');

const structWriter = ({
  name,
  fields,
}) => `function write${name}(writer: Writer, value: ${name}): void {
${indented(fields.map(writeField('value')), '  ')}
}`;

const structReader = ({ name, fields }) => `function read${name}(reader: Reader): ${name} {
  return {
${indented(fields.map(readField), '    ')}
  };
}`;

function writeRequest({ fields }) {
  if (fields.length === 0) return '    writeRequest() {},';
  return `    writeRequest(writer, request) {
${indented(fields.map(writeField('request')), '      ')}
    },`;
}

function readReply({ fields }) {
  if (fields.length === 0) return '    readReply() {\n      return {};\n    },';
  return `    readReply(reader) {
      return {
${indented(fields.map(readField), '        ')}
      };
    },`;
}

const codec = ({ name, id, request, reply }) => `  ${name}: {
    id: ${id},
${writeRequest(request)}
${readReply(reply)}
  },`;

export function typescriptModule({ abiVersion, structs, operations }) {
  const requests = operations.map(({ request }) => request);
  const replies = operations.map(({ reply }) => reply);
  const interfaces = [
    ...structs.map(shared),
    ...operations.map(({ request, reply }) => `${message(request)}\n\n${message(reply)}`),
  ];
  const structCodecs = [
    ...structsUsedBy(structs, requests).map(structWriter),
    ...structsUsedBy(structs, replies).map(structReader),
  ];
  return `// Generated from wasm/ops.json by wasm/generate.mjs; edit that instead.

import type { Reader, Writer } from '../tls.js';

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
  writeRequest(writer: Writer, request: RequestOf<Name>): void;
  readReply(reader: Reader): ReplyOf<Name>;
}

${structCodecs.map((text) => `${text}\n\n`).join('')}export const operations: { readonly [Name in OperationName]: OperationCodec<Name> } = {
${operations.map(codec).join('\n')}
};
`;
}
