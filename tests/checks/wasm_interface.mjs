// What a WebAssembly module asks of its host and offers to it, against the lists in wasm/.

/** "module.name kind", sorted. */
export function importLines(module) {
  return WebAssembly.Module.imports(module)
    .map(({ module: from, name, kind }) => `${from}.${name} ${kind}`)
    .sort();
}

/** "name kind", sorted. */
export function exportLines(module) {
  return WebAssembly.Module.exports(module)
    .map(({ name, kind }) => `${name} ${kind}`)
    .sort();
}

/** One sentence for each line that only one side has; empty when they are equal. */
export function differences(what, actual, goldenText) {
  const golden = goldenText.split('\n').filter((line) => line !== '');
  return [
    ...actual.filter((line) => !golden.includes(line)).map((line) => `${what} too many: ${line}`),
    ...golden.filter((line) => !actual.includes(line)).map((line) => `${what} missing: ${line}`),
  ];
}

/** The limits of the module's own memory, in pages of 64 KiB; `max` is undefined without one. */
export function memoryLimits(bytes) {
  let offset = 8; // magic and version
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[offset++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  };
  while (offset < bytes.length) {
    const section = bytes[offset++];
    const end = varint() + offset;
    if (section === 5) {
      varint(); // the number of memories: 1
      const hasMax = (bytes[offset++] & 1) === 1;
      const min = varint();
      return { min, max: hasMax ? varint() : undefined };
    }
    offset = end;
  }
  return undefined;
}
