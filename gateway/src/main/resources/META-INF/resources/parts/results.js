// The figures of one evaluation: curves against the radius, corruptions, and every condition in a table.
import { lineChart } from "../app/chart.js";
import { h, setText, show } from "../app/element.js";
import { ball, beside, byCondition, fallen, figure, images, METRIC, radiusCharts } from "../app/figures.js";
import { interval, norm, radius, share } from "../app/format.js";
import { heatMap } from "./heat.js";
import { table } from "./table.js";

const OTHERS = ["accuracy", "auroc", "sensitivity", "specificity", "calibration-error"];
const KINDS = {
  CLEAN: "clean images", ATTACK: "attack", CORRUPTION: "corruption", SHIFT: "external test set", WORST_CASE: "worst of several attacks",
  ATTACKED_CORRUPTION: "attack on a corrupted image", TRANSFER: "images made against another model", PROBE: "probe",
};

const other = metric => ({
  id: metric, label: metric.replaceAll("-", " "), number: true,
  text: m => { const f = figure(m, metric); return f ? share(f.value) : ""; },
});

const CONDITIONS = [
  { id: "condition", label: "Condition", header: true, text: m => m.label },
  { id: "kind", label: "What it is", text: m => KINDS[m.condition.kind] ?? m.condition.kind.toLowerCase() },
  { id: "radius", label: "Radius", number: true, text: m => ball(m.condition) ? `${radius(ball(m.condition))}${m.unbounded ? ", holds every image" : ""}` : "" },
  {
    id: METRIC, label: "Balanced accuracy", number: true,
    text: m => `${share(figure(m)?.value)} ${interval(figure(m))} ${beside(figure(m))}`,
    cell: m => figure(m) ? [h("b", { title: beside(figure(m)) }, share(figure(m).value)), " ", h("small", {}, interval(figure(m)))] : m.values[0]?.note ?? "–",
  },
  ...OTHERS.map(other),
  { id: "images", label: "Images", number: true, text: m => figure(m) ? images(m, figure(m)) : "" },
  {
    id: "gates", label: "Gates", text: m => m.failedGates.join(", "),
    cell: m => m.failedGates.length ? h("span", { class: "flag" }, `⚑ ${m.failedGates.join(", ")}`) : "",
  },
];

/** @return {node, draw(rows), clear(), close()}: rows as the API has them */
export function resultsPart() {
  const charts = h("div", { class: "grid" });
  const byNorm = new Map();
  const heat = h("div");
  const conditions = table({ caption: "Every condition of the evaluation", key: m => `${m.condition.split} ${m.label}` });
  const summary = h("summary", {});
  let heatSays = "";

  function drawRadius(measured) {
    for (const { norm: name, constant, series } of radiusCharts(measured)) {
      let shown = byNorm.get(name);
      if (!shown) {
        const chart = lineChart({ label: `Balanced accuracy by ${norm(name)} radius`, x: `${norm(name)} radius, pixels in [0,1]`, y: [0, 1], digits: share });
        shown = { chart, falls: h("p", { class: "flag note" }) };
        byNorm.set(name, shown);
        charts.append(h("div", {}, h("h3", {}, `Attacks in ${norm(name)}`), chart.node, shown.falls));
      }
      const xs = series.flatMap(line => line.points.map(p => p.x));
      const level = constant === null || xs.length === 0 ? [] : [{ name: "a constant answer", level: true, points: [0, Math.max(...xs)].map(x => ({ x, y: constant })) }];
      shown.chart.draw([...series.map(line => ({ ...line, band: line.points.length > 1 })), ...level]);
      const falls = fallen(series);
      show(shown.falls, falls.length > 0);
      setText(shown.falls, falls.length > 0 ? `⚑ Points that do not stand: ${falls.join("; ")}.` : "");
    }
  }

  const close = () => {
    for (const { chart } of byNorm.values()) chart.close();
    byNorm.clear();
  };

  return {
    node: h("div", {}, charts, h("h3", {}, "Corruptions"), heat, h("details", { class: "note" }, summary, conditions.node)),
    draw(rows) {
      const measured = byCondition(rows);
      drawRadius(measured);
      // a hundred cells at most, but a reader may be pointing at one: drawn when a figure has come
      const says = JSON.stringify(measured.filter(m => ["CLEAN", "CORRUPTION"].includes(m.condition.kind)).map(m => [m.label, figure(m)?.value, m.failedGates]));
      if (says !== heatSays) {
        heatSays = says;
        heat.replaceChildren(heatMap(measured));
      }
      setText(summary, `Every condition (${measured.length})`);
      conditions.draw(CONDITIONS, measured);
    },
    /** Another evaluation: its charts may have other norms. */
    clear() {
      close();
      charts.replaceChildren();
    },
    close,
  };
}
