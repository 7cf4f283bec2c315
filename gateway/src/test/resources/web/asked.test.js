import { askedReader } from "/app/asked.js";
import { cancelPath, choiceOf } from "/pages/evaluate.js";
import { equal, test } from "./suite.js";

const one = (experiment, epoch, state, more = {}) => ({ id: `${experiment}/epoch-0000${epoch}/full`, name: "full", epoch, state, ...more });
/** A gateway with these pages of experiments and these answers of single ones; what has no answer is refused. */
function gateway(pages, singles = {}) {
  const asked = [];
  return {
    asked,
    pages,
    async get(parts, parameters) {
      asked.push(parts.length === 1 ? `page ${parameters.cursor ?? 0} of ${parameters.limit}` : parts[1]);
      if (parts.length === 1) {
        const place = parameters.cursor ?? 0;
        return { experiments: pages[place], next: place + 1 < pages.length && parameters.limit === 200 ? place + 1 : undefined };
      }
      if (!singles[parts[1]]) throw new Error("gone");
      return singles[parts[1]];
    },
  };
}
const row = (id, submittedAt, ...furtherEvaluations) => ({ id, submittedAt, furtherEvaluations });

test("evaluations of the oldest experiment are listed too, those of the newest first", async () => {
  const { get } = gateway([[row("new", "2026-11-02", one("new", 3, "COMPLETED"))], [row("old", "2026-11-01", one("old", 3, "COMPLETED"))]]);
  equal((await askedReader(get, () => 0)()).map(found => [found.experiment, found.id]), [["new", "new/epoch-00003/full"], ["old", "old/epoch-00003/full"]]);
});
test("an experiment that does not answer costs the list nothing, another's place is told", async () => {
  const waits = one("b", 3, "WAITING");
  const { get } = gateway([[row("a", "2026-11-02", one("a", 3, "WAITING")), row("b", "2026-11-01", waits)]], { b: [{ id: "b/epoch-00003", name: null }, { ...waits, queue: { place: 2, waiting: 2 } }] });
  equal((await askedReader(get, () => 0)()).map(found => [found.experiment, found.queue?.place ?? null]), [["a", null], ["b", 2]]);
});
test("all pages are read once a minute, between them the newest and what is open", async () => {
  let now = 0;
  const { get, asked } = gateway([[row("new", "2026-11-02")], [row("old", "2026-11-01", one("old", 3, "RUNNING"))]], { old: [one("old", 3, "COMPLETED")] });
  const read = askedReader(get, () => now);
  await read();
  now = 4000;
  const [{ state }] = await read();
  now = 60_000;
  await read();
  equal([state, asked], ["COMPLETED", ["page 0 of 200", "page 1 of 200", "old", "page 0 of 50", "page 0 of 200", "page 1 of 200", "old"]]);
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
