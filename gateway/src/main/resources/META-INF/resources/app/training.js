// What is known of a run's course, folded from its stream's events in whatever order they come.
import { isOwn } from "./evaluations.js";
import { METRIC } from "./figures.js";

/** Nothing is known yet. `begins` holds the first step of each attempt. */
export function emptyCourse() {
  return { begins: new Map(), steps: new Map(), epochs: new Map() };
}

/**
 * A step's metric, which may come again: a stream begins with all that is known. A later attempt goes on from a checkpoint: what an earlier
 * one did from there on is not part of the run, and what it did before is.
 */
export function takeTraining({ begins, steps: known }, metric) {
  const { attempt, step } = metric;
  if (step < (begins.get(attempt) ?? Infinity)) {
    begins.set(attempt, step);
    for (const [at, other] of [...known]) if (at >= step && other.attempt < attempt) known.delete(at);
  }
  const isReplaced = [...begins].some(([later, from]) => later > attempt && from <= step);
  if (!isReplaced) known.set(step, metric);
}

/** A figure of the experiment's own evaluation after an epoch; what people asked for by name is not part of the course. */
export function takeRobustness(course, metric) {
  if (metric.type !== "measured" || !isOwn(metric.evaluationId)) return;
  const value = metric.values.find(f => f.metric === METRIC && Number.isFinite(f.value));
  if (!value) return;
  const epoch = course.epochs.get(metric.epoch) ?? new Map();
  course.epochs.set(metric.epoch, epoch);
  epoch.set(`${metric.condition.split} ${JSON.stringify(metric.condition)}`, { condition: metric.condition, value });
}

/** The steps in order. */
export function steps(course) {
  return [...course.steps.values()].sort((one, other) => one.step - other.step);
}

/**
 * Balanced accuracy by epoch on validation images, for charts: clean, and under each attack of the quick evaluations.
 *
 * @param name of a condition, as a line of the chart
 */
export function epochSeries(course, name) {
  const series = new Map();
  for (const [epoch, conditions] of [...course.epochs].sort(([one], [other]) => one - other)) {
    for (const { condition, value } of conditions.values()) {
      if (condition.split !== "val") continue;
      const line = name(condition);
      if (line === null) continue;
      const points = series.get(line) ?? [];
      series.set(line, points);
      points.push({ x: epoch, y: value.value, low: value.low ?? value.value, high: value.high ?? value.value });
    }
  }
  return [...series].map(([label, points]) => ({ name: label, points }));
}

/** The mean of what is known; null where nothing is. */
function mean(values) {
  const known = values.filter(Number.isFinite);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/**
 * The course by epoch, newest first, for a table: {epoch, steps, loss, terms, accuracy, millis, figures}. Loss, its parts by name, accuracy on
 * the batch by view and times are means over the epoch's steps; `figures` holds those of the quick evaluation by line.
 *
 * @param name of a condition, as a line of the chart
 */
export function epochRows(course, name) {
  const epochs = new Map();
  const of = epoch => {
    if (!epochs.has(epoch)) epochs.set(epoch, { metrics: [], figures: {} });
    return epochs.get(epoch);
  };
  for (const metric of steps(course)) of(metric.epoch).metrics.push(metric);
  for (const { name: line, points } of epochSeries(course, name)) for (const point of points) of(point.x).figures[line] = point;
  const means = (metrics, field) => Object.fromEntries(parts(metrics, field).map(part => [part.name, mean(part.points.map(p => p.y))]));
  return [...epochs].sort(([one], [other]) => other - one).map(([epoch, { metrics, figures }]) => ({
    epoch, figures, steps: metrics.length, loss: mean(metrics.map(m => m.loss)), terms: means(metrics, "terms"), accuracy: means(metrics, "accuracy"),
    millis: Object.fromEntries(stepTimes(metrics).map(({ name: part, points }) => [part, mean(points.map(p => p.y))])),
  }));
}

/** Which part of a step's time a line shows, and how it is told from a metric: null where the metric does not say. */
const TIMES = [
  ["whole step", m => m.stepMillis],
  ["training itself", m => Math.max(0, m.stepMillis - m.waitMillis)],
  ["waiting for augment workers", m => m.augmentWaitMillis ?? null],
  ["waiting for attack workers", m => m.attackWaitMillis ?? null],
  // trainers of earlier builds do not say for whom they waited
  ["waiting for workers", m => Number.isFinite(m.attackWaitMillis) ? null : m.waitMillis],
];

/** Where the time of each step goes, in milliseconds: the whole, the training itself, and the wait for workers of each kind. */
export function stepTimes(metrics) {
  return TIMES.map(([name, millis]) => ({ name, points: metrics.map(m => ({ x: m.step, y: millis(m) })).filter(point => point.y !== null) }))
    .filter(line => line.points.length > 0);
}

/** Named values by step: `field` is terms or accuracy. */
export function parts(metrics, field) {
  const names = [...new Set(metrics.flatMap(m => Object.keys(m[field])))].sort();
  return names.map(name => ({ name, points: metrics.filter(m => name in m[field]).map(m => ({ x: m.step, y: m[field][name] })) }));
}

/**
 * The exponential moving average of points.
 *
 * @param weight of what came before, in [0,1); 0 changes nothing
 */
export function smooth(points, weight) {
  let mean = 0;
  let weights = 0;
  return points.map(point => {
    mean = weight * mean + (1 - weight) * point.y;
    weights = weight * weights + (1 - weight);
    // divided by the weights so far: the first value is itself, not a mixture with 0
    return { ...point, y: mean / weights };
  });
}
