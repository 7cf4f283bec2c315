// A new experiment: a form made from the API's own schema, what it will cost, and the submission.
import { description, get, post } from "../app/api.js";
import { answered, lost } from "../app/connection.js";
import { h } from "../app/element.js";
import { experiments, refreshExperiments, useExperiments } from "../app/experiments.js";
import { go } from "../app/router.js";
import { fieldsOf } from "../app/schema.js";
import { chosenIn, flat, nested, radiiOf } from "../app/specification.js";
import { problemBox } from "../parts/badges.js";
import { costPart } from "../parts/cost.js";
import { complaint, fieldGroup, fieldInput, words } from "../parts/fields.js";
import { readingPart } from "../parts/reading.js";

/** Whose failure is said on whichever page a person is by then; it ends when this page is opened again. */
const SUBMISSION = "submission";

/** What most people choose; the rest is opened on request. */
const FIRST = ["dataset", "method", "network", "epochs", "batchSize", "seed", "attack.name", "attack.epsilon", "attack.steps", "evaluation.suite"];

export function submitPage({ parameters }) {
  answered(SUBMISSION);
  const from = parameters.get("from");
  const cost = costPart(() => experiments.get().rows);
  const reading = readingPart(
    signal => Promise.all([description(signal), get(["known"], {}, signal), get(["datasets"], {}, signal), from ? get(["experiments", from], {}, signal) : null]),
    ([api, known, datasets, earlier], content) => content.replaceChildren(form(api.components.schemas, known.defaults, datasets, { earlier, dataset: parameters.get("dataset"), cost })));
  // a run like it may come with the list
  const stops = [useExperiments(), experiments.subscribe(cost.redraw), reading.stop];
  return { title: "New experiment", node: h("div", {}, h("div", { class: "bar" }, h("h1", {}, "New experiment")), reading.node), close: () => stops.forEach(stop => stop()) };
}

/** @param of {earlier: the run whose settings are taken, or null, dataset: that the address names, cost: the part that says what it costs} */
function form(schemas, defaults, datasets, { earlier, dataset, cost }) {
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
  if (earlier) for (const [path, value] of flat(chosenIn(earlier.spec, defaults))) byPath.get(path)?.write(value);
  else byPath.get("dataset")?.write(dataset ?? names[0]);

  const weights = h("input", { type: "checkbox", id: "same-weights", checked: true });
  const carried = earlier?.spec.initialWeights ?? null;
  const note = h("p", { class: "soft", role: "status" });
  const told = h("div", { "aria-live": "polite" });
  const button = h("button", { type: "submit", class: "primary" }, "Submit");
  let key = newKey();

  const entries = () => inputs.map(input => [input, input.read()]);
  const specification = () => ({ ...nested(entries().map(([input, { value }]) => [input.path, value])), ...carried && weights.checked ? { initialWeights: carried } : {} });
  const manifestOf = name => datasets.find(one => one.name === name);
  let lastDataset = specification().dataset;
  function changed() {
    key = newKey();
    const chosen = specification();
    if (chosen.dataset !== lastDataset) leaveRadii(chosen.dataset);
    lastDataset = chosen.dataset;
    cost.draw(merged(defaults, specification()), manifestOf(chosen.dataset));
  }

  /** Radii of the earlier run are of its images' size: of others the data set's own are taken. What a person has typed stays. */
  function leaveRadii(name) {
    if (!earlier || sameSize(manifestOf(earlier.spec.dataset), manifestOf(name))) return;
    const values = new Map(flat(earlier.spec));
    const left = radiiOf(earlier.spec).map(path => byPath.get(path)).filter(input => input && text(input.read().value) !== "" && text(input.read().value) === text(values.get(input.path)));
    left.forEach(input => input.write(null));
    if (left.length > 0) note.textContent = `The radii of ${earlier.id} are of images of another size and are left out: ${left.map(input => input.path).join(", ")}.`;
  }

  async function submit(event) {
    event.preventDefault();
    const wrong = entries().filter(([input, { wrong: text }]) => { input.mark(complaint(text)); return text; });
    if (wrong.length > 0) return reveal(wrong[0][0]);
    button.disabled = true;
    told.replaceChildren();
    try {
      // the same key makes one experiment, however often the button or a lost answer sends it
      const { id } = await post(["experiments"], specification(), { "idempotency-key": key });
      refreshExperiments();
      // whoever has gone to another page meanwhile stays there
      if (node.isConnected) go(["experiments", id]);
    } catch (e) {
      if (!node.isConnected) lost(SUBMISSION, `The experiment was not submitted: ${e.message}`);
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
      carried && h("p", { class: "check" }, weights, h("label", { for: "same-weights" }, `Begin with the same weights: ${carried.key}`)), note,
      fieldGroup("What is trained", FIRST.filter(path => byPath.has(path)).map(path => byPath.get(path)), true),
      h("h2", {}, "Further settings"),
      [...groups].map(([name, members]) => fieldGroup(words(name), members, false))),
    h("div", { class: "cost" }, h("h2", {}, "What it will cost"), cost.node, h("p", {}, button), told));
  weights.addEventListener("change", changed);
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

const text = value => value === null || value === undefined ? "" : [value].flat().join(", ");

/** Whether the images of two data sets are equally large; one that is gone is like none. */
export function sameSize(one, other) {
  return Boolean(one && other) && ["channels", "height", "width"].every(name => one[name] === other[name]);
}

/** The chosen values over the defaults, as far as the costs depend on them. */
function merged(defaults, chosen) {
  return { ...defaults, ...chosen, attack: { ...defaults.attack, ...chosen.attack } };
}

/** Pages over plain HTTP have no crypto.randomUUID. */
function newKey() {
  return `page-${[...crypto.getRandomValues(new Uint8Array(12))].map(byte => byte.toString(16).padStart(2, "0")).join("")}`;
}
