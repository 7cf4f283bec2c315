import { emptyCourse, epochRows, epochSeries, parts, smooth, steps, stepTimes, takeRobustness, takeTraining } from "/app/training.js";
import { diagramsOf, finished } from "/parts/calibration.js";
import { coursePart } from "/parts/course.js";
import { epochColumns, epochTable } from "/parts/epochs.js";
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
test("what an earlier attempt did before the checkpoint is part of the run, also where it is heard of later", () => {
  const course = emptyCourse();
  [step(2, 3), step(1, 1), step(1, 3), step(2, 4)].forEach(metric => takeTraining(course, metric));
  equal(steps(course).map(m => [m.attempt, m.step]), [[1, 1], [2, 3], [2, 4]]);
});
test("a stream that begins anew takes nothing away", () => {
  const course = emptyCourse();
  const all = [step(1, 1), step(1, 2), step(2, 2), step(2, 3)];
  all.forEach(metric => takeTraining(course, metric));
  const before = steps(course).map(m => [m.attempt, m.step]);
  const during = all.map(metric => { takeTraining(course, metric); return course.steps.size; });
  equal([before, during, steps(course).map(m => [m.attempt, m.step])], [[[1, 1], [2, 2], [2, 3]], [3, 3, 3, 3], before]);
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
test("a step's time is the training itself and the waits for workers of each kind", () => {
  const named = { ...step(1, 1), augmentWaitMillis: 12, attackWaitMillis: 18 };
  equal(stepTimes([named]).map(line => [line.name, line.points[0].y]), [["whole step", 40], ["training itself", 10], ["waiting for augment workers", 12], ["waiting for attack workers", 18]]);
});
test("of a trainer that does not say for whom it waited the whole wait is shown", () => {
  equal(stepTimes([step(1, 1)]).map(line => [line.name, line.points[0].y]), [["whole step", 40], ["training itself", 10], ["waiting for workers", 30]]);
  equal(stepTimes([]), []);
});
test("the table has an epoch a row, the newest first, with means over its steps and its own evaluation's figures", () => {
  const course = emptyCourse();
  // losses 1/8 and 3/8: 0.25 on average
  [{ ...step(1, 1), epoch: 1 }, { ...step(1, 3), epoch: 1 }, { ...step(1, 4), epoch: 2 }].forEach(metric => takeTraining(course, metric));
  takeRobustness(course, measured(1, 0.5));
  const rows = epochRows(course, () => "clean");
  equal(rows.map(row => [row.epoch, row.steps, row.loss, row.terms.ce, row.millis["training itself"], row.figures.clean?.y ?? null]), [[2, 1, 0.5, 4, 10, null], [1, 2, 0.25, 2, 10, 0.5]]);
  const columns = epochColumns(rows);
  equal(columns.map(column => column.label), ["Epoch", "Steps", "Balanced accuracy, clean", "Loss", "Loss: ce", "Time: whole step", "Time: training itself", "Time: waiting for workers"]);
  equal(columns.map(column => column.text(rows[1])), ["1", "2", "0.500 0.375–0.625", "0.25", "2", "40 ms", "10 ms", "30 ms"]);
});
test("the table of epochs is drawn while it is open, and then follows", () => {
  const part = epochTable(() => "clean");
  const course = emptyCourse();
  takeTraining(course, { ...step(1, 1), epoch: 1 });
  part.draw(course);
  const before = part.node.querySelectorAll("tbody tr").length;
  part.node.open = true;
  part.draw(course);
  equal([before, part.node.querySelectorAll("tbody tr").length], [0, 1]);
});
test("calibration is told by final evaluations that are complete", () => {
  const one = (id, last, completed) => ({ id, last, progress: { completed } });
  equal([finished([one("a", false, true), one("b", true, false)]), finished([one("b", true, true), one("c", true, true)])], ["", "b c"]);
});
test("a report's reliability diagrams are charts with what a calibrated model would give", () => {
  const chart = { title: "clean", series: [{ name: "clean", style: "MARKS", points: [{ x: 0.7, y: 0.5, low: 0.25, high: 0.75, flags: [] }] }, { name: "calibrated", style: "REFERENCE", points: [{ x: 0, y: 0 }, { x: 1, y: 1 }] }] };
  const { diagrams, words } = diagramsOf({ sections: [{ id: "training", blocks: [{ chart: {} }] }, { id: "calibration", blocks: [{ chart }, { text: "not kept" }] }] });
  equal([diagrams.length, diagrams[0].bins.length, diagrams[0].series.map(line => [line.name, line.band, line.level]), words], [1, 1, [["clean", true, false], ["calibrated", false, true]], ["not kept"]]);
  equal(diagramsOf({ sections: [] }), { diagrams: [], words: [] });
});
test("where no epoch is evaluated its chart says so, and does not promise anything", () => {
  const part = coursePart();
  const says = everyEpochs => { part.draw(emptyCourse(), { evaluation: { everyEpochs } }); return part.node.querySelector(".chart").textContent; };
  equal([says(1), says(0)], ["Nothing yet.", "No epoch is evaluated: evaluation.everyEpochs is 0."]);
  part.close();
});
