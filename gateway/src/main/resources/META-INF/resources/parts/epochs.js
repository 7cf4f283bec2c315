// The course of a training as a table, an epoch a row: what the charts beside it show, for readers who cannot see lines.
import { h } from "../app/element.js";
import { interval, number, share } from "../app/format.js";
import { epochRows } from "../app/training.js";
import { table } from "./table.js";

const names = (rows, field) => [...new Set(rows.flatMap(row => Object.keys(row[field])))];
const millis = value => Number.isFinite(value) ? `${Math.round(value)} ms` : "–";

/** The columns that the rows have something for. */
export function epochColumns(rows) {
  const column = (label, text) => ({ id: label, label, number: true, text });
  return [
    { id: "epoch", label: "Epoch", header: true, text: row => String(row.epoch) },
    column("Steps", row => String(row.steps)),
    ...names(rows, "figures").map(line => column(`Balanced accuracy, ${line}`, row => row.figures[line] ? `${share(row.figures[line].y)} ${interval(row.figures[line])}` : "–")),
    column("Loss", row => number(row.loss)),
    ...names(rows, "terms").map(term => column(`Loss: ${term}`, row => number(row.terms[term]))),
    ...names(rows, "accuracy").map(view => column(`Batch accuracy: ${view}`, row => share(row.accuracy[view]))),
    ...names(rows, "millis").map(part => column(`Time: ${part}`, row => millis(row.millis[part]))),
  ];
}

/**
 * Drawn only while it is open.
 *
 * @param name of a condition, as a line of the chart
 * @return {node, draw(course)}
 */
export function epochTable(name) {
  const rows = table({ caption: "The training by epoch: means over its steps", key: row => row.epoch });
  let latest = null;
  const node = h("details", { class: "note", on: { toggle: () => fill() } },
    h("summary", {}, "The same as a table, an epoch a row"), rows.node);
  function fill() {
    if (!node.open || latest === null) return;
    const shown = epochRows(latest, name);
    rows.draw(epochColumns(shown), shown);
  }
  return {
    node,
    draw(course) {
      latest = course;
      fill();
    },
  };
}
