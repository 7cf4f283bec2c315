import { columns } from "/app/chart.js";
import { groupCurves } from "/app/compared.js";
import { h } from "/app/element.js";
import { figureCell, signed } from "/parts/compared.js";
import { colour, isDark } from "/parts/heat.js";
import { epochLine } from "/parts/course.js";
import { equal, test } from "./suite.js";

test("lines of different places share an axis, with nothing where one has no point", () => {
  equal(columns([{ points: [{ x: 2, y: 20 }, { x: 1, y: 10 }] }, { points: [{ x: 3, y: 5 }] }]), [[1, 2, 3], [10, 20, null], [null, null, 5]]);
});
test("a band brings its two ends", () => equal(columns([{ band: true, points: [{ x: 1, y: 5, low: 4, high: 7 }] }]), [[1], [5], [4], [7]]));
test("a figure as good as clean is pale, one of a constant answer dark, a better one blue", () => {
  equal([colour(0), colour(1), colour(-1), colour(null)], [[247, 246, 244], [127, 0, 0], [107, 160, 214], null]);
});
test("text is white on dark cells alone", () => equal([isDark([127, 0, 0]), isDark([247, 246, 244]), isDark([252, 141, 89])], [true, false, false]));
test("chance and two thirds of the way do not look alike", () => equal(colour(1)[0] < 140 && colour(0.6)[0] > 200, true));
test("only clean images and untargeted attacks are lines by epoch", () => {
  equal([epochLine({ kind: "CLEAN" }), epochLine({ kind: "ATTACK", attack: { name: "pgd-l2", norm: "l2", epsilon: 0.5 } }), epochLine({ kind: "CORRUPTION" })], ["clean", "pgd-l2, L2 0.5", null]);
});
test("each group is a line over the radius, from its clean figure", () => {
  const at = (details, first, second) => ({ conditionDetails: details, attackFamily: details.attack ? "PGD" : null, figures: [first, second].map((value, group) => ({ group, metric: "balanced-accuracy", figure: { value, low: value, high: value } })) });
  const [chart] = groupCurves({ groups: [{ name: "rtda" }, { name: "erm" }], conditions: [at({ kind: "CLEAN" }, 0.75, 0.875), at({ kind: "ATTACK", attack: { name: "pgd-l2", norm: "l2", epsilon: 0.5 } }, 0.5, 0.25)] });
  equal(chart.series.map(line => [line.name, line.points.map(p => [p.x, p.y])]), [["rtda", [[0, 0.75], [0.5, 0.5]]], ["erm", [[0, 0.875], [0.5, 0.25]]]]);
});
const figureAt = (name, norm, steps, epsilon, values, restarts = 1) => ({
  conditionDetails: { kind: "ATTACK", attack: { name, norm, steps, epsilon, restarts } }, attackFamily: "PGD",
  figures: values.map((value, group) => ({ group, metric: "balanced-accuracy", figure: { value, low: value, high: value } })),
});
test("a curve is of one effort: restarts, more steps and the attack on all images' whole surroundings are no part of it", () => {
  const [chart] = groupCurves({ groups: [{ name: "rtda" }], conditions: [
    figureAt("pgd-l2", "l2", 10, 0.25, [0.75]), figureAt("pgd-l2", "l2", 10, 0.5, [0.5]), figureAt("pgd-l2", "l2", 10, 0.5, [0.25], 5),
    figureAt("pgd-l2", "l2", 20, 0.5, [0.375]), figureAt("pgd-l2", "l2", 100, 28, [0]),
  ] });
  equal(chart.series.map(line => [line.name, line.points.map(p => [p.x, p.y])]), [["rtda", [[0.25, 0.75], [0.5, 0.5]]]]);
});
test("groups of different efforts say theirs", () => {
  const one = figureAt("pgd-l2", "l2", 10, 0.25, [0.75]);
  const other = figureAt("pgd-l2", "l2", 20, 0.25, [0.5]);
  other.figures[0].group = 1;
  const clean = { conditionDetails: { kind: "CLEAN" }, figures: [0, 1].map(group => ({ group, metric: "balanced-accuracy", figure: { value: 1 } })) };
  equal(groupCurves({ groups: [{ name: "a" }, { name: "b" }], conditions: [clean, one, other] })[0].series.map(line => line.name), ["a, 10 steps", "b, 20 steps"]);
});
test("a difference has its sign, unless it is rounded to zero", () => {
  equal([0.0004, -0.0004, 0.0006, -0.0006, null].map(signed), ["0.000", "0.000", "+0.001", "-0.001", "–"]);
});
test("a compared figure shows the gates that it fails, and of how many images it is", () => {
  const cell = h("td", {}, figureCell({ figure: { value: 0.5, low: 0.25, high: 0.75 }, n: 80, subset: { images: 80, of: 160 }, failedGates: ["attack-has-converged"] }));
  equal([cell.querySelector(".flag").title, cell.textContent.includes("n 80 of 160"), cell.textContent.includes("0.500")], ["Fails attack-has-converged: the figure does not stand", true, true]);
});
