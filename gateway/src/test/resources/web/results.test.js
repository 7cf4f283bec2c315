import { figureText } from "/parts/badges.js";
import { h } from "/app/element.js";
import { byCondition } from "/app/figures.js";
import { describePart } from "/parts/describe.js";
import { heatMap } from "/parts/heat.js";
import { resultsPart } from "/parts/results.js";
import { table } from "/parts/table.js";
import { whatIsMeasured } from "/pages/compare.js";
import { importsPart } from "/pages/dataset.js";
import { equal, test, until } from "./suite.js";

test("a figure that does not stand is marked for eyes and for a screen reader", () => {
  const cell = h("td", {}, figureText({ value: 0.75, low: 0.7, high: 0.8, failedGates: ["attack-has-converged"] }));
  equal([cell.textContent, cell.querySelector(".hear").textContent], ["0.750 0.700–0.800 ⚑fails attack-has-converged", "fails attack-has-converged"]);
  equal(h("td", {}, figureText(null)).textContent, "–");
});
test("where nothing is measured yet the results say so", () => {
  const part = resultsPart();
  part.draw([]);
  equal([part.node.querySelectorAll(".chart").length, part.node.textContent.includes("No corruption is measured yet."), part.node.textContent.includes("Every condition (0)")], [0, true, true]);
  part.close();
});
test("every condition is a row with its figures, also one that could not be measured", () => {
  const row = (condition, metric, value, more = {}) => ({ condition, conditionDetails: { kind: "CLEAN", split: "test" }, metric, value, low: value - 0.125, high: value + 0.125, n: 320, failedGates: [], ...more });
  const part = resultsPart();
  part.draw([row("clean", "balanced-accuracy", 0.75), row("clean", "auroc", 0.875), row("jpeg@5", "balanced-accuracy", null, { note: "the worker was lost" })]);
  const cells = [...part.node.querySelectorAll("[aria-label^='Every condition'] tbody tr")].map(one => [...one.children].map(cell => cell.textContent));
  equal(cells.map(one => [one[0], one[1], one[3], one[5]]), [["clean", "clean images", "0.750 0.625–0.875", "0.875"], ["jpeg@5", "clean images", "the worker was lost", ""]]);
  part.close();
});
test("the map of corruptions has a row for each, a dash where nothing was measured, and says which figures do not stand", () => {
  const row = (condition, details, value, failedGates = []) => ({ condition, conditionDetails: { split: "test", ...details }, metric: "balanced-accuracy", value, low: value - 0.125, high: value + 0.125, n: 320, constant: 0.5, failedGates });
  const map = heatMap(byCondition([
    row("clean", { kind: "CLEAN" }, 0.875), row("jpeg@1", { kind: "CORRUPTION", corruption: "jpeg", severity: 1 }, 0.75),
    row("shot-noise@2", { kind: "CORRUPTION", corruption: "shot-noise", severity: 2 }, 0.5, ["noise-hurts-less"]),
  ]));
  equal([...map.querySelectorAll("tbody tr")].map(one => [...one.children].map(cell => cell.textContent)), [["jpeg", "0.75", "–"], ["shot noise", "–", "0.50 ⚑"]]);
  equal([map.querySelector("td[title*='noise-hurts-less']") !== null, map.querySelector(".legend").textContent.includes("a constant answer (0.50)")], [true, true]);
});
test("a cell that is drawn anew keeps the keyboard's place, and gives it to its table where it has none", () => {
  const columns = [{ id: "x", label: "X", text: item => item.text, cell: item => item.text === "" ? "" : h("button", { type: "button" }, item.text) }];
  const rows = table({ caption: "t", key: item => item.id });
  document.body.append(rows.node);
  rows.draw(columns, [{ id: 1, text: "Cancel" }]);
  rows.node.querySelector("button").focus();
  rows.draw(columns, [{ id: 1, text: "Cancel now" }]);
  const kept = document.activeElement === rows.node.querySelector("button");
  rows.draw(columns, [{ id: 1, text: "" }]);
  equal([kept, document.activeElement === rows.node], [true, true]);
  rows.node.remove();
});
test("fields of a description follow what others say until a person types, and only what was typed is sent", async () => {
  const sent = [];
  let saved = 0;
  const { node, draw } = describePart("exp-1", () => { saved += 1; }, async (parts, body) => { sent.push([parts.join("/"), body]); });
  const input = name => node.querySelector(`#describe-${name}`);
  draw({ name: "First", notes: null, tags: ["baseline"] });
  input("tags").value = "baseline, mine";
  draw({ name: "Renamed", notes: "by another", tags: ["theirs"] });
  equal([input("name").value, input("notes").value, input("tags").value], ["Renamed", "by another", "baseline, mine"]);
  node.querySelector("form").dispatchEvent(new Event("submit", { cancelable: true }));
  await until(() => saved === 1);
  equal([sent, node.textContent.includes("Saved.")], [[["experiments/exp-1", { tags: ["baseline", "mine"] }]], true]);
  // from now on they are no longer what a person types
  draw({ name: "Renamed", notes: "by another", tags: ["later"] });
  equal(input("tags").value, "later");
});
test("what is typed while a description is saved stays, and what was saved gives way to what is read after it", async () => {
  const sent = [];
  const answers = [];
  let saved = 0;
  const { node, draw } = describePart("exp-1", () => { saved += 1; }, (_, body) => { sent.push(body); return new Promise(answer => answers.push(answer)); });
  const [name, notes] = ["name", "notes"].map(field => node.querySelector(`#describe-${field}`));
  const save = () => node.querySelector("form").dispatchEvent(new Event("submit", { cancelable: true }));
  const before = { name: "First", notes: "old", tags: [] };
  const askedAt = performance.now();
  draw(before, askedAt);
  [name.value, notes.value] = ["Second", "new"];
  // a clock of a browser may stand for a moment
  await until(() => performance.now() > askedAt);
  save();
  name.value = "Second try";
  answers[0]();
  await until(() => saved === 1);
  draw(before, askedAt);
  equal([name.value, notes.value], ["Second try", "new"]);
  draw({ name: "Second", notes: "by another", tags: [] });
  equal([name.value, notes.value], ["Second try", "by another"]);
  save();
  answers[1]();
  await until(() => saved === 2);
  equal(sent, [{ name: "Second", notes: "new" }, { name: "Second try" }]);
});
test("a comparison is read again when one of its experiments has other figures, not before the list is whole", () => {
  const one = (id, value) => ({ id, headline: { clean: { value } }, unfinished: { run: null, evaluations: [] } });
  const of = (rows, complete = true) => whatIsMeasured({ rows, complete }, ["a", "b"]);
  const before = of([one("a", 0.5), one("b", 0.5), one("c", 0.5)]);
  equal([of([one("a", 0.5), one("b", 0.5), one("c", 0.75)]) === before, of([one("a", 0.5), one("b", 0.75)]) === before, of([one("a", 0.5)], false)], [true, false, null]);
});
test("imports of a name follow the experiments that are made from them", () => {
  const { node, draw } = importsPart();
  const version = (importedAt, latest, experiments) => ({ manifest: { importedAt }, latest, experiments });
  draw([version("2026-11-02T10:00:00Z", true, []), version("2026-11-01T10:00:00Z", false, ["exp-1"])]);
  const kept = node.lastElementChild;
  draw([version("2026-11-02T10:00:00Z", true, ["exp-2"]), version("2026-11-01T10:00:00Z", false, ["exp-1"])]);
  equal([node.children.length, node.lastElementChild === kept, node.firstElementChild.textContent.includes("exp-2"), node.firstElementChild.textContent.includes("the latest")], [2, true, true, true]);
});
