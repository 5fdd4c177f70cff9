// One way of calling into a page for all engines: an expression that answers with JSON text, so
// that values and errors look the same whatever protocol carried them.

// `code` is a function (called with `args`, which must be JSON values) or an expression's text.
// Neither sees variables of the test.
export function toExpression(code, args) {
  const call =
    typeof code === 'function'
      ? `(${code})(${args.map((arg) => JSON.stringify(arg) ?? 'undefined').join(', ')})`
      : `(${code}\n)`;
  return `(async () => {
    try {
      return JSON.stringify({ value: await ${call} });
    } catch (error) {
      return JSON.stringify({ error: { name: error?.name ?? "Error",
        message: String(error?.message ?? error), stack: String(error?.stack ?? "") } });
    }
  })()`;
}

export function fromAnswer(text) {
  const { value, error } = JSON.parse(text);
  if (!error) return value;
  const thrown = new Error(`in the page: ${error.name}: ${error.message}`);
  thrown.name = error.name;
  thrown.pageStack = error.stack;
  throw thrown;
}
