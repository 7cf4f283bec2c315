// One experiment, followed live.
import { address, get, post } from "../app/api.js";
import { h, show } from "../app/element.js";
import { duration, plural, radius, time } from "../app/format.js";
import { follow } from "../app/live.js";
import { poll } from "../app/poll.js";
import { link } from "../app/router.js";
import { createStore } from "../app/store.js";
import { emptyCourse, takeRobustness, takeTraining } from "../app/training.js";
import { badge, facts, howFar, problemBox, section, standing } from "../parts/badges.js";
import { band, gateList } from "../parts/band.js";
import { coursePart } from "../parts/course.js";
import { galleryPart } from "../parts/gallery.js";
import { resultsPart } from "../parts/results.js";
import { specificationPart } from "../parts/specification.js";
import { storyOf, storyPart } from "../parts/story.js";

const READ_MILLIS = 1000;
const LOOK_MILLIS = 15_000;
const DRAW_MILLIS = 200;

export function experimentPage({ path, parameters }) {
  const id = path[1];
  let wanted = parameters.get("evaluation");
  const store = createStore({ experiment: null, evaluations: [], rows: [], of: null, revision: 0 }, task => setTimeout(task, DRAW_MILLIS));
  const course = emptyCourse();
  const statuses = new Map();
  let reading = null;

  const frame = h("div", {}, h("p", { class: "soft" }, "Reading …"));
  const parts = { course: coursePart(), results: resultsPart(), story: storyPart() };
  const inShort = h("div");
  const head = h("div");
  const told = h("div", { "aria-live": "polite" });
  const gates = h("div");
  const choice = h("select", { id: "evaluation", on: { change: event => { location.hash = link(["experiments", id], { evaluation: event.target.value }); } } });

  async function look(signal) {
    const [experiment, evaluations] = await Promise.all([get(["experiments", id], {}, signal), get(["experiments", id, "evaluations"], {}, signal)]);
    const shown = chosen(evaluations, wanted);
    const rows = shown ? await get(["experiments", id, "results"], { evaluation: shown.id }, signal) : [];
    if (shown?.id !== store.get().of?.id) parts.results.clear();
    store.set({ experiment, evaluations, rows, of: shown });
  }
  // events come by the hundred, figures are asked for once a second at most
  const looking = poll("experiment", async signal => {
    try {
      await look(signal);
    } catch (e) {
      if (e.passes || e.name === "AbortError") throw e;
      frame.replaceChildren(h("h1", {}, "No such experiment"), problemBox(e), h("p", {}, h("a", { href: "#/experiments" }, "All experiments")));
    }
  }, LOOK_MILLIS);
  const lookSoon = () => { reading ??= setTimeout(() => { reading = null; looking.now(); }, READ_MILLIS); };
  const changed = () => store.set({ revision: store.get().revision + 1 });

  const unfollow = follow(id, {
    open: () => { Object.assign(course, emptyCourse()); },
    status: status => { statuses.set(status.id, status); lookSoon(); changed(); },
    training: metric => { takeTraining(course, metric); changed(); },
    robustness: metric => { takeRobustness(course, metric); lookSoon(); changed(); },
  });

  let says = "";
  let drawn = null;
  function draw({ experiment, evaluations, rows, of }) {
    if (!experiment) return;
    if (!head.isConnected) frame.replaceChildren(...layout(experiment));
    const now = JSON.stringify([experiment, evaluations]);
    if (now !== says) {
      says = now;
      head.replaceChildren(headOf(experiment));
      inShort.replaceChildren(band(experiment, evaluations));
      const all = evaluations.filter(one => one.epoch === experiment.headline?.epoch).flatMap(one => one.gates);
      gates.replaceChildren(all.length ? gateList(all) : h("p", { class: "soft" }, "No gate has been judged. A full evaluation judges every gate."));
      fillChoice(choice, evaluations, of);
    }
    parts.course.draw(course);
    if (rows !== drawn) parts.results.draw(rows);
    drawn = rows;
    parts.story.draw(storyOf(experiment, statuses, evaluations));
  }

  function layout(experiment) {
    return [
      h("a", { class: "back", href: "#/experiments" }, "← Experiments"), head, told, inShort,
      section("While it trains", parts.course.node),
      section("Results", h("p", { class: "inline" }, h("label", { for: "evaluation" }, "Evaluation"), choice), parts.results.node),
      section("Gates: can the figures be believed?", gates),
      section("Images that were turned", galleryPart(id)),
      section("Events and failures", parts.story.node),
      section("Specification", specificationPart(experiment)),
    ];
  }

  function headOf(experiment) {
    const { spec, status, progress } = experiment;
    const left = remaining(experiment);
    return h("div", {},
      h("div", { class: "head" }, h("h1", {}, experiment.name ?? `${spec.method} on ${spec.dataset}`), badge(standing(experiment)), h("span", { class: "soft" }, howFar(experiment))),
      progress && h("div", { class: "track", role: "progressbar", "aria-label": "Progress", "aria-valuemin": "0", "aria-valuemax": progress.total || 1, "aria-valuenow": progress.done },
        h("span", { class: "bar-fill", style: { width: `${progress.total ? 100 * progress.done / progress.total : 0}%` } })),
      facts([
        ["Id", id], ["Network", spec.network], ["Attack in training", `${spec.attack.name}, ${radius(spec.attack)}, ${plural(spec.attack.steps, "step")}`], ["Seed", String(spec.seed)],
        ["Step", `${status.step} of ${status.totalSteps || "?"}`], ["Epoch", `${status.epoch} of ${spec.epochs}`],
        progress && Number.isFinite(progress.secondsLeft) && ["Time left", duration(progress.secondsLeft)],
        ["Device", status.device ?? "–"], ["Submitted", time(experiment.submittedAt)], (experiment.tags ?? []).length > 0 && ["Tags", experiment.tags.join(", ")],
      ]),
      status.reason && h("p", { class: "problem" }, `Failed: ${status.reason}`),
      h("div", { class: "actions" },
        h("a", { class: "button primary", href: address(["experiments", id, "report"]) }, "Report"),
        h("a", { class: "button", href: link(["evaluate"], { experiment: id }) }, "Evaluate"),
        h("a", { class: "button", href: link(["compare"], { experiments: id }) }, "Compare"),
        h("a", { class: "button", href: address(["experiments", id, "results"], { format: "csv" }) }, "Results as CSV"),
        experiment.headline?.last && h("a", { class: "button", href: address(["experiments", id, "model"]) }, "Model (ONNX)"),
        left && h("button", { type: "button", class: "danger", on: { click: () => cancel(left) } }, "Cancel")));
  }

  async function cancel(left) {
    if (!confirm(`Cancel this experiment? This ends: ${left}. What was saved stays.`)) return;
    try {
      await post(["experiments", id, "cancel"]);
      told.replaceChildren(h("p", { class: "said" }, "Cancelling. What has been saved stays."));
    } catch (e) {
      told.replaceChildren(problemBox(e));
    }
    looking.now();
  }

  const stop = store.subscribe(draw);
  return {
    title: id,
    node: frame,
    update: next => { wanted = next.get("evaluation"); looking.now(); },
    close: () => { stop(); unfollow(); looking.stop(); clearTimeout(reading); },
  };
}

/** The one that was asked for, else the final one, else the latest of the experiment's own that has a figure. */
export function chosen(evaluations, wanted) {
  const measured = evaluations.filter(one => one.progress.measured > 0);
  const own = measured.filter(one => one.name === null);
  return measured.find(one => one.id === wanted) ?? own.filter(one => one.last).at(-1) ?? own.at(-1) ?? measured.at(-1) ?? null;
}

/** What cancelling would end, beyond what was asked to end already; empty for nothing. */
export function remaining({ unfinished, cancelling }) {
  const evaluations = unfinished.evaluations.filter(id => !cancelling.evaluations.includes(id));
  return [unfinished.run && !cancelling.run && unfinished.run.toLowerCase(), evaluations.length > 0 && `evaluations ${evaluations.join(", ")}`].filter(Boolean).join("; ");
}

function fillChoice(select, evaluations, of) {
  const shown = evaluations.filter(one => one.progress.measured > 0).reverse();
  select.replaceChildren(...shown.map(one => h("option", { value: one.id }, `${one.name ?? (one.last ? "final" : `epoch ${one.epoch}`)}, ${one.suite ?? "?"}, ${one.progress.measured} of ${one.progress.planned} conditions${one.last ? ", test images" : ""}`)));
  if (of) select.value = of.id;
  show(select.parentElement ?? select, shown.length > 0);
}
