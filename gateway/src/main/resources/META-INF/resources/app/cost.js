// What a run will cost: steps, gradients, and the time that runs like it have taken. Pure.

/** By method: views of an image that a step differentiates, and whether one of them is attacked. A Java test holds it to MethodKind. */
const METHODS = {
  rtda: [3, true], erm: [1, false], augmix: [3, false], adversarial: [1, true], trades: [2, true], "augmix-adversarial": [1, true], "robust-augmix": [3, true],
};

/**
 * {steps, gradients}: optimiser steps, and images whose gradient is computed: for each image of a step's batch one for each view of the
 * method, and where it attacks one for each step of each start of the attack. Null where the data set is not known.
 *
 * @param trainingImages of the data set; the last, incomplete batch of an epoch is left out
 */
export function costOf({ epochs, batchSize, method, attack }, trainingImages) {
  if (!trainingImages || !epochs || !batchSize) return null;
  const steps = epochs * Math.floor(trainingImages / batchSize);
  const [views, attacks] = METHODS[method] ?? [1, true];
  const attackSteps = attacks ? (attack?.steps ?? 0) * (attack?.restarts ?? 1) : 0;
  return { steps, gradients: steps * batchSize * (views + attackSteps) };
}

/** The newest run whose steps take as long: of the same data set, method, network, batch and attack. */
export function likeRun(rows, spec) {
  const same = (one, other) => ["dataset", "method", "network", "batchSize"].every(name => one[name] === other[name]) && ["steps", "restarts"].every(name => (one.attack?.[name] ?? 1) === (other.attack?.[name] ?? 1));
  return rows.find(row => row.status.step > 0 && same(row.spec, spec)) ?? null;
}

/** The middle of the steps' times, in milliseconds. */
export function medianStepMillis(metrics) {
  const times = metrics.map(metric => metric.stepMillis).sort((one, other) => one - other);
  return times.length === 0 ? null : times[Math.floor(times.length / 2)];
}
