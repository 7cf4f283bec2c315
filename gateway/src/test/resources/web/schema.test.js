import { costOf, likeRun, medianStepMillis } from "/app/cost.js";
import { fieldsOf, limitsText, valueOf } from "/app/schema.js";
import { complaint } from "/parts/fields.js";
import { equal, test } from "./suite.js";

const SCHEMAS = {
  Spec: { required: ["dataset"], properties: {
    dataset: { type: "string" }, epochs: { type: "integer", minimum: 1, maximum: 100, default: 15, description: "passes" }, method: { type: "string", enum: ["rtda", "erm"] },
    attack: { $ref: "#/components/schemas/Attack" }, initialWeights: { $ref: "#/components/schemas/ObjectRef" } } },
  Attack: { properties: { epsilon: { type: ["number", "null"], minimum: 0, maximum: 8 }, randomStart: { type: "boolean" }, radii: { type: "array", items: { type: "number" } } } },
  ObjectRef: { properties: { key: { type: "string" } } },
};
const fields = fieldsOf(SCHEMAS, "Spec", { epochs: 15, attack: { randomStart: true } });
const field = path => fields.find(one => one.path === path);

test("a nested schema's fields follow under its name, objects of the store have none", () => {
  equal(fields.map(one => [one.path, one.kind]), [["dataset", "text"], ["epochs", "whole"], ["method", "choice"], ["attack.epsilon", "number"], ["attack.randomStart", "truth"], ["attack.radii", "numbers"]]);
  equal([field("dataset").required, field("attack.randomStart").usual], [true, true]);
});
test("limits are held before anything is sent", () => {
  equal([valueOf(field("epochs"), "0"), valueOf(field("epochs"), "1.5"), valueOf(field("epochs"), "100")], [{ wrong: "a whole number from 1 to 100" }, { wrong: "a whole number from 1 to 100" }, { value: 100 }]);
});
test("an empty field leaves the default", () => equal(valueOf(field("epochs"), " "), { value: null }));
test("false is a value", () => equal(valueOf(field("attack.randomStart"), "false"), { value: false }));
test("numbers come with commas", () => equal([valueOf(field("attack.radii"), "0.25, 0.5"), valueOf(field("attack.radii"), "0.25; 1").wrong], [{ value: [0.25, 0.5] }, "numbers, separated by commas"]));
test("nothing between two commas is no zero", () => equal(["0.25,", ",", "0.25,,0.5", "0x10"].map(text => valueOf(field("attack.radii"), text).wrong), Array(4).fill("numbers, separated by commas")));
test("a limit on one side is said and held, and one that is not allowed itself is refused", () => {
  const of = property => fieldsOf({ One: { properties: { x: property } } }, "One")[0];
  const [least, above] = [of({ type: "integer", minimum: 2 }), of({ type: "number", exclusiveMinimum: 0, maximum: 1 })];
  equal([valueOf(least, "1"), valueOf(least, "2"), limitsText(least)], [{ wrong: "a whole number of at least 2" }, { value: 2 }, "at least 2"]);
  equal([valueOf(above, "0"), valueOf(above, "1"), limitsText(above)], [{ wrong: "a number above 0, at most 1" }, { value: 1 }, "above 0, at most 1"]);
});
test("a whole number that JavaScript would change is refused", () => equal([valueOf(fieldsOf({ One: { properties: { seed: { type: "integer" } } } }, "One")[0], "9007199254740993").wrong], ["a whole number"]));
test("limits and the default are said", () => equal(limitsText(field("epochs")), "1 to 100, 15 when empty"));

test("a run's steps are whole batches, and an attack costs a gradient a step", () => {
  // 10 epochs of 3 batches of 32 from 100 images: 30 steps; 30 * 32 * (3 + 7) gradients: RTDA differentiates three views
  equal(costOf({ epochs: 10, batchSize: 32, method: "rtda", attack: { steps: 7 } }, 100), { steps: 30, gradients: 9600 });
  equal(costOf({ epochs: 10, batchSize: 32, method: "rtda", attack: { steps: 7, restarts: 2 } }, 100).gradients, 30 * 32 * (3 + 14));
  equal(costOf({ epochs: 10, batchSize: 32, method: "erm", attack: { steps: 7 } }, 100).gradients, 960);
  equal(costOf({ epochs: 10, batchSize: 32 }, undefined), null);
});
test("what is not chosen is asked for, what is wrong is said", () => equal([complaint("missing"), complaint("a number"), complaint(undefined)], ["Needed: choose a value.", "Must be a number.", null]));
test("a time is told by a run that is like it, not by another", () => {
  const spec = { dataset: "a", method: "rtda", network: "resnet8", batchSize: 32, attack: { steps: 7 } };
  const runs = [{ id: "x", status: { step: 5 }, spec: { ...spec, network: "resnet20" } }, { id: "y", status: { step: 0 }, spec }, { id: "z", status: { step: 9 }, spec }];
  equal(likeRun(runs, spec).id, "z");
  equal(medianStepMillis([{ stepMillis: 900 }, { stepMillis: 20 }, { stepMillis: 30 }]), 30);
});
