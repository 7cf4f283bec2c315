// Lines with bands, drawn by uPlot. A chart is made once; new points go into it, so that zoom and hidden lines stay.
import { h, setText } from "./element.js";
import { number } from "./format.js";

const HEIGHT = 260;
/** Between two epochs or steps there is none. */
const WHOLE = [1, 2, 5].flatMap(part => [0, 1, 2, 3, 4, 5, 6].map(power => part * 10 ** power)).sort((one, other) => one - other);
const COLOURS = ["--line-1", "--line-2", "--line-3", "--line-4", "--line-5", "--line-6", "--line-7", "--line-8"];

/**
 * Columns as uPlot wants them: [x, y of the first series, ...], for a band also its low and high end. Points of a series that has none
 * at an x are null there.
 */
export function columns(series) {
  const xs = [...new Set(series.flatMap(line => line.points.map(p => p.x)))].sort((one, other) => one - other);
  const column = (line, value) => {
    const at = new Map(line.points.map(p => [p.x, value(p)]));
    return xs.map(x => at.get(x) ?? null);
  };
  return [xs, ...series.flatMap(line => line.band
    ? [column(line, p => p.y), column(line, p => p.low), column(line, p => p.high)]
    : [column(line, p => p.y)])];
}

/**
 * A chart.
 *
 * @param of {label: what it shows, x: the axis with its unit, y: [low, high] or null, digits, whole: whether x counts}
 * @return {node, draw(series, none), close()}: `none` is what it says without points, and `close` is called when its page is left; a series
 *     is {name, points: [{x, y, low, high}], band, dashed, level}
 */
export function lineChart({ label, x, y = null, digits = number, whole = false }) {
  const plot = h("div", { class: "plot" });
  const empty = h("p", { class: "soft" });
  // drawn lines say nothing to a screen reader: the label and the table beside a chart do
  const node = h("div", { class: "chart", role: "group", "aria-label": label }, plot, empty);
  let chart = null;
  let isClosed = false;
  let shape = "";
  let latest = [];
  const width = () => Math.max(240, plot.clientWidth);
  const rebuild = () => {
    chart?.destroy();
    chart = new window.uPlot(options(latest, { x, y, digits, whole, width: width() }), columns(latest), plot);
  };
  const draw = (series, none = "Nothing yet.") => {
    if (isClosed) return;
    setText(empty, none);
    latest = series.filter(line => line.points.length > 0);
    empty.hidden = latest.length > 0;
    plot.hidden = latest.length === 0;
    if (latest.length === 0) {
      chart?.destroy();
      chart = null;
      shape = "";
      return;
    }
    const wanted = JSON.stringify(latest.map(line => [line.name, line.band === true, line.dashed === true]));
    if (!plot.isConnected || wanted !== shape) {
      shape = wanted;
      rebuild();
    } else {
      const zoomed = chart.scales.x.min > chart.data[0][0] || chart.scales.x.max < chart.data[0].at(-1);
      chart.setData(columns(latest), !zoomed);
      if (zoomed) chart.redraw();
    }
  };
  const observer = new ResizeObserver(() => {
    if (chart && plot.clientWidth > 0 && chart.width !== width()) chart.setSize({ width: width(), height: HEIGHT });
  });
  observer.observe(node);
  const forget = recolour(node, () => chart && rebuild());
  const close = () => {
    isClosed = true;
    observer.disconnect();
    forget();
    // it listens to the window until then
    chart?.destroy();
    chart = null;
  };
  return { node, draw, close };
}

const repaints = new WeakMap();
const nodes = new Set();
const gone = new FinalizationRegistry(reference => nodes.delete(reference));
let watching = false;

/** Colours are read when a chart is made, so another scheme makes it anew. Returns how to end that; a chart that nobody closed is not kept for it. */
function recolour(node, repaint) {
  const reference = new WeakRef(node);
  repaints.set(node, repaint);
  nodes.add(reference);
  gone.register(node, reference);
  if (!watching) {
    watching = true;
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      for (const one of nodes) repaints.get(one.deref())?.();
    });
  }
  return () => nodes.delete(reference);
}

function options(series, { x, y, digits, whole, width }) {
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue(name).trim();
  const axis = { stroke: colour("--soft"), grid: { stroke: colour("--rule"), width: 1 }, ticks: { stroke: colour("--rule"), width: 1 }, font: "12px system-ui, sans-serif" };
  const lines = [];
  const bands = [];
  series.forEach((line, index) => {
    const stroke = line.level ? colour("--soft") : colour(COLOURS[index % COLOURS.length]);
    lines.push({
      label: line.name, stroke, width: line.level ? 1 : 2, dash: line.dashed || line.level ? [5, 4] : undefined, spanGaps: true,
      points: { show: !line.level && line.points.length < 40, size: 5, fill: stroke },
      value: (chart, value, place, index) => value === null ? "–" : digits(value) + (line.band ? ends(chart, place, index, digits) : ""),
    });
    if (line.band) {
      const end = { class: "band-end", stroke: "transparent", width: 0, points: { show: false }, spanGaps: true };
      lines.push({ ...end, label: `${line.name}, low` }, { ...end, label: `${line.name}, high` });
      bands.push({ series: [lines.length, lines.length - 1], fill: `color-mix(in srgb, ${stroke} 16%, transparent)` });
    }
  });
  return {
    width,
    height: HEIGHT,
    scales: { x: { time: false }, y: y ? { range: () => y } : { range: (_, low, high) => [Math.min(0, low), high + (high - low) * 0.05 || 1] } },
    axes: [{ ...axis, ...whole ? { incrs: WHOLE } : {}, label: x, labelSize: 20, labelFont: axis.font, size: 34 }, { ...axis, size: 48, values: (_, ticks) => ticks.map(number) }],
    series: [{ label: x, value: (_, value) => value === null ? "–" : number(value) }, ...lines],
    bands,
    cursor: { drag: { x: true, y: false } },
    legend: { live: true },
  };
}

/** A line's interval, which the two columns after it hold. */
function ends(chart, place, index, digits) {
  const [low, high] = [chart.data[place + 1]?.[index], chart.data[place + 2]?.[index]];
  return Number.isFinite(low) && Number.isFinite(high) ? ` [${digits(low)}, ${digits(high)}]` : "";
}
