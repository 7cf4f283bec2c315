// One experiment, followed live.
import { address, get, post, remove } from "../app/api.js";
import { h, keep, setText, show } from "../app/element.js";
import { chosen, hasAnswers } from "../app/evaluations.js";
import { refreshExperiments } from "../app/experiments.js";
import { follow } from "../app/live.js";
import { poll } from "../app/poll.js";
import { go, link } from "../app/router.js";
import { createStore } from "../app/store.js";
import { emptyCourse, takeRobustness, takeTraining } from "../app/training.js";
import { problemBox, section, signedOutNote } from "../parts/badges.js";
import { band, gateList } from "../parts/band.js";
import { calibrationPart } from "../parts/calibration.js";
import { coursePart } from "../parts/course.js";
import { describePart } from "../parts/describe.js";
import { galleryPart } from "../parts/gallery.js";
import { headPart, remaining } from "../parts/head.js";
import { resultsPart } from "../parts/results.js";
import { specificationPart } from "../parts/specification.js";
import { storyOf, storyPart } from "../parts/story.js";

const READ_MILLIS = 1000;
const LOOK_MILLIS = 15_000;
const MISSING_MILLIS = 3000;
const DRAW_MILLIS = 200;
/** What is no passing trouble, by status. */
const REFUSED = new Map([[403, "Not allowed"], [404, "No such experiment"]]);

export function experimentPage({ path, parameters }) {
  const id = path[1];
  let wanted = parameters.get("evaluation");
  const store = createStore({ experiment: null, askedAt: null, evaluations: [], rows: [], of: null, revision: 0 }, task => setTimeout(task, DRAW_MILLIS));
  const course = emptyCourse();
  const statuses = new Map();
  let reading = null;
  let isRefused = false;

  const frame = h("div", {}, h("p", { class: "soft" }, "Reading …"));
  const parts = {
    head: headPart({ onCancel: () => cancel(), onDelete: () => discard() }), describe: describePart(id, () => { looking.now(); refreshExperiments(); }), course: coursePart(),
    results: resultsPart(), calibration: calibrationPart(id), gallery: galleryPart(id), story: storyPart(),
  };
  const inShort = h("div");
  const told = h("div", { "aria-live": "polite" });
  const gates = h("div");
  const choice = h("select", { id: "evaluation", on: { change: event => { location.hash = link(["experiments", id], { evaluation: event.target.value }); } } });

  const csv = h("a", { class: "button" }, "Results as CSV");

  async function look(signal) {
    const askedAt = performance.now();
    const [experiment, evaluations] = await Promise.all([get(["experiments", id], {}, signal), get(["experiments", id, "evaluations"], {}, signal)]);
    const shown = chosen(evaluations, wanted);
    const rows = shown ? await resultsOf(id, shown.id, signal) : [];
    store.set({ experiment, askedAt, evaluations, rows, of: shown });
    if (isRefused) {
      isRefused = false;
      unfollow = follow(id, events);
    } else followAgain(experiment);
  }
  // events come by the hundred, figures are asked for once a second at most
  const looking = poll("experiment", async signal => {
    try {
      await look(signal);
    } catch (e) {
      if (e.isSignedOut && !frame.querySelector("h1")) frame.replaceChildren(h("h1", {}, "Signed out"), h("p", {}, signedOutNote()));
      if (!REFUSED.has(e.status)) throw e;
      refuse(e);
    }
  }, LOOK_MILLIS);
  const lookSoon = (millis = READ_MILLIS) => { reading ??= setTimeout(() => { reading = null; looking.now(); }, millis); };
  const changed = () => store.set({ revision: store.get().revision + 1 });

  /** Said once. A gateway that has fallen behind, or has just begun, hears of the experiment later. */
  function refuse(problem) {
    if (!isRefused) frame.replaceChildren(...refusal(problem));
    isRefused = true;
    store.set({ experiment: null });
    unfollow();
    lookSoon(MISSING_MILLIS);
  }

  let ended = false;
  const events = {
    end: () => { ended = true; lookSoon(); },
    status: status => { statuses.set(status.id, status); lookSoon(); changed(); },
    training: metric => { takeTraining(course, metric); changed(); },
    robustness: metric => { takeRobustness(course, metric); lookSoon(); changed(); },
  };
  let unfollow = follow(id, events);
  /** What has ended is followed again once somebody asks for another evaluation of it. */
  function followAgain({ unfinished }) {
    if (!ended || unfinished.run === null && unfinished.evaluations.length === 0) return;
    ended = false;
    unfollow();
    unfollow = follow(id, events);
  }

  let says = "";
  let drawn = null;
  let drawnOf = null;
  function draw({ experiment, askedAt, evaluations, rows, of }) {
    if (!experiment) return;
    if (!inShort.isConnected) frame.replaceChildren(...layout(experiment));
    parts.head.draw(experiment);
    parts.describe.draw(experiment, askedAt);
    const all = evaluations.filter(one => one.epoch === experiment.headline?.epoch).flatMap(one => one.gates);
    const now = JSON.stringify([experiment.headline, all, experiment.status.state, Boolean(experiment.progress), experiment.evaluation.completed, evaluations.every(one => one.progress.completed)]);
    if (now !== says) {
      says = now;
      inShort.replaceChildren(band(experiment, evaluations));
      gates.replaceChildren(all.length ? gateList(all) : h("p", { class: "soft" }, "No gate has been judged. A full evaluation judges every gate."));
    }
    fillChoice(choice, evaluations, of);
    show(csv, of !== null);
    if (of) csv.setAttribute("href", address(["experiments", id, "results"], { format: "csv", evaluation: of.id }));
    parts.course.draw(course, experiment.spec);
    // cleared when its successor is drawn, not before: between them a reader would see nothing
    if (of?.id !== drawnOf) parts.results.clear();
    drawnOf = of?.id;
    if (rows !== drawn) parts.results.draw(rows);
    drawn = rows;
    parts.calibration.draw(evaluations);
    parts.story.draw(storyOf(experiment, statuses, evaluations));
  }

  function layout(experiment) {
    parts.specification?.close();
    parts.specification = specificationPart(experiment);
    return [
      h("a", { class: "back", href: "#/experiments" }, "← Experiments"), parts.head.node, parts.describe.node, told, inShort,
      section("While it trains", parts.course.node),
      section("Results", h("p", { class: "inline" }, h("label", { for: "evaluation" }, "Evaluation"), choice, csv), parts.results.node),
      section("Gates: can the figures be believed?", gates),
      section("Calibration: does confidence mean what it says?", parts.calibration.node),
      section("Images that were turned", parts.gallery.node),
      section("Events and failures", parts.story.node),
      section("Specification", parts.specification.node),
    ];
  }

  async function cancel() {
    if (!confirm(`Cancel this experiment? This ends: ${remaining(store.get().experiment)}. What was saved stays.`)) return;
    try {
      await post(["experiments", id, "cancel"]);
      told.replaceChildren(h("p", { class: "said" }, "Cancelling. What has been saved stays."));
    } catch (e) {
      told.replaceChildren(problemBox(e));
    }
    looking.now();
  }

  async function discard() {
    if (!confirm("Delete this experiment with its models, figures and images? It cannot be brought back.")) return;
    try {
      await remove(["experiments", id]);
      refreshExperiments();
      // whoever has gone to another page meanwhile stays there
      if (frame.isConnected) go(["experiments"]);
    } catch (e) {
      told.replaceChildren(problemBox(e));
    }
  }

  const stop = store.subscribe(draw);
  return {
    title: id,
    node: frame,
    update: next => { wanted = next.get("evaluation"); looking.now(); },
    close: () => {
      [stop, unfollow, looking.stop].forEach(end => end());
      clearTimeout(reading);
      Object.values(parts).forEach(part => part.close?.());
    },
  };
}

/** What a refusal means for a person, and where to go. */
export function refusal(problem) {
  return [h("h1", {}, REFUSED.get(problem.status)), problemBox(problem), h("p", {}, h("a", { href: "#/experiments" }, "All experiments"))];
}

/** Of a very long experiment an epoch's evaluation may have gone since it was listed. */
function resultsOf(experiment, evaluation, signal) {
  return get(["experiments", experiment, "results"], { evaluation }, signal).catch(e => {
    if (e.status === 404) return [];
    throw e;
  });
}

function fillChoice(select, evaluations, of) {
  const shown = evaluations.filter(hasAnswers).reverse();
  keep(select, shown, {
    key: one => one.id,
    make: one => h("option", { value: one.id }),
    update: (option, one) => setText(option, `${one.name ?? (one.last ? "final" : `epoch ${one.epoch}`)}, ${one.suite ?? "?"}, ${one.progress.measured} of ${one.progress.planned} conditions${one.last ? ", test images" : ""}`),
  });
  if (of && select.value !== of.id) select.value = of.id;
  show(select.parentElement ?? select, shown.length > 0);
}
