// A comparison as the gateway answers it: curves over one another, what the paired tests show, and where the specifications differ. What is
// read again goes into the charts and tables that there are.
import { lineChart } from "../app/chart.js";
import { groupCurves } from "../app/compared.js";
import { h, setText, show } from "../app/element.js";
import { fallen, METRIC } from "../app/figures.js";
import { norm, plural, share } from "../app/format.js";
import { sideBySide, valueTexts } from "../app/specification.js";
import { figureText, section } from "./badges.js";
import { table } from "./table.js";

const FINDINGS = {
  HIGHER: ["shown: higher", "shown-higher"], LOWER: ["shown: lower", "shown-lower"], NOT_SHOWN: ["not shown", "soft"],
  NOT_TESTED: ["not tested", "soft"], NOT_JUDGED: ["not judged: a constant answer", "soft"],
};

/** @return {node, draw(found), close()} */
export function comparedPart() {
  const about = h("p", { class: "soft" });
  const curves = curvesPart();
  const figures = table({ caption: "Balanced accuracy by condition and group, with the differences from the first group", key: ({ conditionDetails, condition }) => `${conditionDetails?.split} ${condition}` });
  const specifications = h("div");
  let says = "";
  return {
    node: h("div", {}, about, section("Accuracy against the radius", curves.node), section("Figures and differences", figures.node), section("Specifications", specifications)),
    draw(found) {
      setText(about, `Data set ${found.dataset}. ${plural(found.groups.length, "group")}: experiments that differ in their seed only are one, its figures are means over seeds with 95% intervals. Differences are the first group less the other; “shown” is said of the accuracy, by paired tests on the same images.`);
      curves.draw(found);
      figures.draw(figureColumns(found), found.conditions);
      const now = JSON.stringify(found.groups.map(group => [group.name, group.specification]));
      if (now !== says) specifications.replaceChildren(...specificationsOf(found));
      says = now;
    },
    close: curves.close,
  };
}

/** A chart for each norm, which stays while there is something to show in it. */
function curvesPart() {
  const none = h("p", { class: "soft" }, "No attack at several radii was measured.");
  const grid = h("div", { class: "grid" });
  const byNorm = new Map();
  const make = name => {
    const chart = lineChart({ label: `Balanced accuracy by ${norm(name)} radius`, x: `${norm(name)} radius, pixels in [0,1]`, y: [0, 1], digits: share });
    const falls = h("p", { class: "flag note" });
    const place = h("div", {}, h("h3", {}, `PGD in ${norm(name)}`), chart.node, falls);
    grid.append(place);
    return { chart, falls, place };
  };
  return {
    node: h("div", {}, none, grid),
    draw(found) {
      const drawn = groupCurves(found);
      show(none, drawn.length === 0);
      for (const [name, { chart, place }] of [...byNorm].filter(([known]) => !drawn.some(one => one.norm === known))) {
        chart.close();
        place.remove();
        byNorm.delete(name);
      }
      for (const { norm: name, series } of drawn) {
        const { chart, falls } = byNorm.get(name) ?? byNorm.set(name, make(name)).get(name);
        chart.draw(series);
        const fell = fallen(series, group => `${group} on clean images`);
        show(falls, fell.length > 0);
        setText(falls, fell.length > 0 ? `⚑ Points that do not stand: ${fell.join("; ")}.` : "");
      }
    },
    close: () => byNorm.forEach(({ chart }) => chart.close()),
  };
}

/** Of groups: the figure of each, and its difference from the first group's. */
function figureColumns({ groups }) {
  const figureOf = (row, place) => row.figures.find(f => f.group === place && f.metric === METRIC) ?? null;
  const differenceOf = (row, place) => row.differences.find(one => one.group === place) ?? null;
  return [
    { id: "condition", label: "Condition", header: true, text: row => row.condition },
    ...groups.map(({ name }, place) => ({
      id: `figure of ${name}`, label: name, number: true, text: row => JSON.stringify(figureOf(row, place)), cell: row => figureCell(figureOf(row, place)),
    })),
    ...groups.slice(1).map(({ name }, place) => ({
      id: `difference from ${name}`, label: `${groups[0].name} less ${name}`, text: row => JSON.stringify(differenceOf(row, place + 1)), cell: row => differenceCell(differenceOf(row, place + 1)),
    })),
  ];
}

/** With the gates that it fails, and how many images are behind it. */
export function figureCell(found) {
  if (!found) return h("span", { class: "none" }, "–");
  const { figure: f, n, subset, failedGates = [] } = found;
  return [...figureText({ ...f, failedGates }), h("br"), h("small", {}, subset ? `n ${n} of ${subset.of}` : `n ${n}`)];
}

/** The tests are on the accuracy, image by image; the balanced accuracy's difference stands beside. */
function differenceCell(found) {
  if (!found) return h("small", {}, "no seed was measured in both groups");
  const [words, kind] = FINDINGS[found.finding] ?? [found.finding, "soft"];
  const p = found.combinedHolm ?? found.combined;
  return [h("b", {}, signed(found.balancedAccuracy?.mean)), " ", h("small", {}, ends(found.balancedAccuracy)), h("br"),
    h("small", {}, `accuracy ${signed(found.accuracy?.mean)} `), h("span", { class: kind }, words), Number.isFinite(p) && h("small", {}, p < 0.001 ? ", p < 0.001" : `, p ${p.toFixed(3)}`)];
}

/** A difference that is rounded to zero has no sign. */
export function signed(value) {
  const text = share(value);
  return Number(text) === 0 ? text.replace("-", "") : value > 0 ? `+${text}` : text;
}
const ends = d => Number.isFinite(d?.low) ? `${signed(d.low)} to ${signed(d.high)}` : "";

function specificationsOf({ groups }) {
  const lines = sideBySide(groups.map(group => group.specification));
  const row = line => h("tr", { class: line.differs ? "differs" : "" }, h("th", { scope: "row" }, line.path, line.differs && h("span", { class: "hear" }, " (differs)")), valueTexts(line.values).map(text => h("td", { class: "wrap" }, text)));
  const part = (label, chosen) => h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label },
    h("table", {}, h("caption", { class: "hear" }, label),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Setting"), groups.map(group => h("th", { scope: "col" }, group.name)))), h("tbody", {}, chosen.map(row))));
  const differing = lines.filter(line => line.differs);
  return [
    differing.length ? part("Settings that differ", differing) : h("p", { class: "soft" }, "The specifications are the same."),
    h("details", { class: "note" }, h("summary", {}, "Every setting"), part("Every setting", lines)),
  ];
}
