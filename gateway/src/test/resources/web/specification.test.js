import { address, Problem, problemOf } from "/app/api.js";
import { link, parse } from "/app/router.js";
import { asCommand, beyondDefaults, chosenIn, flat, nested, origin, radiiOf, sideBySide, valueText, valueTexts } from "/app/specification.js";
import { sameSize } from "/pages/submit.js";
import { equal, test } from "./suite.js";

test("flat and nested are the same, and what is empty is left out", () => {
  equal(flat({ a: 1, b: { c: [1, 2], d: null } }), [["a", 1], ["b.c", [1, 2]], ["b.d", null]]);
  equal(nested([["a", 1], ["b.c", [1, 2]], ["b.d", null], ["e", ""]]), { a: 1, b: { c: [1, 2] } });
});
test("only what is chosen is said again", () => equal(beyondDefaults({ dataset: "busi", epochs: 15, attack: { steps: 7, epsilon: 0.5 } }, { epochs: 15, attack: { steps: 7 } }), { dataset: "busi", attack: { epsilon: 0.5 } }));
test("a step that follows from the radius is not chosen, another one is", () => {
  // 2.5 * 0.5 / 10 = 0.125
  const spec = stepSize => ({ dataset: "busi", attack: { epsilon: 0.5, steps: 10, stepSize } });
  equal([chosenIn(spec(0.125), {}), chosenIn(spec(0.25), {})], [{ dataset: "busi", attack: { epsilon: 0.5, steps: 10 } }, { dataset: "busi", attack: { epsilon: 0.5, steps: 10, stepSize: 0.25 } }]);
});
test("a setting says where it comes from", () => {
  const chosen = new Map([["epochs", 3], ["attack.epsilon", 0.5]]);
  equal(["epochs", "seed", "attack.epsilon", "attack.stepSize"].map(path => origin(path, chosen)), ["chosen", "default", "chosen, or by the data set", "from the radius and the steps"]);
});
test("radii in L2 grow with the images, those in L∞ do not", () => {
  equal([radiiOf({ attack: { norm: "l2" } }), radiiOf({ attack: { norm: "linf" } })], [["attack.epsilon", "attack.stepSize", "evaluation.epsilons"], ["evaluation.epsilons"]]);
  const size = (channels, height, width) => ({ channels, height, width });
  equal([sameSize(size(1, 28, 28), size(1, 28, 28)), sameSize(size(1, 28, 28), size(3, 28, 28)), sameSize(undefined, size(1, 28, 28))], [true, false, false]);
});
test("a line that differs is marked, and so is one that a specification does not have", () => {
  equal(sideBySide([{ a: 1, b: 2 }, { a: 1, b: 3, c: 4 }]).map(line => [line.path, line.differs]), [["a", false], ["b", true], ["c", true]]);
});
test("a quote in a name ends no string of the command", () => equal(asCommand({ dataset: "o'x" }, "http://g").includes(String.raw`"o'\''x"`), true));
test("a command holds no token", () => {
  const command = asCommand({ dataset: "x" }, `http://anybody:rtda_${"7".repeat(64)}@g:8080/api/v1/experiments`);
  equal([command.includes("rtda_"), command.includes("anybody"), command.startsWith("curl -X POST http://g:8080/api/v1/experiments ")], [false, false, true]);
});
test("a derived number is read by its first digits, and a seed by all of them", () => equal([valueText(0.5 / 2.8), valueText(123456789012), valueText(1e-7)], ["0.178571", "123456789012", "1e-7"]));
test("values that differ never look alike", () => equal([valueTexts([8 / 255, 0.0313725]), valueTexts([0.5 / 2.8, 0.25])], [["0.03137254901960784", "0.0313725"], ["0.178571", "0.25"]]));
test("a list is read, and what is not there is a dash", () => equal([valueText([0.25, 0.5]), valueText(null), valueText(false)], ["0.25, 0.5", "–", "false"]));

test("an address names a place and comes back as it was", () => {
  const place = parse(link(["experiments", "a/b ü"], { q: "x&y=z", page: 0, empty: "", off: false }));
  equal([place.path, [...place.parameters]], [["experiments", "a/b ü"], [["q", "x&y=z"], ["page", "0"]]]);
});
test("an address that cannot be decoded leads to the start", () => equal(parse("#/%E0%A4%A").path, []));
test("a question mark may stand in a value", () => equal(parse(link(["x"], { q: "a?b" })).parameters.get("q"), "a?b"));

test("a path's parts are encoded, its empty parameters left out", () => equal(address(["experiments", "a/b"], { cursor: null, limit: 5 }), "/api/v1/experiments/a%2Fb?limit=5"));
test("a problem document says field, value and what is allowed", () => {
  const problem = problemOf(400, "Bad Request", JSON.stringify({ title: "t", detail: "epochs must be in [1, 10]", field: "epochs", value: "0", allowed: "in [1, 10]" }));
  equal([problem instanceof Problem, problem.message, problem.field, problem.status, problem.passes], [true, "epochs must be in [1, 10]", "epochs", 400, false]);
});
test("what a proxy answers is no problem document, and may pass", () => equal([problemOf(502, "Bad Gateway", "<html>").message, problemOf(502, "", "").passes], ["The gateway answered 502 Bad Gateway", true]));
test("what is not there may come, what is not allowed may not", () => equal([0, 400, 401, 403, 404, 409, 429, 503].map(status => new Problem({ status }).passes), [true, false, true, false, true, true, true, true]));
