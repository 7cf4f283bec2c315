import { drawLines, shortNumber } from "./chart.js";
import { byCondition, figure, radiusCharts } from "./robustness.js";

const API = "/api/v1";
const POLL_MILLIS = 3000;
const DRAW_MILLIS = 250;
const FIGURES_MILLIS = 1000;
const byId = id => document.getElementById(id);

/** What is known of the experiment on show; the stream begins with all of it each time it connects. */
let shown = null;
let stream = null;
let drawing = null;
let reading = null;

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) node.setAttribute(key, value);
  }
  node.append(...children.map(c => c ?? ""));
  return node;
}

async function get(path) {
  const response = await fetch(path, { headers: { accept: "application/json" } });
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail ?? response.statusText);
  return body;
}

async function allExperiments() {
  const all = [];
  let cursor = "";
  do {
    const page = await get(`${API}/experiments?limit=200${cursor}`);
    all.push(...page.experiments);
    cursor = page.next ? `&cursor=${encodeURIComponent(page.next)}` : "";
  } while (cursor !== "");
  return all;
}

// ---- the list, the workers, the dead letters: asked for every few seconds

async function poll() {
  try {
    listExperiments(await allExperiments());
    byId("connection").textContent = "";
  } catch (e) {
    byId("connection").textContent = `The gateway does not answer (${e.message})`;
  }
  try {
    listWorkers(await get(`${API}/workers`));
    byId("workers-problem").hidden = true;
  } catch (e) {
    byId("workers-problem").hidden = false;
    byId("workers-problem").textContent = e.message;
  }
  setTimeout(poll, POLL_MILLIS);
}

function listExperiments(experiments) {
  byId("no-experiments").hidden = experiments.length > 0;
  const focused = document.activeElement?.dataset?.id;
  byId("experiments").replaceChildren(...experiments.map(e => {
    const button = make("button", { type: "button", "data-id": e.id, "aria-current": String(e.id === shown?.id) },
      `${e.spec.method} on ${e.spec.dataset}`,
      make("small", {}, `${standing(e)} · seed ${e.spec.seed} · ${e.id}`));
    button.addEventListener("click", () => { location.hash = e.id; });
    return make("li", {}, button);
  }));
  if (focused) byId("experiments").querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
  const current = experiments.find(e => e.id === shown?.id);
  if (current) {
    shown.document = current;
    drawSoon();
  } else if (!location.hash && experiments.length > 0) {
    location.hash = experiments[0].id;
  }
}

/** In words: what goes on, how far it is, how long it takes. */
function standing(e) {
  const { progress } = e;
  if (!progress) return e.status.state;
  const share = progress.total ? ` ${Math.floor(100 * progress.done / progress.total)}%` : "";
  const place = progress.queue ? `, place ${progress.queue.place} of ${progress.queue.waiting}` : "";
  const left = progress.secondsLeft === null ? "" : `, about ${duration(progress.secondsLeft)} left`;
  return `${progress.phase}${share}${place}${left}`;
}

function duration(seconds) {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function listWorkers(answer) {
  byId("no-workers").hidden = answer.workers.length > 0;
  byId("workers").replaceChildren(...answer.workers.map(w => make("tr", {},
    make("td", {}, w.topic), make("td", {}, w.group),
    make("td", { class: "number" }, String(w.members)),
    make("td", { class: "number" }, w.lag === null ? "–" : String(w.lag)))));
  byId("letters-count").textContent = answer.deadLetters.count;
  byId("letters").replaceChildren(...answer.deadLetters.lastReasons.map(reason => make("li", {}, reason)));
}

// ---- one experiment: followed live

function show(id) {
  stream?.close();
  stream = null;
  shown = null;
  byId("experiment").hidden = !id;
  byId("nothing").hidden = Boolean(id);
  if (!id) return;
  shown = { id, document: null, attempt: 0, training: new Map(), evaluation: null, measured: [] };
  for (const button of byId("experiments").querySelectorAll("button")) {
    button.setAttribute("aria-current", String(button.dataset.id === id));
  }
  look(id).catch(e => {
    if (shown?.id !== id) return;
    stream?.close();
    byId("experiment").hidden = true;
    byId("nothing").hidden = false;
    byId("nothing").textContent = e.message;
  });
  follow(id);
}

/** The document knows where the experiment stands. */
async function look(id) {
  const found = await get(`${API}/experiments/${encodeURIComponent(id)}`);
  if (shown?.id === id) { shown.document = found; drawSoon(); }
}

function follow(id) {
  stream = new EventSource(`${API}/metrics/stream?experiment=${encodeURIComponent(id)}`);
  stream.addEventListener("open", () => {
    if (shown?.id !== id) return;
    shown.attempt = 0;
    shown.training.clear();
    readFiguresSoon();
  });
  // where this fails, the next poll finds out
  stream.addEventListener("status", () => look(id).catch(() => {}));
  stream.addEventListener("training", event => take(id, s => {
    const metric = JSON.parse(event.data);
    if (metric.attempt > s.attempt) {
      // a later attempt goes on from a checkpoint: what the earlier one did from there on is not part of the run
      s.attempt = metric.attempt;
      for (const step of [...s.training.keys()]) if (step >= metric.step) s.training.delete(step);
    }
    s.training.set(metric.step, metric);
  }));
  stream.addEventListener("robustness", () => readFiguresSoon());
}

function readFiguresSoon() {
  reading ??= setTimeout(() => {
    reading = null;
    if (shown) readFigures(shown).catch(() => setTimeout(readFiguresSoon, POLL_MILLIS));
  }, FIGURES_MILLIS);
}

/** The figures of the final evaluation, or before it of the latest quick one. What people asked for by name is in the report. */
async function readFigures(s) {
  const path = `${API}/experiments/${encodeURIComponent(s.id)}`;
  const own = (await get(`${path}/evaluations`)).filter(e => e.name === null && e.progress.measured > 0);
  const evaluation = own.filter(e => e.last).at(-1) ?? own.at(-1) ?? null;
  const rows = evaluation ? await get(`${path}/results?evaluation=${encodeURIComponent(evaluation.id)}`) : [];
  if (shown !== s) return;
  s.evaluation = evaluation;
  s.measured = byCondition(rows);
  drawSoon();
}

function take(id, change) {
  if (shown?.id !== id) return;
  change(shown);
  drawSoon();
}

function drawSoon() {
  drawing ??= setTimeout(() => { drawing = null; if (shown?.document) draw(shown); }, DRAW_MILLIS);
}

// ---- drawing

function draw(s) {
  const { document: doc } = s;
  const { status, progress: goingOn } = doc;
  byId("title").textContent = `${doc.spec.method} on ${doc.spec.dataset}`;
  byId("identity").textContent = doc.id;
  const problem = status.reason ?? doc.deadLetters.at(-1)?.reason;
  byId("problem").hidden = !problem;
  byId("problem").textContent = problem ? (status.reason ? `Failed: ${problem}` : `A record of this experiment could not be processed: ${problem}`) : "";

  const training = [...s.training.values()].sort((a, b) => a.step - b.step);
  const last = training.at(-1);
  const facts = [
    ["State", doc.cancelling.run ? "CANCELLING" : status.state],
    ["Step", `${status.step} of ${status.totalSteps || "?"}`],
    ["Time left", goingOn && goingOn.secondsLeft !== null ? `about ${duration(goingOn.secondsLeft)} of training` : "–"],
    ...(goingOn?.queue ? [["Place in the queue", `${goingOn.queue.place} of ${goingOn.queue.waiting}`]] : []),
    ["Epoch", `${status.epoch} of ${doc.spec.epochs}`],
    ["Loss", last ? shortNumber(last.loss) : "–"],
    ["Step time", last ? `${Math.round(last.stepMillis)} ms, ${Math.round(last.waitMillis)} waiting` : "–"],
    ["Network", doc.spec.network], ["Seed", String(doc.spec.seed)], ["Device", status.device ?? "–"],
    ["Final evaluation", doc.evaluation.planned ? `${doc.evaluation.measured + doc.evaluation.failed} of ${doc.evaluation.planned}${doc.evaluation.failed - doc.evaluation.cancelled ? `, ${doc.evaluation.failed - doc.evaluation.cancelled} failed` : ""}${doc.evaluation.cancelled ? `, ${doc.evaluation.cancelled} cancelled` : ""}` : "–"],
    ...(doc.cancelling.evaluations.length ? [["Cancelling", doc.cancelling.evaluations.join(", ")]] : []),
  ];
  byId("facts").replaceChildren(...facts.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))),
    ...(status.objective ? [make("div", { class: "wide" }, make("dt", {}, "Loss minimised"), make("dd", {}, status.objective))] : []));
  progress(byId("progress"), status.step, status.totalSteps);
  progress(byId("evaluation"), doc.evaluation.measured + doc.evaluation.failed, doc.evaluation.planned);
  const path = `${API}/experiments/${encodeURIComponent(doc.id)}`;
  byId("report").href = `${path}/report`;
  byId("csv").href = `${path}/results?format=csv`;
  byId("model").href = `${path}/model`;
  byId("cancel").hidden = inWords(left(doc)) === "";

  drawLines(byId("loss"), "Training loss by step", "step",
    [{ name: "loss", points: training.map(m => ({ x: m.step, y: m.loss })) }, ...parts(training, "terms")]);
  drawLines(byId("accuracy"), "Accuracy on the batch by step", "step", parts(training, "accuracy"), [0, 1]);
  drawRobustness(s);
}

function progress(bar, value, total) {
  bar.setAttribute("aria-valuemax", total || 1);
  bar.setAttribute("aria-valuenow", value);
  bar.firstElementChild.style.width = total ? `${100 * value / total}%` : "0";
}

function parts(training, field) {
  const names = [...new Set(training.flatMap(m => Object.keys(m[field])))].sort();
  return names.map(name => ({ name, points: training.filter(m => name in m[field]).map(m => ({ x: m.step, y: m[field][name] })) }));
}

function drawRobustness(s) {
  const { evaluation, measured } = s;
  byId("robustness-note").textContent = !evaluation ? "" : evaluation.last
    ? "Final evaluation, test images, bars are 95% intervals."
    : `Quick evaluation after epoch ${evaluation.epoch}, validation images, bars are 95% intervals.`;
  const failed = (evaluation?.gates ?? []).filter(gate => gate.outcome === "FAILED");
  byId("robustness-gates").replaceChildren(...failed.map(gate => make("li", {}, `⚑ ${gate.gate}: ${gate.finding}`)));
  const charts = radiusCharts(measured);
  byId("robustness").replaceChildren(...(charts.length === 0 ? [make("p", { class: "soft" }, "Nothing yet.")]
    : charts.map(() => make("div", { class: "plot" }))));
  charts.forEach((chart, i) => drawRadiusChart(byId("robustness").children[i], chart));
  const figures = charts.flatMap(chart => chart.figures.map(f => ({ norm: chart.norm, ...f })));
  byId("attacks").replaceChildren(...(figures.length === 0 ? [] : [
    make("thead", {}, make("tr", {}, ...["Attack", "Radius", "Accuracy", "n", "Fails"].map(name => make("th", { scope: "col" }, name)))),
    make("tbody", {}, ...figures.map(f => make("tr", {}, make("th", { scope: "row" }, f.name),
      make("td", {}, `${normName(f.norm)} ${shortNumber(f.epsilon)}${f.unbounded ? ", holds every image" : ""}`),
      make("td", {}, interval(f.accuracy), make("br"), make("small", {}, beside(f.accuracy))),
      make("td", { class: "number" }, images(f.measured, f.accuracy)),
      make("td", {}, flags(f.failedGates)))))]));
  drawHeat(measured.filter(m => m.condition.kind === "CORRUPTION"));
  const rows = measured.filter(m => m.condition.kind === "CLEAN" || m.condition.kind === "SHIFT");
  const metrics = ["accuracy", "balanced-accuracy", "auroc", "sensitivity", "specificity"];
  byId("others").replaceChildren(
    make("thead", {}, make("tr", {}, ...["Images", ...metrics, "n"].map(name => make("th", { scope: "col" }, name)))),
    make("tbody", {}, ...rows.map(m => make("tr", {}, make("th", { scope: "row" }, `${m.condition.kind === "CLEAN" ? "clean, " : ""}${m.condition.split}`,
      make("br"), make("small", {}, flags(m.failedGates))),
      ...metrics.map(metric => make("td", {}, interval(figure(m, metric)), make("br"), make("small", {}, beside(figure(m, metric))))),
      make("td", { class: "number" }, m.values[0] ? images(m, m.values[0]) : "")))));
}

function drawRadiusChart(container, { norm, series, constant }) {
  const widest = Math.max(0, ...series.flatMap(line => line.points.map(p => p.x)));
  const level = constant === null || series.length === 0 ? []
    : [{ name: "a constant answer", points: [0, widest].map(x => ({ x, y: constant })) }];
  drawLines(container, `Accuracy against ${normName(norm)} attacks by radius`, `${normName(norm)} radius (pixels in [0,1])`, [...series, ...level], [0, 1]);
}

function normName(norm) {
  return norm === "l2" ? "L2" : norm === "linf" ? "Linf" : norm;
}

/** The gates that a condition's figures fail: they do not stand. */
function flags(failedGates) {
  return failedGates.length ? `⚑ ${failedGates.join(", ")}` : "";
}

/** How many images a figure of a condition is about; one about a class has fewer than the condition. */
function images(m, f) {
  return m.subset && m.subset.images === f.n ? `${f.n} of ${m.subset.of}, drawn by class` : String(f.n);
}

function interval(f) {
  if (!f) return "–";
  return f.low === undefined || f.low === null ? f.value.toFixed(3) : `${f.value.toFixed(3)} [${f.low.toFixed(3)}, ${f.high.toFixed(3)}]`;
}

/** What an answer that is the same for every image scores, and on what the figure rests that nobody has said. */
function beside(f) {
  if (!f) return "";
  return [f.constant === undefined || f.constant === null ? "" : `constant answer ${f.constant.toFixed(3)}`,
    f.healthyClassAssumed ? "class 0 assumed healthy" : ""].filter(Boolean).join(", ");
}

function drawHeat(measured) {
  const table = byId("corruptions");
  if (measured.length === 0) {
    table.replaceChildren(make("tbody", {}, make("tr", {}, make("td", { class: "empty" }, "Nothing yet."))));
    return;
  }
  const names = [...new Set(measured.map(m => m.condition.corruption))];
  const severities = [1, 2, 3, 4, 5];
  table.replaceChildren(
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Corruption"), ...severities.map(v => make("th", { scope: "col" }, String(v))))),
    make("tbody", {}, ...names.map(name => make("tr", {}, make("th", { scope: "row" }, name), ...severities.map(severity => {
      const found = measured.find(m => m.condition.corruption === name && m.condition.severity === severity);
      const f = found && figure(found, "balanced-accuracy");
      if (!f) return make("td", { class: "empty" }, "–");
      const cell = make("td", { title: `${name}, severity ${severity}: ${interval(f)}, n ${images(found, f)}${[beside(f), flags(found.failedGates)].filter(Boolean).map(more => `, ${more}`).join("")}` },
        `${f.value.toFixed(2)}${found.failedGates.length ? " ⚑" : ""}`);
      cell.style.background = heat(f.value, f.constant);
      return cell;
    })))));
}

/** From orange at what a constant answer scores (and below) over pale to blue at 1; light enough for dark text throughout. */
function heat(value, constant) {
  const chance = Math.min(constant ?? 0.5, 0.99);
  const share = Math.max(0, Math.min(1, (value - chance) / (1 - chance)));
  const hue = share < 0.5 ? 28 : 208;
  const depth = Math.abs(share - 0.5) * 2;
  return `hsl(${hue} 85% ${95 - 30 * depth}%)`;
}

/** What cancelling would end, beyond what was asked to end already. */
function left({ unfinished, cancelling }) {
  return {
    run: cancelling.run ? null : unfinished.run,
    evaluations: unfinished.evaluations.filter(id => !cancelling.evaluations.includes(id)),
  };
}

function inWords({ run, evaluations }) {
  return [run && run.toLowerCase(), evaluations.length && `evaluations ${evaluations.join(", ")}`].filter(Boolean).join("; ");
}

byId("cancel").addEventListener("click", async () => {
  if (!shown || !confirm(`Cancel this experiment? This ends: ${inWords(left(shown.document))}. What was saved stays.`)) return;
  const response = await fetch(`${API}/experiments/${encodeURIComponent(shown.id)}/cancel`, { method: "POST" });
  const body = await response.json();
  if (response.ok) {
    shown.document = body;
    drawSoon();
  } else {
    byId("problem").hidden = false;
    byId("problem").textContent = body.detail;
  }
});
addEventListener("resize", () => { if (shown) drawSoon(); });
/** The experiment that the address names; none where the address cannot be decoded. */
function named() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

addEventListener("hashchange", () => show(named()));
show(named());
poll();
