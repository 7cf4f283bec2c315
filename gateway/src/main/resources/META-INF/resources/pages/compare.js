// Experiments side by side: curves over one another, what the paired tests show, and where the specifications differ.
import { lineChart } from "../app/chart.js";
import { get } from "../app/api.js";
import { h, keep, setText } from "../app/element.js";
import { experiments, useExperiments } from "../app/experiments.js";
import { ball, fallen, METRIC } from "../app/figures.js";
import { norm, plural, share } from "../app/format.js";
import { go, link } from "../app/router.js";
import { sideBySide, valueText } from "../app/specification.js";
import { figureText, section } from "../parts/badges.js";
import { readingPart } from "../parts/reading.js";

const FINDINGS = {
  HIGHER: ["shown: higher", "shown-higher"], LOWER: ["shown: lower", "shown-lower"], NOT_SHOWN: ["not shown", "soft"],
  NOT_TESTED: ["not tested", "soft"], NOT_JUDGED: ["not judged: a constant answer", "soft"],
};

export function comparePage({ parameters }) {
  const ids = (parameters.get("experiments") ?? "").split(",").filter(Boolean);
  const choice = chooser(ids);
  const content = ids.length < 2 ? tooFew() : comparison(ids);
  const stops = [useExperiments(), experiments.subscribe(choice.fill), content.close];
  return { title: "Compare", node: h("div", {}, h("div", { class: "bar" }, h("h1", {}, "Compare")), choice.node, content.node), close: () => stops.forEach(stop => stop()) };
}

function tooFew() {
  return { node: h("div", { class: "empty" }, h("p", {}, "Choose at least two experiments of one data set."), h("p", {}, "You can also tick them in the ", h("a", { href: "#/experiments" }, "list of experiments"), ".")), close() {} };
}

/** It is read again when the list tells that one of them has other figures. */
function comparison(ids) {
  let charts = [];
  const closeCharts = () => charts.forEach(chart => chart.close());
  const reading = readingPart(signal => get(["comparisons"], { experiments: ids.join(",") }, signal), (found, place) => {
    closeCharts();
    charts = [];
    place.replaceChildren(...shown(found, charts));
  });
  let known = whatIsMeasured(experiments.get(), ids);
  const unwatch = experiments.subscribe(state => {
    const now = whatIsMeasured(state, ids);
    if (known !== null && now !== null && now !== known) reading.now();
    known = now ?? known;
  });
  return { node: reading.node, close: () => { reading.stop(); unwatch(); closeCharts(); } };
}

/** What changes when one of the experiments has more figures or is evaluated to its end; null while the list is incomplete. */
export function whatIsMeasured({ rows, complete }, ids) {
  return complete ? JSON.stringify(rows.filter(row => ids.includes(row.id)).map(row => [row.id, row.headline, row.unfinished])) : null;
}

/** The chosen experiments, and a list of others. Both are kept in step with what is known: a list that is open stays open. */
export function chooser(ids) {
  const chips = h("span", { class: "inline" });
  const add = h("select", { id: "add", on: { change: event => event.target.value && go(["compare"], { experiments: [...ids, event.target.value].join(",") }) } });
  function fill({ rows }) {
    const name = id => { const row = rows.find(one => one.id === id); return row ? `${row.name ?? row.spec.method}, seed ${row.spec.seed}` : id; };
    const dataset = rows.find(row => row.id === ids[0])?.spec.dataset;
    const others = rows.filter(row => row.headline?.last && !ids.includes(row.id) && (!dataset || row.spec.dataset === dataset));
    keep(chips, ids, {
      key: id => id,
      make: id => h("span", { class: "badge off", title: id }, h("a", { href: link(["experiments", id]) }), " ", h("a", { href: link(["compare"], { experiments: ids.filter(one => one !== id).join(",") }) }, "✕")),
      update: (chip, id) => {
        setText(chip.firstElementChild, name(id));
        chip.lastElementChild.setAttribute("aria-label", `Leave out ${name(id)}`);
      },
    });
    keep(add, [["", others.length ? "Add an experiment …" : "No other one of this data set"], ...others.map(row => [row.id, `${name(row.id)} on ${row.spec.dataset} (${row.id})`])], {
      key: ([value]) => value,
      make: ([value]) => h("option", { value }),
      update: (option, [, text]) => setText(option, text),
    });
  }
  fill(experiments.get());
  return { node: h("div", { class: "inline" }, chips, h("label", { for: "add", class: "hear" }, "Add an experiment"), add), fill };
}

function shown(found, charts) {
  return [
    h("p", { class: "soft" }, `Data set ${found.dataset}. ${plural(found.groups.length, "group")}: experiments that differ in their seed only are one, its figures are means over seeds with 95% intervals. Differences are the first group less the other; “shown” is said of the accuracy, by paired tests on the same images.`),
    section("Accuracy against the radius", ...curves(found, charts)),
    section("Figures and differences", figureTable(found)),
    section("Specifications", specifications(found)),
  ];
}

/** For each norm, PGD's balanced accuracy by radius, a line a group, of one effort: [{norm, series}]. */
export function groupCurves({ groups, conditions }) {
  const cleans = conditions.filter(({ conditionDetails: c }) => c.kind === "CLEAN");
  const attacks = conditions.filter(({ conditionDetails: c, attackFamily }) => c.kind === "ATTACK" && !c.goal && attackFamily === "PGD" && (c.attack.restarts ?? 1) === 1);
  const norms = [...new Set(attacks.map(one => one.conditionDetails.attack.norm))].sort();
  return norms.map(name => {
    const ofNorm = attacks.filter(one => one.conditionDetails.attack.norm === name);
    const efforts = groups.map((_, place) => usualSteps(ofNorm, place));
    const differ = new Set(efforts.filter(Number.isFinite)).size > 1;
    return {
      norm: name,
      series: groups.map((group, place) => ({
        name: differ && Number.isFinite(efforts[place]) ? `${group.name}, ${plural(efforts[place], "step")}` : group.name,
        band: true,
        points: [...cleans, ...ofNorm.filter(one => one.conditionDetails.attack.steps === efforts[place])]
          .flatMap(one => figuresOf(one, place).map(({ figure: f, failedGates }) => ({ x: ball(one.conditionDetails)?.epsilon ?? 0, y: f.value, low: f.low, high: f.high, failedGates })))
          .sort((one, other) => one.x - other.x),
      })),
    };
  }).filter(chart => chart.series.some(line => line.points.length > 1));
}

const figuresOf = (condition, group) => condition.figures.filter(f => f.group === group && f.metric === METRIC);

/**
 * Suites attack one radius by several efforts, and every image's whole surroundings by one of its own: a curve is of the steps that a
 * group has the most radii of, of equally many the fewest. Null where it has none.
 */
function usualSteps(attacks, group) {
  const radii = new Map();
  for (const one of attacks) {
    const { steps, epsilon } = one.conditionDetails.attack;
    if (figuresOf(one, group).length > 0) radii.set(steps, (radii.get(steps) ?? new Set()).add(epsilon));
  }
  const [best] = [...radii].sort(([steps, of], [otherSteps, ofOther]) => ofOther.size - of.size || steps - otherSteps);
  return best ? best[0] : null;
}

function curves(found, charts) {
  const drawn = groupCurves(found);
  if (drawn.length === 0) return [h("p", { class: "soft" }, "No attack at several radii was measured.")];
  const made = drawn.map(({ norm: name, series }) => {
    const chart = lineChart({ label: `Balanced accuracy by ${norm(name)} radius`, x: `${norm(name)} radius, pixels in [0,1]`, y: [0, 1], digits: share });
    charts.push(chart);
    // a chart needs its width, which it has when it is on the page
    requestAnimationFrame(() => chart.node.isConnected && chart.draw(series));
    const falls = fallen(series, group => `${group} on clean images`);
    return h("div", {}, h("h3", {}, `PGD in ${norm(name)}`), chart.node, falls.length > 0 && h("p", { class: "flag note" }, `⚑ Points that do not stand: ${falls.join("; ")}.`));
  });
  return [h("div", { class: "grid" }, made)];
}

function figureTable({ groups, conditions }) {
  const others = groups.slice(1).map((group, place) => ({ group, place: place + 1 }));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Figures and differences" },
    h("table", {},
      h("caption", { class: "hear" }, "Balanced accuracy by condition and group, with the differences from the first group"),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Condition"), groups.map(group => h("th", { scope: "col", class: "number" }, group.name)),
        others.map(({ group }) => h("th", { scope: "col" }, `${groups[0].name} less ${group.name}`)))),
      h("tbody", {}, conditions.map(condition => h("tr", {},
        h("th", { scope: "row" }, condition.condition),
        groups.map((_, place) => figureCell(condition.figures.find(f => f.group === place && f.metric === METRIC))),
        others.map(({ place }) => differenceCell(condition.differences.find(one => one.group === place))))))));
}

/** With the gates that it fails, and how many images are behind it. */
export function figureCell(found) {
  if (!found) return h("td", { class: "number none" }, "–");
  const { figure: f, n, subset, failedGates = [] } = found;
  return h("td", { class: "number" }, figureText({ ...f, failedGates }), h("br"), h("small", {}, subset ? `n ${n} of ${subset.of}` : `n ${n}`));
}

/** The tests are on the accuracy, image by image; the balanced accuracy's difference stands beside. */
function differenceCell(found) {
  if (!found) return h("td", { class: "none" }, "–");
  const [words, kind] = FINDINGS[found.finding] ?? [found.finding, "soft"];
  const p = found.combinedHolm ?? found.combined;
  return h("td", {}, h("b", {}, signed(found.balancedAccuracy?.mean)), " ", h("small", {}, ends(found.balancedAccuracy)), h("br"),
    h("small", {}, `accuracy ${signed(found.accuracy?.mean)} `), h("span", { class: kind }, words), Number.isFinite(p) && h("small", {}, p < 0.001 ? ", p < 0.001" : `, p ${p.toFixed(3)}`));
}

const signed = value => Number.isFinite(value) && value > 0 ? `+${share(value)}` : share(value);
const ends = d => Number.isFinite(d?.low) ? `${signed(d.low)} to ${signed(d.high)}` : "";

function specifications({ groups }) {
  const lines = sideBySide(groups.map(group => group.specification));
  const row = line => h("tr", { class: line.differs ? "differs" : "" }, h("th", { scope: "row" }, line.path, line.differs && h("span", { class: "hear" }, " (differs)")), line.values.map(value => h("td", { class: "wrap" }, valueText(value))));
  const part = (label, chosen) => h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label },
    h("table", {}, h("caption", { class: "hear" }, label),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Setting"), groups.map(group => h("th", { scope: "col" }, group.name)))), h("tbody", {}, chosen.map(row))));
  const differing = lines.filter(line => line.differs);
  return h("div", {},
    differing.length ? part("Settings that differ", differing) : h("p", { class: "soft" }, "The specifications are the same."),
    h("details", { class: "note" }, h("summary", {}, "Every setting"), part("Every setting", lines)));
}
