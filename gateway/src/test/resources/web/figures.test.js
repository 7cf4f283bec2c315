import { beside, byCondition, corruptionGrid, fallen, figure, harm, images, radiusCharts } from "/app/figures.js";
import { close, equal, test } from "./suite.js";

const row = (condition, details, value, more = {}) => ({
  condition, conditionDetails: { split: "test", ...details }, metric: "balanced-accuracy", value, low: value - 0.125, high: value + 0.125, n: 80, constant: 0.5, failedGates: [], ...more,
});
const clean = row("clean", { kind: "CLEAN" }, 0.875);
const pgd = (epsilon, value, more) => row(`pgd@${epsilon}`, { kind: "ATTACK", attack: { name: "pgd-l2", norm: "l2", epsilon, restarts: 1 } }, value, { effort: "10 steps", ...more });

test("rows of one condition are one, in the order of the rows", () => {
  const measured = byCondition([clean, { ...clean, metric: "accuracy", value: 0.75 }, pgd(0.5, 0.5)]);
  equal(measured.map(m => [m.label, m.values.length]), [["clean", 2], ["pgd@0.5", 1]]);
  equal(figure(measured[0], "accuracy").value, 0.75);
  equal(figure(measured[0], "auroc"), null);
});
test("a figure without a value is none", () => equal(figure(byCondition([{ ...clean, value: null }])[0]), null));
test("a line begins at the clean images and rises with the radius", () => {
  const [{ norm, constant, series }] = radiusCharts(byCondition([clean, pgd(0.5, 0.5), pgd(0.25, 0.75)]));
  equal([norm, constant, series[0].name], ["l2", 0.5, "pgd-l2, 10 steps"]);
  equal(series[0].points.map(p => [p.x, p.y]), [[0, 0.875], [0.25, 0.75], [0.5, 0.5]]);
});
test("points that do not stand are named under the chart", () => {
  const [{ series }] = radiusCharts(byCondition([clean, pgd(0.5, 0.5, { failedGates: ["attack-has-converged"] }), pgd(0.25, 0.75)]));
  equal(fallen(series), ["pgd-l2, 10 steps at 0.5: fails attack-has-converged"]);
});
test("one radius makes a point, not a line from the clean images", () => {
  equal(radiusCharts(byCondition([clean, pgd(0.5, 0.5)]))[0].series[0].points.map(p => p.x), [0.5]);
});
test("an attack whose ball holds every image is no point", () => equal(radiusCharts(byCondition([clean, pgd(28, 0, { unbounded: true })])), []));
test("norms are charts of their own", () => {
  const other = row("linf", { kind: "ATTACK", attack: { name: "pgd-linf", norm: "linf", epsilon: 0.03125, restarts: 1 } }, 0.25);
  equal(radiusCharts(byCondition([other, pgd(0.5, 0.5)])).map(chart => chart.norm), ["l2", "linf"]);
});
test("corruptions are a grid, and a severity that is missing is null", () => {
  const jpeg = severity => row(`jpeg@${severity}`, { kind: "CORRUPTION", corruption: "jpeg", severity }, 0.75);
  const blur = row("blur@3", { kind: "CORRUPTION", corruption: "blur", severity: 3 }, 0.625);
  const grid = corruptionGrid(byCondition([clean, jpeg(1), jpeg(3), blur]));
  equal(grid.severities, [1, 3]);
  equal(grid.rows.map(one => [one.name, one.cells.map(cell => cell?.value ?? null)]), [["jpeg", [0.75, 0.75]], ["blur", [null, 0.625]]]);
});
test("harm is the share of what could be lost", () => {
  // between 0.9 clean and 0.5 of a constant answer lies 0.4
  close(harm(0.7, 0.9, 0.5), 0.5);
  close(harm(0.9, 0.9, 0.5), 0);
  equal(harm(0.5, 0.9, 0.5), 1);
  equal(harm(0.2, 0.9, 0.5), 1);
  close(harm(1, 0.9, 0.5), -0.25);
});
test("nothing can be lost where the model is no better than a constant answer", () => equal([harm(0.4, 0.5, 0.5), harm(0.4, null, 0.5)], [null, null]));
test("beside a figure stands what a constant answer scores", () => {
  equal(beside({ constant: 0.5, healthyClassAssumed: true }), "constant answer 0.500, class 0 assumed healthy");
  equal(beside({}), "");
});
test("a figure of a drawn subset says of how many", () => {
  equal(images({ subset: { images: 80, of: 160 } }, { n: 80 }), "80 of 160, drawn by class");
  equal(images({ subset: { images: 80, of: 160 } }, { n: 30 }), "30");
});
