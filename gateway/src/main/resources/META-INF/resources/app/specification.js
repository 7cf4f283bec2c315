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

/** Radii that grow with the images: what was filled in for one data set is not meant for images of another size. Those in L∞ do not. */
export function radiiOf({ attack }) {
  return attack?.norm === "linf" ? ["evaluation.epsilons"] : ["attack.epsilon", "attack.stepSize", "evaluation.epsilons"];
}

/** What the gateway fills in by the data set where nobody chose it; who chose it nobody says. */
const BY_DATASET = new Set(["attack.epsilon", "evaluation.epsilons", "evaluation.linfEpsilons", "normalization.mean", "normalization.deviation"]);

/** PGD's step is 2.5 radii over its steps where nobody chose another. */
function isDerivedStep({ epsilon, steps, stepSize }) {
  return [epsilon, steps, stepSize].every(Number.isFinite) && Math.abs(stepSize * steps - 2.5 * epsilon) <= 1e-9 * stepSize * steps;
}

/** Beyond the defaults, without what follows from the rest: a run of another radius has another step. */
export function chosenIn(specification, defaults) {
  const { attack = {} } = specification;
  const { stepSize, ...rest } = attack;
  return beyondDefaults(isDerivedStep(attack) ? { ...specification, attack: rest } : specification, defaults);
}

/** Where a value of a specification comes from, in words. @param chosen paths beyond the defaults */
export function origin(path, chosen) {
  if (!chosen.has(path)) return path === "attack.stepSize" ? "from the radius and the steps" : "default";
  return BY_DATASET.has(path) ? "chosen, or by the data set" : "chosen";
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

/** A shell command that submits it; a quote in a name ends no string, and credentials of the gateway's address stay out of it. */
export function asCommand(specification, gateway) {
  const { origin: host, pathname } = new URL(gateway);
  const body = JSON.stringify(specification, null, 2).replaceAll("'", String.raw`'\''`);
  return `curl -X POST ${host}${pathname} \\\n  -H 'Content-Type: application/json' \\\n  -d '${body}'`;
}

/** A step that was derived from a radius has sixteen digits; a seed may have as many, and all of them count. */
const shown = value => Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));

export function valueText(value, number = shown) {
  if (value === undefined || value === null) return "–";
  return [value].flat().map(one => typeof one === "number" ? number(one) : String(one)).join(", ");
}

/** Of values side by side: rounded, unless two that differ would look the same. */
export function valueTexts(values) {
  const rounded = values.map(value => valueText(value));
  const kinds = list => new Set(list).size;
  return kinds(rounded) < kinds(values.map(value => JSON.stringify(value))) ? values.map(value => valueText(value, String)) : rounded;
}
