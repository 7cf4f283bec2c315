// Specifications as data: flat, beside the defaults, and as a request to make the same run again. Pure.

/** A nested specification as [path, value] pairs: {attack: {steps: 7}} is [["attack.steps", 7]]. */
export function flat(value, prefix = "") {
  return Object.entries(value ?? {}).flatMap(([name, one]) => one !== null && typeof one === "object" && !Array.isArray(one)
    ? flat(one, `${prefix}${name}.`)
    : [[`${prefix}${name}`, one]]);
}

/** The nested form of [path, value] pairs; pairs without value are left out. */
export function nested(pairs) {
  const result = {};
  for (const [path, value] of pairs) {
    if (value === undefined || value === null || value === "") continue;
    const names = path.split(".");
    const last = names.pop();
    let place = result;
    for (const name of names) place = place[name] ??= {};
    place[last] = value;
  }
  return result;
}

/** What a specification says that the defaults do not: enough to make the same run, and short enough to read. */
export function beyondDefaults(specification, defaults) {
  const usual = new Map(flat(defaults).map(([path, value]) => [path, JSON.stringify(value)]));
  return nested(flat(specification).filter(([path, value]) => JSON.stringify(value) !== usual.get(path)));
}

/** Lines of several specifications: {path, values, differs}; a value that one does not have is undefined. */
export function sideBySide(specifications) {
  const all = specifications.map(one => new Map(flat(one)));
  const paths = [...new Set(all.flatMap(one => [...one.keys()]))];
  return paths.map(path => {
    const values = all.map(one => one.get(path));
    return { path, values, differs: new Set(values.map(value => JSON.stringify(value))).size > 1 };
  });
}

/** A shell command that submits it; a quote in a name ends no string. */
export function asCommand(specification, gateway) {
  const body = JSON.stringify(specification, null, 2).replaceAll("'", String.raw`'\''`);
  return `curl -X POST ${gateway} \\\n  -H 'Content-Type: application/json' \\\n  -d '${body}'`;
}

export function valueText(value) {
  if (value === undefined || value === null) return "–";
  return Array.isArray(value) ? value.join(", ") : String(value);
}
