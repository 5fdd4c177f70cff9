// JSON Schema as far as core/docs/formats uses it; a keyword that it does not know is an error.

const KNOWN = new Set(
  '$schema $id title description type const enum pattern minimum minItems items required properties additionalProperties'.split(
    ' ',
  ),
);

function isType(value, type) {
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isSafeInteger(value);
  if (type === 'object')
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function problemsOfMembers(value, { required = [], properties = {}, additionalProperties }, at) {
  const missing = required.filter((name) => !Object.hasOwn(value, name));
  const known = Object.entries(value).flatMap(([name, member]) => {
    if (Object.hasOwn(properties, name)) {
      return schemaProblems(member, properties[name], `${at}.${name}`);
    }
    return additionalProperties === false ? [`${at}.${name} is not known`] : [];
  });
  return [...missing.map((name) => `${at}.${name} is missing`), ...known];
}

/** What is wrong with `value`, each with its place; empty when it is as the schema says. */
export function schemaProblems(value, schema, at = '$') {
  const unknown = Object.keys(schema).filter((keyword) => !KNOWN.has(keyword));
  if (unknown.length > 0) throw new Error(`a keyword that is not known: ${unknown}`);
  if (schema.type !== undefined && !isType(value, schema.type))
    return [`${at} is no ${schema.type}`];
  const problems = [];
  if ('const' in schema && value !== schema.const) problems.push(`${at} is not ${schema.const}`);
  if (schema.enum && !schema.enum.includes(value)) problems.push(`${at} is none of the values`);
  if (schema.pattern && !new RegExp(schema.pattern, 'u').test(value)) {
    problems.push(`${at} does not match`);
  }
  if (value < schema.minimum) problems.push(`${at} is too small`);
  if (value.length < schema.minItems) problems.push(`${at} has too few`);
  if (Array.isArray(value) && schema.items) {
    problems.push(...value.flatMap((one, i) => schemaProblems(one, schema.items, `${at}[${i}]`)));
  }
  if (schema.type === 'object') problems.push(...problemsOfMembers(value, schema, at));
  return problems;
}
