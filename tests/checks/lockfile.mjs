// package-lock.json names every package that another one in it asks for, those for other platforms
// included: `npm ci` refuses a lock file with a hole, and a registry that does not serve a
// platform's package leaves one without a word.

// Where Node would look for `name` when the package at `from` asks for it, nearest first.
function candidates(from, name) {
  const found = [];
  for (let at = from; ; at = at.slice(0, at.lastIndexOf('/node_modules/'))) {
    found.push(`${at}/node_modules/${name}`);
    if (!at.includes('/node_modules/')) break;
  }
  return [...found, `node_modules/${name}`].map((one) => one.replace(/^\//, ''));
}

// The violations in a lock file, one sentence each.
export function checkLock({ packages }) {
  return Object.entries(packages).flatMap(([from, entry]) => {
    const wanted = { ...entry.dependencies, ...entry.optionalDependencies };
    return Object.keys(wanted)
      .filter((name) => !candidates(from, name).some((candidate) => candidate in packages))
      .map(
        (name) => `package-lock.json: ${from || 'the root'} asks for ${name}, which is not there`,
      );
  });
}
