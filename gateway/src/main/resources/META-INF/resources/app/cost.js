// What a run will cost: steps, gradients, and the time that runs like it have taken. Pure.

const WITHOUT_ATTACK = ["erm", "augmix"];

/**
 * {steps, gradients}: optimiser steps, and images whose gradient is computed: one for each image of a step's batch, and one for each of
 * an attack's steps where the method attacks. Null where the data set is not known.
 *
 * @param trainingImages of the data set; the last, incomplete batch of an epoch is left out
 */
export function costOf({ epochs, batchSize, method, attack }, trainingImages) {
  if (!trainingImages || !epochs || !batchSize) return null;
  const steps = epochs * Math.floor(trainingImages / batchSize);
  const attackSteps = WITHOUT_ATTACK.includes(method) ? 0 : attack?.steps ?? 0;
  return { steps, gradients: steps * batchSize * (1 + attackSteps) };
}

/** The newest run whose steps take as long: of the same data set, method, network, batch and attack. */
export function likeRun(rows, spec) {
  const same = (one, other) => ["dataset", "method", "network", "batchSize"].every(name => one[name] === other[name]) && one.attack?.steps === other.attack?.steps;
  return rows.find(row => row.status.step > 0 && same(row.spec, spec)) ?? null;
}

/** The middle of the steps' times, in milliseconds. */
export function medianStepMillis(metrics) {
  const times = metrics.map(metric => metric.stepMillis).sort((one, other) => one - other);
  return times.length === 0 ? null : times[Math.floor(times.length / 2)];
}
