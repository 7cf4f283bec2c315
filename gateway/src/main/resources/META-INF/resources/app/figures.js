// What pages draw of an evaluation's result rows (GET experiments/ID/results). Each row says its condition in conditionDetails; a label
// is for people and is only compared. Nothing here touches the page.
import { number } from "./format.js";

/** The metric that pages lead with: it does not reward a model for naming the commonest class. */
export const METRIC = "balanced-accuracy";

/** The rows by condition: [{label, condition, effort, unbounded, subset, failedGates, values}], in the order of the rows. */
export function byCondition(rows) {
  const found = new Map();
  for (const row of rows) {
    const key = `${row.conditionDetails.split} ${row.condition}`;
    const one = found.get(key) ?? {
      label: row.condition, condition: row.conditionDetails, effort: row.effort, unbounded: row.unbounded === true,
      subset: row.subset, failedGates: row.failedGates, values: [],
    };
    one.values.push(row);
    found.set(key, one);
  }
  return [...found.values()];
}

/** A figure with a value, or null. */
export function figure(measured, metric = METRIC) {
  return measured?.values.find(f => f.metric === metric && f.value !== undefined && f.value !== null) ?? null;
}

/** Those of a kind: CLEAN, ATTACK, CORRUPTION, SHIFT, WORST_CASE, ATTACKED_CORRUPTION, TRANSFER, PROBE. */
export function ofKind(measured, ...kinds) {
  return measured.filter(m => kinds.includes(m.condition.kind));
}

/** An attack's name without its radius: what is one line of a chart. */
export function seriesName({ condition: { attack, attackSet, goal }, effort }) {
  if (attackSet) return `${attackSet.name} (worst case)`;
  return [`${goal ? `${goal} by ` : ""}${attack.name}`, effort, attack.restarts > 1 && `${attack.restarts} restarts`].filter(Boolean).join(", ");
}

/** The attack whose ball a condition's images lie in: of a set its first, since all have one radius. */
export function ball({ attack, attackSet }) {
  return attack ?? attackSet?.members[0] ?? null;
}

/**
 * A metric by radius for each norm: {norm, constant, series: [{name, points: [{x, y, low, high, failedGates}]}]}. A series begins at
 * the clean images where it has several radii and any wrong class will do. An attack whose ball holds every image is no point: its
 * radius says nothing.
 */
export function radiusCharts(measured, metric = METRIC) {
  const [clean] = ofKind(measured, "CLEAN");
  const start = figure(clean, metric);
  const charts = new Map();
  for (const m of ofKind(measured, "ATTACK", "WORST_CASE")) {
    const f = figure(m, metric);
    if (!f || m.unbounded) continue;
    const { norm, epsilon } = ball(m.condition);
    const lines = charts.get(norm) ?? new Map();
    charts.set(norm, lines);
    const name = seriesName(m);
    const line = lines.get(name) ?? { name, goal: m.condition.goal ?? null, points: [] };
    lines.set(name, line);
    line.points.push(point(epsilon, f, m.failedGates));
  }
  return [...charts].sort(([one], [other]) => one < other ? -1 : 1).map(([norm, lines]) => ({
    norm,
    constant: start?.constant ?? null,
    series: [...lines.values()].map(({ name, goal, points }) => {
      const rising = points.sort((one, other) => one.x - other.x);
      return { name, points: rising.length > 1 && !goal && start ? [point(0, start, clean.failedGates), ...rising] : rising };
    }),
  }));
}

/**
 * The points of lines that a gate says do not stand, in words, each once: "pgd-l2, 10 steps at 0.5: fails attack-has-converged".
 *
 * @param clean names the point at 0 of a line: lines of one model share theirs
 */
export function fallen(series, clean = () => "clean images") {
  return series.flatMap(({ name, points }) => points.filter(p => p.failedGates?.length > 0)
    .map(p => `${p.x === 0 ? clean(name) : `${name} at ${number(p.x)}`}: fails ${p.failedGates.join(", ")}`))
    .filter((text, place, all) => all.indexOf(text) === place);
}

function point(x, f, failedGates) {
  return { x, y: f.value, low: f.low ?? f.value, high: f.high ?? f.value, failedGates };
}

/**
 * Corruptions by severity: {clean, severities, rows: [{name, cells}]}; a cell is a condition with its figure, or null. The clean figure
 * is what harm is measured from.
 */
export function corruptionGrid(measured, metric = METRIC) {
  const corruptions = ofKind(measured, "CORRUPTION");
  const severities = [...new Set(corruptions.map(m => m.condition.severity))].sort((one, other) => one - other);
  const names = [...new Set(corruptions.map(m => m.condition.corruption))];
  return {
    clean: figure(ofKind(measured, "CLEAN")[0], metric),
    severities,
    rows: names.map(name => ({
      name,
      cells: severities.map(severity => {
        const m = corruptions.find(one => one.condition.corruption === name && one.condition.severity === severity);
        const f = figure(m, metric);
        return f && { ...f, failedGates: m.failedGates };
      }),
    })),
  };
}

/**
 * How much of what the model can lose is lost: 0 as good as on clean images, 1 no better than a constant answer, negative better than
 * on clean images. Null where a part is not known, or where nothing could be lost.
 */
export function harm(value, clean, constant) {
  if (![value, clean, constant].every(Number.isFinite) || clean <= constant) return null;
  return Math.max(-1, Math.min(1, (clean - value) / (clean - constant)));
}

/** What stands beside a figure: that of a constant answer, and what nobody has said. */
export function beside(f) {
  return [
    Number.isFinite(f?.constant) && `constant answer ${f.constant.toFixed(3)}`,
    f?.healthyClassAssumed && "class 0 assumed healthy",
  ].filter(Boolean).join(", ");
}

/** How many images a figure of a condition is about; one about a class has fewer than the condition. */
export function images(m, f) {
  return m.subset && m.subset.images === f.n ? `${f.n} of ${m.subset.of}, drawn by class` : String(f.n);
}
