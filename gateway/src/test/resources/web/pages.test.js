import { standing } from "/app/standing.js";
import { howFar } from "/parts/badges.js";
import { belief, said } from "/parts/band.js";
import { picturesOf } from "/parts/gallery.js";
import { storyOf } from "/parts/story.js";
import { about } from "/pages/evaluate.js";
import { refusal } from "/pages/experiment.js";
import { tagsOf } from "/parts/describe.js";
import { factsOf, headPart, remaining } from "/parts/head.js";
import { adversarialPart, experimentsOf, samplesPart } from "/parts/samples.js";
import { rate, roles } from "/pages/workers.js";
import { equal, test } from "./suite.js";
import { chosen } from "/app/evaluations.js";

const gate = (outcome, concerns = [], name = "attack-has-converged") => ({ gate: name, outcome, concerns, finding: "0.61 against 0.43" });

test("one failed gate decides, and says how many conditions fall", () => {
  const { kind, verdict, detail } = belief([gate("PASSED"), gate("FAILED", ["a", "b"])], true);
  equal([kind, verdict, detail.includes("2 conditions"), detail.includes("0.61 against 0.43")], ["bad", "Not all figures stand", true, true]);
});
test("figures that no gate has judged are not vouched for", () => equal([belief([], false).verdict, belief([gate("NOT_JUDGED")], true).verdict], ["Not judged yet", "Not judged"]));
test("figures stand where gates passed and none failed", () => equal(belief([gate("PASSED"), gate("NOT_JUDGED", [], "noise-hurts-less")], true), { kind: "good", verdict: "Figures stand", detail: "1 gate passed, none failed, 1 not judged." }));
test("a gate that several evaluations judge counts once", () => {
  equal(belief([gate("FAILED", ["a"]), gate("FAILED", ["a"])], true).detail.startsWith("⚑ 1 gate failed, which takes down 1 condition."), true);
  equal(belief([gate("PASSED"), gate("NOT_JUDGED"), gate("PASSED")], true).detail, "1 gate passed, none failed, 0 not judged.");
});
test("a failed gate that names no condition takes down all", () => equal([belief([gate("FAILED")], true).verdict, belief([gate("FAILED")], true).detail.includes("every condition")], ["No figure stands", true]));
test("it is said whether more figures will come", () => {
  const of = (last, state, progress, completed) => said({ headline: { last, epoch: 2 }, status: { state }, progress, evaluation: { completed } });
  equal(of(false, "RUNNING", {}, false).endsWith("The final evaluation is still to come."), true);
  equal([of(false, "FAILED", null, false), of(false, "CANCELLED", null, false)].map(text => text.endsWith("The run ended before a final evaluation.")), [true, true]);
  equal(of(true, "TRAINED", {}, false), "Balanced accuracy of the final model on test images so far, with 95% intervals.");
  equal(of(true, "TRAINED", null, true), "Balanced accuracy of the final model on test images, with 95% intervals.");
});
test("a refusal says what it is: only what is not there is no experiment", () => equal([403, 404].map(status => refusal({ status, message: "no" })[0].textContent), ["Not allowed", "No such experiment"]));
test("a phase goes before a state, and a cancellation before both", () => {
  const running = { status: { state: "RUNNING" }, progress: { phase: "TRAINING", done: 42, total: 100 } };
  equal([standing(running), howFar(running), standing({ ...running, cancelling: { run: "TRAINING" } })], ["TRAINING", "42%", "CANCELLING"]);
  equal(howFar({ progress: { queue: { place: 2, waiting: 3 } } }), "2 of 3");
});
const evaluation = (id, more) => ({ id, name: null, last: false, progress: { measured: 1 }, ...more });
test("the final evaluation is shown before an epoch's, and the one that is asked for before both", () => {
  const all = [evaluation("e1"), evaluation("e2"), evaluation("final", { last: true }), evaluation("final/full", { last: true, name: "full" })];
  equal([chosen(all, null).id, chosen(all, "final/full").id, chosen(all.slice(0, 2), null).id, chosen([], null)], ["final", "final/full", "e2", null]);
});
test("an evaluation without a figure is not shown", () => equal(chosen([evaluation("e1"), evaluation("final", { last: true, progress: { measured: 0 } })], "final").id, "e1"));
test("an evaluation whose conditions all failed is shown to who asks for it", () => {
  const all = [evaluation("final", { last: true }), evaluation("final/full", { last: true, name: "full", progress: { measured: 0, failed: 3 } })];
  equal([chosen(all, "final/full").id, chosen(all, null).id, chosen(all.slice(1), null).id], ["final/full", "final", "final/full"]);
});
test("cancelling says what it ends beyond what was asked to end", () => {
  equal(remaining({ unfinished: { run: "TRAINING", evaluations: ["a", "b"] }, cancelling: { run: null, evaluations: ["a"] } }), "training; evaluations b");
  equal(remaining({ unfinished: { run: null, evaluations: [] }, cancelling: { run: null, evaluations: [] } }), "");
});
const document_ = more => ({
  id: "exp-1", spec: { method: "rtda", dataset: "busi", network: "resnet8", seed: 1, epochs: 2, attack: { name: "pgd-l2", norm: "l2", epsilon: 0.5, steps: 7 } },
  status: { state: "RUNNING", step: 1, totalSteps: 10, epoch: 0 }, progress: { phase: "TRAINING", done: 1, total: 10, secondsLeft: 9 },
  unfinished: { run: "TRAINING", evaluations: [] }, cancelling: { run: null, evaluations: [] }, headline: null, ...more,
});
test("a button stays the same one while the steps count", () => {
  const head = headPart({ onCancel() {}, onDelete() {} });
  head.draw(document_());
  const button = head.node.querySelector("button");
  head.draw(document_({ status: { state: "RUNNING", step: 2, totalSteps: 10, epoch: 0 }, progress: { phase: "TRAINING", done: 2, total: 10, secondsLeft: 8 } }));
  equal([button !== null, head.node.querySelector("button") === button, head.node.textContent.includes("2 of 10"), head.node.querySelector(".bar-fill").style.width], [true, true, true, "20%"]);
});
test("only what has ended can be deleted, and only what goes on cancelled", () => {
  const buttons = experiment => { const head = headPart({ onCancel() {}, onDelete() {} }); head.draw(experiment); return [...head.node.querySelectorAll("button")].map(button => button.textContent); };
  equal([buttons(document_()), buttons(document_({ progress: null, status: { state: "TRAINED", step: 10, totalSteps: 10, epoch: 2 }, unfinished: { run: null, evaluations: [] } }))], [["Cancel"], ["Delete"]]);
  const cancelling = { run: null, evaluations: ["exp-1/epoch-00002/full"] };
  equal(buttons(document_({ progress: null, status: { state: "TRAINED", step: 10, totalSteps: 10, epoch: 2 }, unfinished: cancelling, cancelling })), []);
});
test("what is not known is no fact", () => equal(factsOf(document_({ progress: null })).map(([name]) => name), ["Id", "Network", "Attack in training", "Seed", "Step", "Epoch", "Submitted"]));
test("tags are the words between commas, each once", () => equal(tagsOf(" a, b b,,a "), ["a", "b b"]));
test("pictures are found in whichever section has them", () => equal(picturesOf({ sections: [{ blocks: [{ text: "x" }, { pictures: [1, 2] }] }, { blocks: [] }] }), [1, 2]));
test("what happened last is said first, and a failure with its reason", () => {
  const statuses = new Map([["s", { id: "s", time: "2026-11-02T12", state: "FAILED", step: 3, reason: "loss is not finite" }]]);
  const story = storyOf({ submittedAt: "2026-11-02T10", deadLetters: [{ time: "2026-11-02T11", topic: "checkpoints", offset: 1, reason: "no JSON" }] }, statuses, []);
  equal(story.map(event => [event.bad, event.text]), [[true, "Failed at step 3: loss is not finite"], [true, "A record on checkpoints could not be processed: no JSON"], [false, "submitted"]]);
});
test("records of two partitions with one offset are two events", () => {
  const letter = partition => ({ time: "2026-11-02T11", topic: "checkpoints", partition, offset: 1, reason: "no JSON" });
  const keys = storyOf({ submittedAt: "2026-11-02T10", deadLetters: [letter(0), letter(1)] }, new Map(), []).map(event => event.key);
  equal(new Set(keys).size, 3);
});
test("a transfer says against which models its images were made", () => equal([about({ suite: "transfer", transferFrom: ["exp-2"] }), about({ suite: "full", transferFrom: null }), about({ suite: null })], ["images made against exp-2", "full", "not planned yet"]));
test("samples are asked for by a person first, and then follow the choice", () => {
  const part = samplesPart({ name: "a set", splits: { train: {}, test: {} }, classes: ["benign", "malignant"] });
  const choose = (id, value) => { const select = part.querySelector(`#${id}`); select.value = value; select.dispatchEvent(new Event("change")); };
  choose("view", "augmix");
  const before = part.querySelector("img");
  part.querySelector("button").click();
  choose("split", "test");
  const shown = part.querySelector("img");
  equal([before, shown.getAttribute("src"), shown.alt], [null, "/api/v1/datasets/a%20set/samples?split=test&view=augmix&perClass=12", "Samples with AugMix of split test, a row for each class: benign, malignant"]);
});
test("adversarial images are those of an experiment's gallery, and read on request alone", () => {
  equal(experimentsOf([{ experiments: ["b", "a"] }, { experiments: ["a"] }]), ["b", "a"]);
  const { node, draw } = adversarialPart();
  const shown = () => [node.querySelectorAll("option").length, node.querySelectorAll("details:not([open])").length, node.querySelectorAll("img").length];
  draw([{ experiments: [] }]);
  equal([shown(), node.querySelector("p").hidden], [[0, 0, 0], false]);
  draw([{ experiments: ["exp-1", "exp-2"] }]);
  equal([shown(), node.querySelector("p").hidden], [[2, 1, 0], true]);
});
test("the choice of a model stays while experiments come", () => {
  const { node, draw } = adversarialPart();
  draw([{ experiments: ["exp-1", "exp-2"] }]);
  const select = node.querySelector("select");
  select.value = "exp-1";
  select.dispatchEvent(new Event("change"));
  const gallery = node.querySelector("details");
  draw([{ experiments: ["exp-3", "exp-1", "exp-2"] }]);
  equal([select.value, select.options.length, node.querySelector("details") === gallery], ["exp-1", 3, true]);
});
test("services are told by their role, in the order of roles", () => {
  const group = (name, topic) => ({ group: name, topic, members: 0, lag: 4 });
  const rows = roles([group("checkpoints-workers", "checkpoints"), group("attack-requests-workers", "attack-requests"), group("experiments-cancellers", "experiments")]);
  equal(rows.map(row => [row.role, row.work]), [["attack worker", "attacks of trainings"], ["evaluator", "checkpoints to plan for"], ["trainer", "cancellations"]]);
});
test("throughput is records a minute, and a dash before it is known", () => {
  equal([null, 0, 0.44, 123.4].map(donePerMinute => rate({ donePerMinute })), ["–", "0", "0.4", "123"]);
});
