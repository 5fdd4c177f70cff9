// ops.json checked, with each field's type taken apart.
//
// Types: uint8 uint16 uint32, bool (one byte, 0 or 1), opaque[N] (N bytes), opaque8 opaque16
// opaque32 (bytes behind a length of that many bits), string8 string16 (UTF-8 likewise), and T[]
// for an opaque or string T: a vector behind a length of 32 bits.

const typePattern = /^(uint|opaque|string)(8|16|32)(\[\])?$|^(bool)$|^opaque\[(\d+)\]$/;

/** The parts of a type: { kind, bits, size, list }. */
export function parseType(text) {
  const match = typePattern.exec(text);
  if (match === null) throw new Error(`ops.json: no such type: ${text}`);
  const [, kind, bits, list, bool, size] = match;
  if (bool) return { kind: 'bool' };
  if (size) return { kind: 'fixed', size: Number(size) };
  if (list && kind === 'uint') throw new Error(`ops.json: no vector of numbers: ${text}`);
  if (kind === 'string' && bits === '32') throw new Error(`ops.json: no such type: ${text}`);
  return { kind, bits: Number(bits), list: list !== undefined };
}

const capitalised = (name) => name[0].toUpperCase() + name.slice(1);
const snakeCase = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function readField(field) {
  if (!/^[a-z][A-Za-z0-9]*$/.test(field.name)) throw new Error(`ops.json: name ${field.name}`);
  if (!field.doc) throw new Error(`ops.json: ${field.name} has no doc`);
  return { ...field, snake: snakeCase(field.name), parsed: parseType(field.type) };
}

function refuseRepeats(values, what) {
  if (new Set(values).size !== values.length) throw new Error(`ops.json: ${what} occurs twice`);
}

function readMessage(operation, part) {
  const fields = operation[part].map(readField);
  refuseRepeats(
    fields.map((field) => field.name),
    `a field of ${operation.name}`,
  );
  const name = capitalised(operation.name) + capitalised(part);
  return { name, fields };
}

/** Operations ascending by id, each with its request and reply as { name, fields }. */
export function readOperations(json) {
  const operations = json.operations.map((operation) => {
    if (!Number.isInteger(operation.id) || operation.id < 1) throw new Error('ops.json: bad id');
    if (!operation.doc) throw new Error(`ops.json: ${operation.name} has no doc`);
    return {
      id: operation.id,
      name: operation.name,
      pascal: capitalised(operation.name),
      doc: operation.doc,
      request: readMessage(operation, 'request'),
      reply: readMessage(operation, 'reply'),
    };
  });
  refuseRepeats(
    operations.map((operation) => operation.id),
    'an id',
  );
  refuseRepeats(
    operations.map((operation) => operation.name),
    'a name',
  );
  return { abiVersion: json.abiVersion, operations: operations.sort((a, b) => a.id - b.id) };
}
