import { readAsked } from "/app/asked.js";
import { cancelPath, choiceOf } from "/pages/evaluate.js";
import { equal, test } from "./suite.js";

/** A gateway with these pages of evaluations. */
function pagesOf(...pages) {
  const asked = [];
  return {
    asked,
    async get(parts, parameters) {
      asked.push([...parts, parameters.named, parameters.cursor]);
      const place = parameters.cursor ?? 0;
      return { evaluations: pages[place], next: place + 1 < pages.length ? place + 1 : null };
    },
  };
}

test("evaluations that people asked for are one list of the gateway, in its order", async () => {
  const { get, asked } = pagesOf([{ id: "new/epoch-00003/full" }, { id: "old/epoch-00003/full" }]);
  equal(await readAsked(1, null, get), { evaluations: [{ id: "new/epoch-00003/full" }, { id: "old/epoch-00003/full" }], more: false });
  equal(asked, [["evaluations", true, null]]);
});
test("older ones are read on request, and it is said whether there are more", async () => {
  const { get, asked } = pagesOf([{ id: "c" }], [{ id: "b" }], [{ id: "a" }]);
  const [first, second] = [await readAsked(1, null, get), await readAsked(2, null, get)];
  equal([first.evaluations.map(one => one.id), first.more, second.evaluations.map(one => one.id), second.more], [["c"], true, ["c", "b"], true]);
  equal((await readAsked(9, null, get)).more, false);
  equal(asked.length, 6);
});
test("an empty page does not end the list", async () => {
  const { get } = pagesOf([], [{ id: "a" }]);
  equal(await readAsked(2, null, get), { evaluations: [{ id: "a" }], more: false });
});
test("an evaluation is cancelled by its epoch and name: a name alone is the last epoch's", () => {
  equal(cancelPath({ experiment: "exp-1", id: "exp-1/epoch-00003/full" }), ["experiments", "exp-1", "evaluations", "epoch-00003", "full", "cancel"]);
});
test("an experiment that is wanted and not there leaves the choice empty, and takes it when it comes", () => {
  const rows = [{ id: "new", name: "New", spec: {} }];
  equal(choiceOf(rows, "old", false), { options: [{ value: "", text: "Reading old …" }, { value: "new", text: "New (new)" }], value: "" });
  equal(choiceOf(rows, "old", true).options[0].text, "old is not there or has no checkpoint yet");
  equal(choiceOf([...rows, { id: "old", name: "Old", spec: {} }], "old", true).value, "old");
  equal(choiceOf(rows, "", true).value, null);
});
