// How often a model is right when it says how sure it is: reliability diagrams (Guo et al., ICML 2017) of the final evaluation, which the
// report makes from kept predictions.
import { get } from "../app/api.js";
import { lineChart } from "../app/chart.js";
import { h } from "../app/element.js";
import { interval, share } from "../app/format.js";
import { readingPart } from "./reading.js";
import { table } from "./table.js";

const COLUMNS = [
  { id: "confidence", label: "Mean confidence", header: true, text: bin => share(bin.x) },
  { id: "right", label: "Share judged rightly", number: true, text: bin => `${share(bin.y)} ${interval(bin)}` },
  { id: "gates", label: "Gates", text: bin => bin.flags.map(flag => flag.name).join(", ") },
];

/** Of a report: {title, series, bins} of each diagram, where `bins` are the points of what was measured, and the words beside them. */
export function diagramsOf(report) {
  const blocks = (report.sections ?? []).find(section => section.id === "calibration")?.blocks ?? [];
  return {
    diagrams: blocks.filter(block => block.chart).map(({ chart: { title, series } }) => ({
      title, bins: series.filter(line => line.style === "MARKS").flatMap(line => line.points),
      series: series.map(line => ({ name: line.name, points: line.points, band: line.style === "MARKS", level: line.style === "REFERENCE" })),
    })),
    words: blocks.filter(block => block.text).map(block => block.text),
  };
}

/** Which final evaluations have all their answers: a report made later says nothing else. Empty where none has. */
export function finished(evaluations) {
  return evaluations.filter(one => one.last && one.progress.completed).map(one => one.id).join(" ");
}

/** @return {node, draw(evaluations), close()} */
export function calibrationPart(experiment) {
  const node = h("div", {});
  let charts = [];
  let shown = null;
  let reading = null;
  const closeCharts = () => {
    charts.forEach(chart => chart.close());
    charts = [];
  };

  function fill(of) {
    shown = of;
    reading?.stop();
    closeCharts();
    if (of === "") return node.replaceChildren(h("p", { class: "soft" }, "The final evaluation tells it, once it is complete."));
    reading = readingPart(signal => get(["experiments", experiment, "report.json"], { gallery: false, appendix: false }, signal), show);
    return node.replaceChildren(reading.node);
  }

  function show(report, content) {
    const { diagrams, words } = diagramsOf(report);
    closeCharts();
    const made = diagrams.map(diagram);
    charts = made.map(one => one.chart);
    content.replaceChildren(
      h("div", { class: "grid" }, made.map(one => one.node)),
      ...words.map(text => h("p", { class: "soft" }, text)),
      diagrams.length + words.length === 0 ? h("p", { class: "soft" }, "No predictions were kept.") : "");
    // a chart measures its place, which it has once it is on the page
    made.forEach(one => one.chart.draw(one.series));
  }

  function diagram({ title, series, bins }) {
    const chart = lineChart({ label: title, x: "mean confidence of a bin", y: [0, 1], digits: share });
    const rows = table({ caption: `Bins: ${title}`, key: bin => bin.x });
    rows.draw(COLUMNS, bins);
    return { chart, series, node: h("div", {}, h("h3", {}, title), chart.node, h("details", { class: "note" }, h("summary", {}, "The same as a table"), rows.node)) };
  }

  return {
    node,
    draw(evaluations) {
      const of = finished(evaluations);
      if (of !== shown) fill(of);
    },
    close() {
      shown = undefined;
      reading?.stop();
      closeCharts();
    },
  };
}
