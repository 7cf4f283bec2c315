// The columns of the list of experiments, and what they are sorted by.
import { h } from "../app/element.js";
import { compareTimes, number, plural, radius, share, interval, time } from "../app/format.js";
import { link } from "../app/router.js";
import { standing, wordOf } from "../app/standing.js";
import { badge, figureText, howFar, timeLeft } from "../parts/badges.js";

const figureOf = f => [...figureText(f, 3, 2), f?.seeds && h("small", {}, ` ${seedsOf(f)}`)];
/** "1 of 3 seeds", where not all have the figure. */
const seedsOf = f => f.seeds ? `${f.seeds.with} of ${f.seeds.all} seeds` : "";

const figureColumn = (id, label, help, of) => ({
  id, label, help, number: true,
  sort: row => row.headline?.[of]?.value ?? null,
  text: row => { const f = row.headline?.[of]; return f ? `${share(f.value)} ${interval(f, 2)} ${f.failedGates} ${row.headline.last} ${seedsOf(f)}` : ""; },
  cell: row => row.headline && !row.headline.last
    ? h("span", { class: "early", title: `After epoch ${row.headline.epoch}, on validation images` }, figureOf(row.headline[of]))
    : figureOf(row.headline?.[of]),
});

const plain = (id, label, value, more = {}) => ({ id, label, sort: value, text: row => String(value(row) ?? ""), ...more });

export const COLUMNS = [
  {
    id: "name", label: "Experiment", header: true, always: true, sort: row => row.name ?? row.id,
    text: row => `${row.name ?? ""} ${row.id} ${row.seeds ?? ""}`,
    cell: row => row.members ? groupName(row) : [h("a", { href: link(["experiments", row.id]) }, row.name ?? row.id), row.name && h("small", { class: "under" }, row.id)],
  },
  {
    id: "state", label: "State", always: true, sort: row => [standing(row), farness(row)],
    text: row => row.members ? standings(row) : `${standing(row)} ${progressText(row)}`,
    cell: row => row.members ? standings(row) : [badge(standing(row)), " ", h("small", {}, progressText(row))],
  },
  { id: "left", label: "Time left", number: true, off: true, sort: row => row.progress?.secondsLeft ?? null, text: timeLeft },
  plain("dataset", "Data set", row => row.spec.dataset),
  plain("method", "Method", row => row.spec.method),
  plain("network", "Network", row => row.spec.network),
  { id: "radius", label: "Radius", number: true, help: "Norm and radius of the attack in training, pixels in [0,1]", sort: row => row.spec.attack.epsilon ?? null, text: row => radius(row.spec.attack) },
  plain("seed", "Seed", row => row.spec.seed, { number: true, text: row => row.seeds ? plural(row.seeds.length, "seed") : String(row.spec.seed) }),
  figureColumn("clean", "Clean", "Balanced accuracy on clean images", "clean"),
  figureColumn("attacked", "Attacked", "Balanced accuracy under the training's attack at its radius", "attacked"),
  figureColumn("corrupted", "Corrupted", "Mean balanced accuracy over corruptions that training does not use", "corrupted"),
  figureColumn("shifted", "Worst shift", "Lowest balanced accuracy of the external test sets", "shifted"),
  { ...figureColumn("subgroup", "Worst subgroup", "Lowest balanced accuracy of the subgroups, clean", "subgroup"), off: true },
  {
    id: "gates", label: "Gates", help: "Checks whether the figures can be believed", sort: row => row.headline?.failedGates.length ?? null,
    text: row => gateText(row.headline),
    cell: row => row.headline?.failedGates.length ? h("span", { class: "flag", title: row.headline.failedGates.join(", ") }, gateText(row.headline)) : gateText(row.headline),
  },
  { ...plain("tags", "Tags", row => (row.tags ?? []).join(", ")), off: true },
  { ...plain("epochs", "Epochs", row => row.spec.epochs, { number: true }), off: true },
  { id: "lambda", label: "λ", number: true, off: true, sort: row => row.spec.lambda ?? null, text: row => number(row.spec.lambda) },
  { id: "submitted", label: "Submitted", off: true, sort: row => row.submittedAt, compare: compareTimes, text: row => time(row.submittedAt) },
];

/** How far one is among those of its state, as a number: a share done, or a place in the queue. */
function farness({ progress }) {
  if (progress?.queue) return progress.queue.place;
  return progress?.total ? progress.done / progress.total : 0;
}

function groupName({ members, seeds }) {
  return [plural(seeds.length, "seed"), ": ", ...members.flatMap(row => [h("a", { href: link(["experiments", row.id]), title: row.id }, String(row.spec.seed)), " "])];
}

/** "43%, 2 min left". */
function progressText(row) {
  return [howFar(row), timeLeft(row) && `${timeLeft(row)} left`].filter(Boolean).join(", ");
}

/** "2 done, 1 training". */
function standings({ members }) {
  const counts = new Map();
  for (const row of members) {
    const { word } = wordOf(standing(row));
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, amount]) => `${amount} ${word}`).join(", ");
}

function gateText(headline) {
  if (!headline || headline.passedGates + headline.failedGates.length === 0) return "";
  return headline.failedGates.length ? `⚑ ${headline.failedGates.length} failed` : `${headline.passedGates} passed`;
}

/** Those that the address names, or the usual ones; the experiment and its state are always there. */
export function chosenColumns(names) {
  if (!names) return COLUMNS.filter(column => !column.off);
  const wanted = new Set(names.split(","));
  return COLUMNS.filter(column => column.always || wanted.has(column.id));
}

/** Rows by a column; those without a value come last in either direction. */
export function sortRows(rows, by, down) {
  const column = COLUMNS.find(one => one.id === by);
  if (!column) return rows;
  const sign = down ? -1 : 1;
  const compare = column.compare ?? compareValues;
  return [...rows].sort((one, other) => {
    const [a, b] = [column.sort(one), column.sort(other)];
    const [isNone, otherIsNone] = [a === null || a === undefined || a === "", b === null || b === undefined || b === ""];
    if (isNone || otherIsNone) return isNone - otherIsNone;
    return sign * compare(a, b);
  });
}

/** Numbers by size, texts by letters, lists by their first parts that differ. */
function compareValues(a, b) {
  if (Array.isArray(a)) return a.map((part, place) => compareValues(part, b[place])).find(order => order !== 0) ?? 0;
  return typeof a === "number" ? a - b : String(a).localeCompare(String(b));
}
