// A new experiment: a form made from the API's own schema, what it will cost, and the submission.
import { description, get, post } from "../app/api.js";
import { costOf, likeRun, medianStepMillis } from "../app/cost.js";
import { h } from "../app/element.js";
import { experiments, refreshExperiments, useExperiments } from "../app/experiments.js";
import { count, duration } from "../app/format.js";
import { go } from "../app/router.js";
import { fieldsOf } from "../app/schema.js";
import { beyondDefaults, flat, nested } from "../app/specification.js";
import { facts, problemBox } from "../parts/badges.js";
import { fieldGroup, fieldInput, words } from "../parts/fields.js";

/** What most people choose; the rest is opened on request. */
const FIRST = ["dataset", "method", "network", "epochs", "batchSize", "seed", "attack.name", "attack.epsilon", "attack.steps", "evaluation.suite"];

export function submitPage({ parameters }) {
  const node = h("div", {}, h("div", { class: "bar" }, h("h1", {}, "New experiment")), h("p", { class: "soft" }, "Reading …"));
  const from = parameters.get("from");
  Promise.all([description(), get(["known"]), get(["datasets"]), from ? get(["experiments", from]) : null])
    .then(([api, known, datasets, earlier]) => node.lastElementChild.replaceWith(form(api.components.schemas, known.defaults, datasets, earlier, parameters.get("dataset"))),
      e => node.lastElementChild.replaceWith(problemBox(e)));
  const stop = useExperiments();
  return { title: "New experiment", node, close: stop };
}

function form(schemas, defaults, datasets, earlier, dataset) {
  const names = datasets.map(one => one.name);
  const inputs = fieldsOf(schemas, "ExperimentSpec", defaults)
    .map(field => fieldInput(field, { choices: field.path === "dataset" ? names : field.choices, label: labelOf(field), onChange: () => changed() }));
  const byPath = new Map(inputs.map(input => [input.path, input]));
  const rest = inputs.filter(input => !FIRST.includes(input.path));
  const groups = new Map();
  for (const input of rest) {
    const group = input.path.includes(".") ? input.path.split(".")[0] : "training";
    groups.set(group, [...groups.get(group) ?? [], input]);
  }
  if (earlier) for (const [path, value] of flat(beyondDefaults(earlier.spec, defaults))) byPath.get(path)?.write(value);
  else byPath.get("dataset")?.write(dataset ?? names[0]);

  const cost = h("div");
  const told = h("div", { "aria-live": "polite" });
  const button = h("button", { type: "submit", class: "primary" }, "Submit");
  let key = newKey();

  const entries = () => inputs.map(input => [input, input.read()]);
  const specification = () => nested(entries().map(([input, { value }]) => [input.path, value]));
  function changed() {
    key = newKey();
    const chosen = specification();
    drawCost(cost, merged(defaults, chosen), datasets.find(one => one.name === chosen.dataset));
  }

  async function submit(event) {
    event.preventDefault();
    const wrong = entries().filter(([input, { wrong: text }]) => { input.mark(text ? `Must be ${text}.` : null); return text; });
    if (wrong.length > 0) return reveal(wrong[0][0]);
    button.disabled = true;
    try {
      // the same key makes one experiment, however often the button or a lost answer sends it
      const { id } = await post(["experiments"], specification(), { "idempotency-key": key });
      refreshExperiments();
      go(["experiments", id]);
    } catch (e) {
      told.replaceChildren(problemBox(e));
      const input = byPath.get(e.field);
      if (input) {
        input.mark(e.allowed ? `Allowed: ${e.allowed}` : e.message);
        reveal(input);
      }
    } finally {
      button.disabled = false;
    }
    return undefined;
  }

  const node = h("form", { class: "form", novalidate: true, on: { submit } },
    h("div", {},
      names.length === 0 && h("p", { class: "problem" }, "There is no data set yet. ", h("a", { href: "#/datasets" }, "Import one"), " first."),
      earlier && h("p", { class: "soft" }, `With the settings of ${earlier.id}. Change what shall be different, for example the seed.`),
      fieldGroup("What is trained", FIRST.filter(path => byPath.has(path)).map(path => byPath.get(path)), true),
      h("h2", {}, "Further settings"),
      [...groups].map(([name, members]) => fieldGroup(words(name), members, false))),
    h("div", { class: "cost" }, h("h2", {}, "What it will cost"), cost, h("p", {}, button), told));
  changed();
  return node;
}

/** Beside fields of other parts a name says which part it is of: "Attack steps". */
function labelOf({ path, name }) {
  return FIRST.includes(path) && path.includes(".") ? `${words(path.split(".")[0])} ${name}` : words(name);
}

function reveal(input) {
  const details = input.node.closest("details");
  if (details) details.open = true;
  input.focus();
}

/** The chosen values over the defaults, as far as the costs depend on them. */
function merged(defaults, chosen) {
  return { ...defaults, ...chosen, attack: { ...defaults.attack, ...chosen.attack } };
}

async function drawCost(place, spec, dataset) {
  const cost = costOf(spec, dataset?.splits.train?.count);
  const entries = cost ? [["Steps", count(cost.steps)], ["Gradients of images", count(cost.gradients)]] : [["Steps", "choose a data set"]];
  place.replaceChildren(facts(entries));
  const like = cost && likeRun(experiments.get().rows, spec);
  if (!like) return place.append(h("p", { class: "soft" }, "No run like it has been measured, so the time is not known."));
  if (place.dataset.like !== like.id) {
    place.dataset.like = like.id;
    place.dataset.millis = String(medianStepMillis(await get(["experiments", like.id, "training"]).catch(() => [])) ?? "");
  }
  const millis = Number(place.dataset.millis);
  const time = h("p", {}, millis > 0 ? [h("b", {}, `About ${duration(cost.steps * millis / 1000)}`), ` of training, by the steps of ${like.id}. Evaluation comes on top.`] : "");
  if (place.lastElementChild?.tagName === "P") place.lastElementChild.remove();
  return place.append(time);
}

/** Pages over plain HTTP have no crypto.randomUUID. */
function newKey() {
  return `page-${[...crypto.getRandomValues(new Uint8Array(12))].map(byte => byte.toString(16).padStart(2, "0")).join("")}`;
}
