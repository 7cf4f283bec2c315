import { emptyCourse, epochSeries, parts, smooth, steps, takeRobustness, takeTraining } from "/app/training.js";
import { stepTimes } from "/parts/course.js";
import { close, equal, test } from "./suite.js";

const step = (attempt, number) => ({ attempt, step: number, loss: number / 8, terms: { ce: number }, accuracy: {}, stepMillis: 40, waitMillis: 30 });
const measured = (epoch, value, more = {}) => ({ type: "measured", evaluationId: `exp-1/epoch-0000${epoch}`, epoch, condition: { kind: "CLEAN", split: "val" }, values: [{ metric: "balanced-accuracy", value, low: value - 0.125, high: value + 0.125 }], ...more });

test("a later attempt replaces what the earlier one did after its checkpoint", () => {
  const course = emptyCourse();
  [step(1, 1), step(1, 2), step(1, 3), step(2, 2)].forEach(metric => takeTraining(course, metric));
  equal(steps(course).map(m => [m.attempt, m.step]), [[1, 1], [2, 2]]);
});
test("what a lost trainer still says is not part of the run", () => {
  const course = emptyCourse();
  [step(2, 2), step(1, 3)].forEach(metric => takeTraining(course, metric));
  equal(steps(course).map(m => m.step), [2]);
});
test("an epoch's figure stays when the next epoch comes, and a message that comes twice counts once", () => {
  const course = emptyCourse();
  [measured(1, 0.5), measured(2, 0.75), measured(2, 0.75)].forEach(metric => takeRobustness(course, metric));
  equal(epochSeries(course, () => "clean"), [{ name: "clean", points: [{ x: 1, y: 0.5, low: 0.375, high: 0.625 }, { x: 2, y: 0.75, low: 0.625, high: 0.875 }] }]);
});
test("evaluations by name and test images are not part of the course", () => {
  const course = emptyCourse();
  takeRobustness(course, measured(1, 0.5, { evaluationId: "exp-1/epoch-00001/full" }));
  takeRobustness(course, measured(1, 0.5, { condition: { kind: "CLEAN", split: "test" } }));
  equal(epochSeries(course, () => "clean"), []);
});
test("parts of the loss are lines by name", () => equal(parts([step(1, 1), step(1, 2)], "terms"), [{ name: "ce", points: [{ x: 1, y: 1 }, { x: 2, y: 2 }] }]));
test("smoothing begins at the first value, not at zero", () => {
  // weights 1/2 and 1/2 of 1/2: (0.25 * 8 + 0.5 * 2) / 0.75 = 4
  const smoothed = smooth([{ x: 1, y: 8 }, { x: 2, y: 2 }], 0.5);
  close(smoothed[0].y, 8);
  close(smoothed[1].y, 4);
  equal(smooth([{ x: 1, y: 8 }], 0)[0].y, 8);
});
test("a step's time is waiting and the rest", () => equal(stepTimes([step(1, 1)]).map(line => line.points[0].y), [40, 30, 10]));
