import { connection } from "/app/connection.js";
import { experiments } from "/app/experiments.js";
import { comparePage } from "/pages/compare.js";
import { datasetPage } from "/pages/dataset.js";
import { datasetsPage } from "/pages/datasets.js";
import { evaluatePage } from "/pages/evaluate.js";
import { experimentPage } from "/pages/experiment.js";
import { experimentsPage } from "/pages/experiments.js";
import { submitPage } from "/pages/submit.js";
import { workersPage } from "/pages/workers.js";
import { calibrationPart } from "/parts/calibration.js";
import { equal, gateway, test, turnTab, until } from "./suite.js";

/** A page in the document, over a gateway with these answers; both go at its end. */
async function onPage(make, answers, run) {
  const served = gateway(answers);
  const before = location.href;
  const page = make();
  document.body.append(page.node);
  try {
    await run(page, served);
  } finally {
    page.close();
    page.node.remove();
    served.end();
    history.replaceState(null, "", before);
    experiments.set({ rows: [], complete: false });
  }
}
const failing = status => () => { throw { status }; };
const place = (path, query = "") => ({ path, parameters: new URLSearchParams(query) });
const manifest = more => ({ name: "busi", importedAt: "2026-11-02T10:00:00Z", channels: 1, height: 28, width: 28, classes: ["benign", "malignant"], splits: { train: { count: 96, classCounts: { 0: 48, 1: 48 } } }, sourceSha256: {}, ...more });
const row = (id, more = {}) => ({
  id, submittedAt: "2026-11-02T10:00:00Z", spec: { dataset: "busi", method: "rtda", network: "resnet8", seed: 1, epochs: 2, lambda: 12, attack: { name: "pgd-l2", norm: "l2", epsilon: 0.5, steps: 7 } },
  status: { state: "TRAINED" }, progress: null, headline: null, unfinished: { run: null, evaluations: [] }, ...more,
});

test("data sets that could not be read at first are shown later, and one that is imported elsewhere comes", async () => {
  let reads = 0;
  const answers = { "/datasets": () => { reads += 1; if (reads === 1) throw { status: 503 }; return reads === 2 ? [manifest()] : [manifest(), manifest({ name: "chest" })]; } };
  await onPage(() => datasetsPage(), answers, async ({ node }) => {
    await until(() => node.textContent.includes("Trying again."));
    for (const cards of [1, 2]) {
      turnTab(true);
      turnTab(false);
      await until(() => node.querySelectorAll("article").length === cards);
    }
    equal([node.textContent.includes("Trying again.") && !node.querySelector(".problem").closest("[hidden]"), node.querySelector("article h2").textContent], [false, "busi"]);
  });
});
test("where there is no data set the page says how to import one", () => onPage(() => datasetsPage(), { "/datasets": [] }, async ({ node }) => {
  await until(() => node.textContent.includes("No data set yet."));
  equal(node.querySelector(".empty").hidden, false);
}));
test("a data set that the gateway does not know yet is looked for until it does, and follows its experiments", async () => {
  let reads = 0;
  const versions = { "/datasets/busi/versions": () => [{ manifest: manifest(), latest: true, experiments: reads > 2 ? ["exp-1"] : [] }] };
  await onPage(() => datasetPage(place(["datasets", "busi"])), { ...versions, "/datasets/busi": () => { reads += 1; if (reads === 1) throw { status: 404, body: { detail: "no data set busi" } }; return manifest(); } }, async ({ node }) => {
    await until(() => node.textContent.includes("no data set busi") && node.textContent.includes("Trying again."));
    turnTab(true);
    turnTab(false);
    await until(() => node.textContent.includes("no experiment was made from this data set yet"));
    const kept = node.querySelector("#split");
    turnTab(true);
    turnTab(false);
    await until(() => node.querySelector("a[href='#/experiments/exp-1']") !== null);
    equal([node.querySelector("#split") === kept, node.querySelector("#against").value], [true, "exp-1"]);
  });
});
test("a data set without subgroups has no section of them", () => onPage(() => datasetPage(place(["datasets", "busi"])), { "/datasets/busi": manifest({ subgroups: {} }), "/datasets/busi/versions": [] }, async ({ node }) => {
  await until(() => node.textContent.includes("Provenance"));
  equal([...node.querySelectorAll("h2")].map(title => title.textContent).includes("Subgroups"), false);
}));
test("the form of a new experiment waits for what it is made of", async () => {
  let reads = 0;
  const schemas = { ExperimentSpec: { required: ["dataset"], properties: { dataset: { type: "string" }, epochs: { type: "integer", minimum: 1, maximum: 100 } } } };
  const answers = { "/q/openapi": { components: { schemas } }, "/known": { defaults: { epochs: 15 } }, "/datasets": () => { reads += 1; if (reads === 1) throw {}; return [manifest()]; } };
  await onPage(() => submitPage(place(["new"], "dataset=busi")), answers, async ({ node }) => {
    await until(() => node.textContent.includes("The gateway does not answer."));
    turnTab(true);
    turnTab(false);
    await until(() => node.querySelector("form") !== null);
    equal([node.querySelector("#field-dataset").value, node.querySelector("#field-epochs").placeholder], ["busi", "15"]);
  });
});
test("a run again on images of another size takes no radius along, and says so", async () => {
  const attack = { properties: { epsilon: { type: "number" }, norm: { type: "string" } } };
  const schemas = { ExperimentSpec: { properties: { dataset: { type: "string" }, attack: { $ref: "#/components/schemas/Attack" } } }, Attack: attack };
  const earlier = { ...row("exp-1"), spec: { ...row("exp-1").spec, attack: { norm: "l2", epsilon: 0.5 } } };
  const answers = { "/q/openapi": { components: { schemas } }, "/known": { defaults: {} }, "/datasets": [manifest(), manifest({ name: "large", height: 224, width: 224 })], "/experiments/exp-1": earlier };
  await onPage(() => submitPage(place(["new"], "from=exp-1")), answers, async ({ node }) => {
    await until(() => node.querySelector("form") !== null);
    const [dataset, epsilon] = [node.querySelector("#field-dataset"), node.querySelector("#field-attack-epsilon")];
    const before = epsilon.value;
    dataset.value = "large";
    dataset.dispatchEvent(new Event("input"));
    equal([before, epsilon.value, node.textContent.includes("The radii of exp-1 are of images of another size and are left out: attack.epsilon.")], ["0.5", "", true]);
  });
});
test("whoever has left the form stays where they are, and is told where the submission has failed", async () => {
  const schemas = { ExperimentSpec: { properties: { dataset: { type: "string" } } } };
  let refuse;
  const answers = { "/q/openapi": { components: { schemas } }, "/known": { defaults: {} }, "/datasets": [manifest()] };
  await onPage(() => submitPage(place(["new"])), answers, async page => {
    await until(() => page.node.querySelector("form") !== null);
    const served = globalThis.fetch;
    globalThis.fetch = () => new Promise(answer => { refuse = () => answer(new Response(JSON.stringify({ detail: "the broker is gone" }), { status: 503 })); });
    page.node.querySelector("form").dispatchEvent(new Event("submit", { cancelable: true }));
    await until(() => refuse !== undefined);
    page.node.remove();
    globalThis.fetch = served;
    refuse();
    await until(() => connection.get().trouble === "The experiment was not submitted: the broker is gone");
    submitPage(place(["new"])).close();
    equal(connection.get().trouble, null);
  });
});
test("a comparison that was refused for a while is shown, and read again when an experiment has new figures", async () => {
  let reads = 0;
  const found = { dataset: "busi", groups: [{ name: "rtda", specification: {} }, { name: "erm", specification: {} }], conditions: [] };
  const rows = value => [row("a", { headline: { clean: { value } } }), row("b")];
  await onPage(() => comparePage(place(["compare"], "experiments=a,b")), { "/comparisons": () => { reads += 1; if (reads === 1) throw { status: 404, body: { detail: "a is not known" } }; return found; } }, async ({ node }) => {
    await until(() => node.textContent.includes("a is not known"));
    turnTab(true);
    turnTab(false);
    await until(() => node.textContent.includes("Figures and differences"));
    for (const value of [0.5, 0.5, 0.75]) {
      experiments.set({ rows: rows(value), complete: true });
      await until(() => node.querySelector(".badge a").textContent.includes("rtda"));
    }
    // refused, answered, when the list has come, and when a figure has changed
    await until(() => reads === 4);
  });
});
test("a comparison that is opened by its link misses nothing that was measured before the list has come", async () => {
  let reads = 0;
  const found = name => ({ dataset: "busi", groups: [{ name, specification: {} }, { name: "erm", specification: {} }], conditions: [] });
  await onPage(() => comparePage(place(["compare"], "experiments=a,b")), { "/comparisons": () => { reads += 1; return found(reads === 1 ? "before" : "after"); } }, async ({ node }) => {
    await until(() => node.textContent.includes("before"));
    experiments.set({ rows: [row("a", { headline: { clean: { value: 0.75 } } }), row("b")], complete: true });
    await until(() => node.querySelector("thead").textContent.includes("after"));
    equal(reads, 2);
  });
});
test("a comparison that is read again goes into the charts, the table and the settings that there are", async () => {
  const { given, gone, end } = plots();
  const at = (condition, conditionDetails, value) => ({ condition, conditionDetails, attackFamily: conditionDetails.attack ? "PGD" : null, figures: [0, 1].map(group => ({ group, metric: "balanced-accuracy", figure: { value, low: 0, high: 1 }, n: 8 })), differences: [{ group: 1, finding: "NOT_SHOWN", combined: 0.5, accuracy: { mean: 0.25 }, balancedAccuracy: { mean: 0.25, low: 0, high: 0.5 } }] });
  const attack = epsilon => at(`pgd-l2-10@${epsilon}`, { kind: "ATTACK", split: "test", attack: { name: "pgd-l2", norm: "l2", steps: 10, epsilon } }, 0.5);
  const conditions = [at("clean", { kind: "CLEAN", split: "test" }, 0.75), attack(0.25)];
  const answers = [conditions, [...conditions, attack(0.5)]];
  experiments.set({ rows: [row("a"), row("b")], complete: true });
  await onPage(() => comparePage(place(["compare"], "experiments=a,b")), { "/comparisons": () => ({ dataset: "busi", groups: ["rtda", "erm"].map(name => ({ name, specification: { seed: 1 } })), conditions: answers.shift() }) }, async ({ node }) => {
    await until(() => node.querySelectorAll("tbody tr").length > 1);
    const [chart, rowOfClean, settings] = [".chart", "tbody tr", "details"].map(selector => node.querySelector(selector));
    settings.open = true;
    equal([given, rowOfClean.textContent.includes("0.750"), rowOfClean.textContent.includes("+0.250 0.000 to +0.500accuracy +0.250 not shown, p 0.500")], [[2], true, true]);
    experiments.set({ rows: [row("a", { headline: { clean: { value: 0.5 } } }), row("b")] });
    await until(() => node.textContent.includes("pgd-l2-10@0.5"));
    equal([given, gone.length, [chart, rowOfClean, settings].every(kept => kept.isConnected), settings.open], [[2, 3], 0, true, true]);
  });
  end();
});
test("a comparison is read again when an experiment has new figures while the first answer is under way", async () => {
  const answers = [];
  const found = name => ({ dataset: "busi", groups: [{ name, specification: {} }, { name: "erm", specification: {} }], conditions: [] });
  const rows = value => [row("a", { headline: { clean: { value } } }), row("b")];
  experiments.set({ rows: rows(0.5), complete: true });
  await onPage(() => comparePage(place(["compare"], "experiments=a,b")), { "/comparisons": () => new Promise(answer => answers.push(answer)) }, async ({ node }) => {
    experiments.set({ rows: rows(0.75) });
    let isTold = false;
    const leave = experiments.subscribe(() => { isTold = true; });
    await until(() => isTold);
    leave();
    answers[0](found("before"));
    await until(() => answers.length === 2);
    answers[1](found("after"));
    await until(() => node.querySelector("thead").textContent.includes("after"));
  });
});
test("the button of a page of the list keeps the focus, and ticks of columns follow the address", () => onPage(() => experimentsPage(place(["experiments"])), {}, async ({ node, update }) => {
  experiments.set({ rows: Array.from({ length: 150 }, (_, i) => row(`exp-${String(i).padStart(3, "0")}`)), complete: true });
  await until(() => node.querySelectorAll("tbody tr").length === 100);
  const second = node.querySelector("[aria-label='Page 2']");
  second.focus();
  second.click();
  equal([document.activeElement === second, second.getAttribute("aria-current"), node.querySelectorAll("tbody tr").length], [true, "page", 50]);
  const ticks = () => [...node.querySelectorAll(".choices input:checked")].map(box => box.value);
  const usual = ticks();
  update(new URLSearchParams("columns=seed,tags&page=-1"));
  equal([ticks(), usual.includes("clean"), node.querySelectorAll("tbody tr").length], [["seed", "tags"], true, 100]);
}));
test("clearing the filters leads the keyboard back to the search", () => onPage(() => experimentsPage(place(["experiments"], "q=none")), {}, async ({ node }) => {
  experiments.set({ rows: [row("exp-1")], complete: true });
  await until(() => node.textContent.includes("0 of 1 experiment"));
  const clear = node.querySelector("button.quiet");
  clear.focus();
  clear.click();
  equal([document.activeElement.id, clear.hidden, node.querySelectorAll("tbody tr").length], ["search", true, 1]);
}));
test("older evaluations are listed on request", async () => {
  const one = id => ({ id: `${id}/epoch-00003/full`, experiment: id, name: "full", epoch: 3, suite: "full", state: "COMPLETED", queue: null, progress: { planned: 2, measured: 2, failed: 0 }, gates: [] });
  const list = url => url.includes("cursor") ? { evaluations: [one("old")], next: null } : { evaluations: [one("new")], next: "x" };
  await onPage(() => evaluatePage(place(["evaluate"])), { "/evaluations": list, "/experiments": { experiments: [] } }, async ({ node }) => {
    await until(() => node.querySelectorAll("tbody tr").length === 1);
    const older = node.querySelector("section button");
    older.focus();
    older.click();
    await until(() => node.querySelectorAll("tbody tr").length === 2);
    equal([older.hidden, document.activeElement.getAttribute("aria-label")], [true, "Evaluations that were asked for"]);
  });
});
test("workers that are missing are named, and what one answer tells is shown without the other", () => onPage(() => workersPage(), { "/workers": { workers: [{ group: "attack-requests-workers", topic: "attack-requests", members: 0, lag: 4, partitions: 8, lastSeen: null }] }, "/dead-letters": failing(503) }, async ({ node }) => {
  await until(() => node.textContent.includes("Work waits and nobody takes it: no attack worker is running."));
  equal(node.querySelectorAll("tbody tr").length, 1);
}));

/** Charts as the pages draw them, how many points each has been given, and which have gone. */
function plots() {
  const given = [];
  const gone = [];
  globalThis.uPlot = class {
    constructor(options, data) { this.take(data); }
    take(data) { this.data = data; this.scales = { x: { min: data[0][0], max: data[0].at(-1) } }; given.push(data[0].length); }
    setData(data) { this.take(data); }
    redraw() {}
    setSize() {}
    destroy() { gone.push(this); }
  };
  return { given, gone, end() { delete globalThis.uPlot; } };
}
const experiment = { ...row("exp-1"), status: { state: "RUNNING", step: 3, totalSteps: 10, epoch: 1 }, progress: { phase: "TRAINING", done: 3, total: 10 }, unfinished: { run: "TRAINING", evaluations: [] }, cancelling: { run: null, evaluations: [] }, evaluation: { completed: false }, deadLetters: [], furtherEvaluations: [] };
const step = number => ({ data: JSON.stringify({ attempt: 1, step: number, epoch: 1, loss: 1, terms: {}, accuracy: {}, stepMillis: 40, waitMillis: 30 }) });

test("a tab that is shown again keeps the charts that it had", async () => {
  const streams = [];
  const real = globalThis.EventSource;
  globalThis.EventSource = class {
    listeners = new Map();
    constructor() { streams.push(this); }
    addEventListener(type, listener) { this.listeners.set(type, listener); }
    close() {}
    say(type, event) { this.listeners.get(type)(event); }
  };
  const { given, end } = plots();
  await onPage(() => experimentPage(place(["experiments", "exp-1"])), { "/experiments/exp-1": experiment, "/experiments/exp-1/evaluations": [], "/known": { defaults: {} } }, async ({ node }) => {
    await until(() => node.querySelector("#smoothing") !== null);
    [1, 2, 3].forEach(number => streams[0].say("training", step(number)));
    await until(() => given.includes(3));
    turnTab(true);
    turnTab(false);
    const before = given.length;
    streams[1].say("open");
    // the stream begins with all that is known
    streams[1].say("training", step(1));
    await until(() => given.length > before);
    equal([streams.length, given.slice(before).every(points => points === 3)], [2, true]);
  });
  end();
  globalThis.EventSource = real;
});
test("an experiment that the gateway hears of later is shown then, on the same page and with its stream", async () => {
  const streams = [];
  const real = globalThis.EventSource;
  globalThis.EventSource = class { isOpen = true; constructor() { streams.push(this); } addEventListener() {} close() { this.isOpen = false; } };
  let isThere = false;
  const answer = document_ => () => { if (isThere) return document_; throw { status: 404, body: { detail: "no experiment exp-1" } }; };
  await onPage(() => experimentPage(place(["experiments", "exp-1"])), { "/experiments/exp-1": answer(experiment), "/experiments/exp-1/evaluations": answer([]), "/known": { defaults: {} } }, async ({ node }) => {
    await until(() => node.textContent.includes("no experiment exp-1"));
    equal([node.querySelector("h1").textContent, streams.map(stream => stream.isOpen)], ["No such experiment", [false]]);
    isThere = true;
    turnTab(true);
    turnTab(false);
    await until(() => node.querySelector("h1").textContent === "rtda on busi");
    equal(streams.at(-1).isOpen, true);
    isThere = false;
    turnTab(true);
    turnTab(false);
    await until(() => node.querySelector("h1").textContent === "No such experiment");
  });
  globalThis.EventSource = real;
});
test("a saved name is not overwritten by what was read before it", async () => {
  const real = globalThis.EventSource;
  const streams = [];
  globalThis.EventSource = class {
    listeners = new Map();
    constructor() { streams.push(this); }
    addEventListener(type, listener) { this.listeners.set(type, listener); }
    close() {}
  };
  const { given, end } = plots();
  // the first read is answered at once; the change and the read after it when the test says so
  const asked = [];
  const answers = { "/experiments/exp-1/evaluations": [], "/known": { defaults: {} }, "/experiments/exp-1": () => asked.length === 0 ? { ...experiment, name: "Before" } : new Promise(answer => asked.push(answer)) };
  await onPage(() => experimentPage(place(["experiments", "exp-1"])), answers, async ({ node }) => {
    await until(() => node.querySelector("#describe-name")?.value === "Before");
    const name = node.querySelector("#describe-name");
    asked.push(null);
    name.value = "After";
    name.form.dispatchEvent(new Event("submit", { cancelable: true }));
    await until(() => asked.length === 2);
    asked[1]({ ...experiment, name: "After" });
    await until(() => node.textContent.includes("Saved.") && asked.length === 3);
    // an event draws the experiment that is known
    streams[0].listeners.get("training")(step(1));
    await until(() => given.includes(1));
    equal(name.value, "After");
    asked[2]({ ...experiment, name: "Renamed" });
    await until(() => name.value === "Renamed");
  });
  end();
  globalThis.EventSource = real;
});
test("an experiment that comes back has one part that reads its defaults, not also the one it had before", async () => {
  const real = globalThis.EventSource;
  globalThis.EventSource = class { addEventListener() {} close() {} };
  let isThere = true;
  let reads = 0;
  const answer = document_ => () => { if (isThere) return document_; throw { status: 404, body: { detail: "no experiment exp-1" } }; };
  const answers = { "/experiments/exp-1": answer(experiment), "/experiments/exp-1/evaluations": answer([]), "/known": () => { reads += 1; throw { status: 503 }; } };
  const comeBack = () => { turnTab(true); turnTab(false); };
  await onPage(() => experimentPage(place(["experiments", "exp-1"])), answers, async ({ node }) => {
    await until(() => node.textContent.includes("Trying again."));
    isThere = false;
    comeBack();
    await until(() => node.querySelector("h1").textContent === "No such experiment");
    isThere = true;
    comeBack();
    await until(() => node.textContent.includes("Trying again."));
    const before = reads;
    // each part that reads does so at once
    comeBack();
    equal(reads - before, 1);
  });
  globalThis.EventSource = real;
});
test("charts of calibration are closed when no final evaluation is complete any more", async () => {
  const { given, gone, end } = plots();
  const chart = { title: "clean", series: [{ name: "clean", style: "MARKS", points: [{ x: 0.7, y: 0.5, low: 0.25, high: 0.75, flags: [] }] }] };
  const final = { id: "b", last: true, progress: { completed: true } };
  await onPage(() => calibrationPart("exp-1"), { "/experiments/exp-1/report.json": { sections: [{ id: "calibration", blocks: [{ chart }] }] } }, async ({ node, draw }) => {
    draw([final]);
    await until(() => given.length === 1);
    draw([{ ...final, progress: { completed: false } }]);
    equal([gone.length, node.textContent], [1, "The final evaluation tells it, once it is complete."]);
  });
  end();
});
test("an experiment whose reader is signed out says so, and is shown when they have signed in elsewhere", async () => {
  const real = globalThis.EventSource;
  globalThis.EventSource = class { addEventListener() {} close() {} };
  let isIn = false;
  const answer = document_ => () => { if (isIn) return document_; throw { status: 401 }; };
  await onPage(() => experimentPage(place(["experiments", "exp-1"])), { "/experiments/exp-1": answer(experiment), "/experiments/exp-1/evaluations": answer([]), "/known": answer({ defaults: {} }) }, async ({ node }) => {
    await until(() => node.querySelector("h1")?.textContent === "Signed out");
    equal([node.querySelector("a").textContent, connection.get().signedOut], ["Sign in again", true]);
    isIn = true;
    turnTab(true);
    turnTab(false);
    await until(() => node.querySelector("h1").textContent === "rtda on busi");
    equal(connection.get().signedOut, false);
  });
  globalThis.EventSource = real;
});
