// ops.json checked, with each field's type taken apart.
//
// Types: uint8 uint16 uint32, uint64 (eight bytes, below 2^53), int64 (eight bytes, two's complement),
// bool (one byte, 0 or 1), opaque[N] (N bytes), opaque8 opaque16 opaque32 (bytes behind a length of that many bits),
// string8 string16 string32 (UTF-8 likewise), the name of one of the file's `structs` (its fields
// one after the other), and T[] for an opaque, a string or a structure: a vector behind a length of
// 32 bits.

const typePattern =
  /^(?:(uint)(8|16|32|64)|(int)(64)|(opaque|string)(8|16|32)(\[\])?|(bool)|opaque\[(\d+)\]|([A-Z][A-Za-z0-9]*)(\[\])?)$/;

/** The parts of a type: { kind, bits, size, list, struct }. `structs`: the names there are. */
export function parseType(text, structs = []) {
  const match = typePattern.exec(text);
  if (match === null) throw new Error(`ops.json: no such type: ${text}`);
  const [, uint, uintBits, int, intBits, kind, bits, list, bool, size, struct, structList] = match;
  if (bool) return { kind: 'bool' };
  if (size) return { kind: 'fixed', size: Number(size) };
  if (uint) return { kind: 'uint', bits: Number(uintBits), list: false };
  if (int) return { kind: 'int', bits: Number(intBits), list: false };
  if (struct === undefined) return { kind, bits: Number(bits), list: list !== undefined };
  if (!structs.includes(struct)) throw new Error(`ops.json: no such type: ${text}`);
  return { kind: 'struct', struct, list: structList !== undefined };
}

const capitalised = (name) => name[0].toUpperCase() + name.slice(1);
const snakeCase = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function refuseRepeats(values, what) {
  if (new Set(values).size !== values.length) throw new Error(`ops.json: ${what} occurs twice`);
}

function readField(field, structs) {
  if (!/^[a-z][A-Za-z0-9]*$/.test(field.name)) throw new Error(`ops.json: name ${field.name}`);
  if (!field.doc) throw new Error(`ops.json: ${field.name} has no doc`);
  return { ...field, snake: snakeCase(field.name), parsed: parseType(field.type, structs) };
}

function readFields(fields, owner, structs) {
  const read = fields.map((field) => readField(field, structs));
  refuseRepeats(
    read.map((field) => field.name),
    `a field of ${owner}`,
  );
  return read;
}

/** In the order of the file; one may only use those before it. */
function readStructs(structs) {
  const names = [];
  return structs.map(({ name, doc, fields }) => {
    if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) throw new Error(`ops.json: name ${name}`);
    if (!doc) throw new Error(`ops.json: ${name} has no doc`);
    if (fields.length === 0) throw new Error(`ops.json: ${name} has no fields`);
    const read = { name, doc, fields: readFields(fields, name, names) };
    names.push(name);
    refuseRepeats(names, 'a structure');
    return read;
  });
}

/**
 * { abiVersion, structs, operations }: operations ascending by id, each with its request and reply
 * as { name, fields }.
 */
export function readOperations(json) {
  const structs = readStructs(json.structs ?? []);
  const names = structs.map(({ name }) => name);
  const readMessage = (operation, part) => ({
    name: capitalised(operation.name) + capitalised(part),
    fields: readFields(operation[part], operation.name, names),
  });
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
  return {
    abiVersion: json.abiVersion,
    structs,
    operations: operations.sort((a, b) => a.id - b.id),
  };
}

/** The structures that these messages need, with those that they need in turn. */
export function structsUsedBy(structs, messages) {
  const used = new Set();
  const visit = ({ fields }) => {
    for (const { parsed } of fields) {
      if (parsed.kind !== 'struct' || used.has(parsed.struct)) continue;
      used.add(parsed.struct);
      visit(structs.find(({ name }) => name === parsed.struct));
    }
  };
  messages.forEach(visit);
  return structs.filter(({ name }) => used.has(name));
}
