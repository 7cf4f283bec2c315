import { documentOf } from "/app/api.js";
import { isDue, openBeyond } from "/app/experiments.js";
import { h, keep } from "/app/element.js";
import { compareTimes } from "/app/format.js";
import { poll } from "/app/poll.js";
import { rotation } from "/app/rotation.js";
import { lineChart } from "/app/chart.js";
import { chooser } from "/pages/compare.js";
import { costPart } from "/parts/cost.js";
import { storyPart } from "/parts/story.js";
import { equal, test, turnTab, until } from "./suite.js";

test("a few at a time, each comes once before one comes again", () => {
  const take = rotation(2);
  equal([take(["a", "b", "c"]), take(["a", "b", "c"]), take(["a", "b", "c"])], [["a", "b"], ["c", "a"], ["b", "c"]]);
  equal(rotation(2)(["a"]), ["a"]);
});
test("of a thousand that were submitted at once the oldest are read again first", () => {
  const rows = ["new", "c", "b", "a"].map(id => ({ id, progress: id === "b" ? null : {}, unfinished: { evaluations: [] } }));
  equal(openBeyond(rows, 1).map(row => row.id), ["a", "c"]);
});
test("every page is read again once a minute, and at once after a change that was made here", () => equal([isDue(true, 59_999), isDue(true, 60_000), isDue(false, 0)], [false, true, true]));
test("instants are compared as times, however many digits they have", () => {
  equal(["2026-11-02T10:00:05.123Z", "2026-11-02T10:00:05Z", "2026-11-02T10:00:05.12Z"].sort(compareTimes), ["2026-11-02T10:00:05Z", "2026-11-02T10:00:05.12Z", "2026-11-02T10:00:05.123Z"]);
  equal(compareTimes("2026-11-02T10:00:05Z", "2026-11-02T10:00:05.000Z"), 0);
});
test("who asks for a look while one runs gets another after it", async () => {
  let reads = 0;
  const ends = [];
  const polled = poll("test", () => { reads += 1; return new Promise(end => ends.push(end)); }, 3_600_000);
  polled.now();
  ends[0]();
  while (reads < 2) await new Promise(next => setTimeout(next));
  polled.stop();
  equal(reads, 2);
});
test("who has stopped reads no more, whatever was asked for before", async () => {
  let reads = 0;
  let answer;
  const polled = poll("test", () => { reads += 1; return new Promise(end => { answer = end; }); }, 3_600_000);
  polled.now();
  polled.stop();
  answer();
  await until(() => true);
  turnTab(true);
  turnTab(false);
  equal(reads, 1);
});
test("a node that stays is not moved when another goes: it keeps the focus", () => {
  const list = h("ul");
  document.body.append(list);
  const draw = items => keep(list, items, { key: item => item, make: item => h("li", { tabindex: "0" }, item) });
  draw(["a", "b"]);
  list.lastElementChild.focus();
  draw(["b"]);
  equal([document.activeElement === list.firstElementChild, list.childElementCount], [true, 1]);
  list.remove();
});
test("a node that moves keeps the focus, and one that goes leaves it to a neighbour, or to what stands around", () => {
  const list = h("ul");
  const region = h("div", { tabindex: "-1" }, list);
  document.body.append(region);
  const draw = items => keep(list, items, { key: item => item, make: item => h("li", {}, h("button", { type: "button" }, item)) });
  draw(["a", "b", "c"]);
  list.lastElementChild.firstElementChild.focus();
  draw(["c", "b", "a"]);
  const moved = document.activeElement.textContent;
  draw(["b", "a"]);
  const gone = document.activeElement.textContent;
  draw([]);
  equal([moved, gone, document.activeElement === region], ["c", "b", true]);
  region.remove();
});
test("two items of one key leave no node behind", () => {
  const list = h("ul");
  const draw = items => keep(list, items, { key: item => item, make: item => h("li", {}, item) });
  draw(["a", "a"]);
  draw(["a"]);
  equal(list.childElementCount, 1);
});
test("what a known event says is brought up to date", () => {
  const story = storyPart();
  story.draw([{ key: "e", time: null, text: "1 condition could not be measured" }]);
  story.draw([{ key: "e", time: null, text: "2 conditions could not be measured" }]);
  equal([story.node.childElementCount, story.node.textContent.includes("2 conditions")], [1, true]);
});
test("a list of experiments to add stays the same one while others are read", () => {
  const { node, fill } = chooser(["exp-1", "exp-2"]);
  const row = (id, more) => ({ id, spec: { method: "rtda", seed: 1, dataset: "busi" }, headline: { last: true }, ...more });
  fill({ rows: [row("exp-1"), row("exp-3")] });
  const [select, option] = [node.querySelector("select"), node.querySelector("option[value=exp-3]")];
  fill({ rows: [row("exp-1", { name: "First" }), row("exp-3"), row("exp-4")] });
  equal([node.querySelector("select") === select, node.querySelector("option[value=exp-3]") === option, select.options.length, node.textContent.includes("First, seed 1")], [true, true, 3, true]);
});
test("a chart that was closed draws no more", () => {
  const chart = lineChart({ label: "t", x: "x" });
  chart.close();
  chart.draw([{ name: "a", points: [{ x: 1, y: 1 }] }]);
  equal(chart.node.querySelectorAll(".uplot").length, 0);
});
test("an answer of an earlier question does not take the place of a later one's", async () => {
  const spec = method => ({ dataset: "a", method, network: "resnet8", batchSize: 10, epochs: 1, attack: { steps: 1 } });
  const runs = ["erm", "rtda"].map(method => ({ id: method, status: { step: 5 }, spec: spec(method) }));
  const answers = {};
  const cost = costPart(() => runs, id => new Promise(answer => { answers[id] = answer; }));
  const dataset = { splits: { train: { count: 100 } } };
  const [first, second] = [cost.draw(spec("erm"), dataset), cost.draw(spec("rtda"), dataset)];
  answers.rtda([{ stepMillis: 2000 }]);
  await second;
  answers.erm([{ stepMillis: 9000 }]);
  await first;
  // 10 steps of 2 s
  equal([cost.node.textContent.includes("About 20 s"), cost.node.textContent.includes("by the steps of rtda")], [true, true]);
});
test("a time is told once the list has a run like it", async () => {
  const runs = [];
  const spec = { dataset: "a", method: "erm", network: "resnet8", batchSize: 10, epochs: 1, attack: { steps: 1 } };
  const cost = costPart(() => runs, async () => [{ stepMillis: 1000 }]);
  await cost.draw(spec, { splits: { train: { count: 100 } } });
  equal(cost.node.textContent.includes("not known"), true);
  runs.push({ id: "exp-1", status: { step: 5 }, spec });
  await cost.redraw();
  equal(cost.node.textContent.includes("About 10 s"), true);
});
test("a time that could not be read is said to be so, and read again with the next question", async () => {
  const spec = { dataset: "a", method: "erm", network: "resnet8", batchSize: 10, epochs: 1, attack: { steps: 1 } };
  const answers = [() => { throw new Error("The gateway does not answer."); }, () => [], () => [{ stepMillis: 1000 }]];
  const cost = costPart(() => [{ id: "exp-1", status: { step: 5 }, spec }], async () => answers.shift()());
  const said = [];
  await cost.draw(spec, { splits: { train: { count: 100 } } });
  said.push(cost.node.textContent.includes("could not be read: The gateway does not answer."));
  await cost.redraw();
  said.push(cost.node.textContent.includes("have not been read yet"));
  await cost.redraw();
  said.push(cost.node.textContent.includes("About 10 s"));
  equal(said, [true, true, true]);
});
test("an answer that is no document of the gateway is said to be none", () => {
  let said = null;
  try { documentOf(200, "<html>"); } catch (e) { said = e; }
  equal([said.status, said.message.includes("no JSON")], [200, true]);
});
