// How training goes: robustness by epoch, loss and its parts, accuracy on the batch, and where a step's time goes.
import { lineChart } from "../app/chart.js";
import { h } from "../app/element.js";
import { norm, number, share } from "../app/format.js";
import { epochSeries, parts, smooth, steps, stepTimes } from "../app/training.js";
import { epochTable } from "./epochs.js";

/** A condition of a quick evaluation as a line; corruptions are in the table below. */
export function epochLine({ kind, attack, goal }) {
  if (kind === "CLEAN") return "clean";
  return kind === "ATTACK" && !goal ? `${attack.name}, ${norm(attack.norm)} ${number(attack.epsilon)}` : null;
}

/** @return {node, draw(course, spec), close()} */
export function coursePart() {
  const charts = {
    epochs: lineChart({ label: "Balanced accuracy on validation images by epoch", x: "epoch", whole: true, y: [0, 1], digits: share }),
    loss: lineChart({ label: "Training loss and its parts by step", x: "step", whole: true }),
    accuracy: lineChart({ label: "Accuracy on the batch by step", x: "step", whole: true, y: [0, 1], digits: share }),
    time: lineChart({ label: "Milliseconds a step", x: "step", whole: true, digits: value => `${Math.round(value)} ms` }),
  };
  const epochs = epochTable(epochLine);
  let latest = null;
  const weight = h("input", { type: "range", id: "smoothing", min: "0", max: "0.98", step: "0.02", value: "0.6", on: { input: () => latest && draw(latest.course, latest.spec) } });
  const smoothed = series => series.map(line => ({ ...line, points: smooth(line.points, Number(weight.value)) }));

  /** @param spec of the experiment: it says whether its epochs are evaluated */
  function draw(course, spec) {
    latest = { course, spec };
    const metrics = steps(course);
    charts.epochs.draw(epochSeries(course, epochLine).map(line => ({ ...line, band: true })), spec?.evaluation?.everyEpochs === 0 ? "No epoch is evaluated: evaluation.everyEpochs is 0." : undefined);
    charts.loss.draw(smoothed([{ name: "loss", points: metrics.map(m => ({ x: m.step, y: m.loss })) }, ...parts(metrics, "terms")]));
    charts.accuracy.draw(smoothed(parts(metrics, "accuracy")));
    charts.time.draw(smoothed(stepTimes(metrics)));
    epochs.draw(course);
  }

  const figure = (title, chart, note) => h("div", {}, h("h3", {}, title), chart.node, note && h("p", { class: "soft note" }, note));
  const node = h("div", {},
    h("p", { class: "inline" }, h("label", { for: "smoothing" }, "Smoothing"), weight, h("span", { class: "soft" }, "Drag in a chart to zoom, double-click to zoom out, click a name to hide its line.")),
    h("div", { class: "grid" },
      figure("Balanced accuracy by epoch, validation images", charts.epochs, "Bands are 95% intervals of the quick evaluations."),
      figure("Loss and its parts", charts.loss),
      figure("Accuracy on the batch", charts.accuracy),
      figure("Time of a step", charts.time, "Workers make images for later steps while the trainer computes: only the time in which it stood still is waiting.")),
    epochs.node);
  return { node, draw, close: () => Object.values(charts).forEach(chart => chart.close()) };
}
