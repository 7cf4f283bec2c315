import { choose, groupOverSeeds, valuesOf } from "/app/choosing.js";
import { hasNotEnded, merge, stillThere } from "/app/experiments.js";
import { chosenColumns, sortRows } from "/pages/experimentColumns.js";
import { pageOf } from "/pages/experiments.js";
import { close, equal, test } from "./suite.js";

const row = (id, method, seed, attacked, more = {}) => ({
  id, spec: { dataset: "busi", method, network: "resnet8", seed, attack: { norm: "l2", epsilon: 0.5 } }, status: { state: "TRAINED" }, progress: null, submittedAt: `2026-11-0${seed}`,
  headline: attacked === null ? null : { attacked: { value: attacked, low: attacked - 0.125, high: attacked + 0.125, failedGates: [] }, last: true, failedGates: [], passedGates: 2 }, ...more,
});
const rows = [row("a", "rtda", 1, 0.75), row("b", "rtda", 2, 0.5), row("c", "erm", 1, 0.25), row("d", "erm", 3, null)];
const ids = found => found.map(one => one.id);
const asked = text => new URLSearchParams(text);

test("every word of a search must be there, in whatever case", () => equal(ids(choose(rows, asked("q=RTDA+seed 2"))), ["b"]));
test("filters are joined by and", () => equal(ids(choose(rows, asked("method=erm&dataset=busi&q=c"))), ["c"]));
test("a phase is a state that can be chosen", () => equal(ids(choose([row("t", "erm", 1, null, { progress: { phase: "TRAINING" } }), ...rows], asked("state=TRAINING"))), ["t"]));
test("a filter offers what there is, once", () => equal(valuesOf(rows, "method"), ["erm", "rtda"]));
test("runs that differ in their seed only are one row: the mean between the lowest and the highest", () => {
  const [group] = groupOverSeeds(rows);
  equal([group.seeds, group.headline.attacked.low, group.headline.attacked.high], [[1, 2], 0.5, 0.75]);
  close(group.headline.attacked.value, 0.625);
});
test("a seed without figures is counted and is not a zero", () => {
  const group = groupOverSeeds(rows)[1];
  equal([group.seeds, group.headline.attacked.value], [[1, 3], 0.25]);
});
test("a figure on validation images is not averaged with final ones", () => {
  const early = row("e", "rtda", 5, 0.125);
  const [group] = groupOverSeeds([...rows, { ...early, headline: { ...early.headline, last: false } }]);
  equal([group.seeds, group.headline.attacked.low], [[1, 2, 5], 0.5]);
});
test("figures of different epochs are not averaged: those of the epoch that most seeds have are", () => {
  const early = (id, seed, epoch, attacked) => { const one = row(id, "x", seed, attacked); return { ...one, headline: { ...one.headline, last: false, epoch } }; };
  const [group] = groupOverSeeds([early("e", 1, 4, 0.25), early("f", 2, 4, 0.75), early("g", 3, 5, 1)]);
  equal([group.headline.epoch, group.headline.attacked.value, group.headline.attacked.seeds], [4, 0.5, { with: 2, all: 3 }]);
});
test("one seed's figure among three keeps its own interval and says so", () => {
  const [group] = groupOverSeeds([row("e", "x", 1, 0.5), row("f", "x", 2, null), row("g", "x", 3, null)]);
  const { low, high, seeds } = group.headline.attacked;
  equal([low, high, seeds], [0.375, 0.625, { with: 1, all: 3 }]);
});
test("a seed that was run twice counts once", () => {
  const [group] = groupOverSeeds([row("e", "x", 1, 0.5), row("f", "x", 1, 1), row("g", "x", 2, 0.75)]);
  equal([group.seeds, group.members.length, group.headline.attacked.value], [[1, 2], 3, 0.625]);
});
test("runs on two imports of one name are not one row", () => {
  const on = (id, seed, key) => row(id, "x", seed, 0.5, { dataset: { name: "busi", manifest: { key } } });
  equal(groupOverSeeds([on("e", 1, "first"), on("f", 2, "second")]).map(one => one.members ?? one.id), ["e", "f"]);
});
test("seed 1 is not seed 12, nor any 1", () => {
  equal(ids(choose([row("e", "x", 1, null), row("f1", "x", 12, null)], asked("q=seed 1"))), ["e"]);
  equal(ids(choose([row("e", "x", 1, null), row("f1", "x", 12, null)], asked("q=seed"))), ["e", "f1"]);
});
test("what is cancelling can be chosen", () => equal(ids(choose([row("t", "erm", 1, null, { cancelling: { run: "TRAINING" }, progress: { phase: "TRAINING" } }), ...rows], asked("state=CANCELLING"))), ["t"]));
test("a figure that not all seeds have says so in the list", () => {
  const [group] = groupOverSeeds([row("e", "x", 1, 0.5), row("f", "x", 2, null)]);
  equal(chosenColumns("attacked").at(-1).text(group).includes("1 of 2 seeds"), true);
});
test("what has no value comes last in either direction", () => {
  equal(ids(sortRows(rows, "attacked", true)), ["a", "b", "c", "d"]);
  equal(ids(sortRows(rows, "attacked", false)), ["c", "b", "a", "d"]);
});
test("those of one state are in the order of how far they are, as numbers", () => {
  const at = (id, done) => row(id, "erm", 1, null, { progress: { phase: "TRAINING", done, total: 100 } });
  const waits = (id, place) => row(id, "erm", 1, null, { progress: { phase: "QUEUED", queue: { place, waiting: 12 } } });
  equal(ids(sortRows([at("t42", 42), waits("q10", 10), at("t9", 9), waits("q2", 2), at("t100", 100)], "state", false)), ["q2", "q10", "t9", "t42", "t100"]);
});
test("a weight is sorted by its size, and an instant by time", () => {
  const of = (id, lambda, submittedAt) => ({ ...row(id, "erm", 1, null, { submittedAt }), spec: { ...row("", "erm", 1, null).spec, lambda } });
  const three = [of("a", 12, "2026-11-02T10:00:05Z"), of("b", 6, "2026-11-02T10:00:05.5Z"), of("c", 0.5, "2026-11-02T10:00:05.12Z")];
  equal([ids(sortRows(three, "lambda", false)), ids(sortRows(three, "submitted", false))], [["c", "b", "a"], ["a", "c", "b"]]);
});
test("an address names a page that there is", () => equal(["", "page=2", "page=9", "page=-1", "page=1.7", "page=x"].map(text => pageOf(asked(text), 3)), [0, 2, 3, 0, 1, 0]));
test("the experiment and its state cannot be left out", () => equal(chosenColumns("seed").map(column => column.id), ["name", "state", "seed"]));
test("a newer document takes the place of an older one, the newest submission is first", () => {
  const merged = merge(rows, [{ ...rows[0], name: "first" }]);
  equal(ids(merged), ["d", "b", "a", "c"]);
  equal(merged[2].name, "first");
});
test("what was deleted leaves the list, what is older than the page stays", () => {
  // d of the third day is newer than b of the second, and not on the page that ends with b
  equal(ids(stillThere(rows, { experiments: [rows[1]], next: "more" })), ["a", "b", "c"]);
  equal(ids(stillThere(rows, { experiments: [rows[1]], next: null })), ["b"]);
  // the gateway leaves out what is null
  equal(ids(stillThere(rows, { experiments: [rows[1]] })), ["b"]);
});
test("what is trained but still evaluated has not ended", () => {
  equal([hasNotEnded({ progress: null, unfinished: { evaluations: [] } }), hasNotEnded({ progress: null, unfinished: { evaluations: ["x"] } }), hasNotEnded({ progress: {} })], [false, true, true]);
});
