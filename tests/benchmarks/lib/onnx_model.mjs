// The bytes of an ONNX model (onnx.proto3, IR version 8): ids -> mean of their vectors -> product
// with all vectors -> the k best.

const varint = (value) =>
  value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
const number = (field, value) => Buffer.from([...varint(field * 8), ...varint(value)]);
const bytes = (field, value) =>
  Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(value.length)]), value]);
const text = (field, value) => bytes(field, Buffer.from(value));
const message = (field, ...parts) => bytes(field, Buffer.concat(parts));

const FLOAT = 1;
const INT64 = 7;
const INTS = 7;
const INT = 2;

const node = (type, inputs, outputs, ...attributes) =>
  message(
    1,
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, type),
    ...attributes,
  );
const ints = (name, values) =>
  message(5, text(1, name), ...values.map((value) => number(8, value)), number(20, INTS));
const int = (name, value) => message(5, text(1, name), number(3, value), number(20, INT));
const value = (field, name, type, dims) =>
  message(
    field,
    text(1, name),
    message(
      2,
      message(1, number(1, type), message(2, ...dims.map((dim) => message(1, number(1, dim))))),
    ),
  );

/** `factors`: [items, width] 32-bit floats. Inputs `ids` [told] and `k` [1], output `best`. */
export function onnxModel(factors, { items, width, told }) {
  const weights = message(
    5,
    number(1, items),
    number(1, width),
    number(2, FLOAT),
    text(8, 'factors'),
    bytes(9, Buffer.from(factors)),
  );
  const graph = message(
    7,
    node('Gather', ['factors', 'ids'], ['told']),
    node('ReduceMean', ['told'], ['visitor'], ints('axes', [0]), int('keepdims', 0)),
    node('MatMul', ['factors', 'visitor'], ['scores']),
    node('TopK', ['scores', 'k'], ['points', 'best']),
    text(2, 'shelf'),
    weights,
    value(11, 'ids', INT64, [told]),
    value(11, 'k', INT64, [1]),
    value(12, 'best', INT64, [20]),
  );
  return Buffer.concat([number(1, 8), graph, message(8, text(1, ''), number(2, 17))]);
}
