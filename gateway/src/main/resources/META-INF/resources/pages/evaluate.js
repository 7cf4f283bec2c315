// Evaluations beside those that experiments ask for themselves: asked for, seen, cancelled.
import { post } from "../app/api.js";
import { readAsked } from "../app/asked.js";
import { h, keep, setText, show } from "../app/element.js";
import { withinExperiment } from "../app/evaluations.js";
import { experiments, refreshExperiments, useExperiments } from "../app/experiments.js";
import { plural } from "../app/format.js";
import { poll } from "../app/poll.js";
import { link } from "../app/router.js";
import { badge, problemBox, section } from "../parts/badges.js";
import { table } from "../parts/table.js";

const EVERY_MILLIS = 4000;

export function evaluatePage({ parameters }) {
  const told = h("div", { "aria-live": "polite" });
  const none = h("p", { class: "soft", hidden: true }, "No evaluation has been asked for by name.");
  const rows = table({ caption: "Evaluations that were asked for", key: row => row.id });
  const columns = [...COLUMNS, {
    id: "cancel", label: "Cancel", hidden: true, text: row => `${row.id} ${isOpen(row)}`,
    cell: row => isOpen(row) && h("button", { type: "button", class: "danger", on: { click: () => cancel(row) } }, "Cancel", h("span", { class: "hear" }, ` ${row.id}`)),
  }];
  rows.node.hidden = true;
  let pages = 1;
  const older = h("button", { type: "button", hidden: true, on: { click: () => { pages += 1; reading.now(); } } }, "Show older ones");
  const reading = poll("evaluations", async signal => {
    const { evaluations, more } = await readAsked(pages, signal);
    show(none, evaluations.length === 0);
    show(rows.node, evaluations.length > 0);
    rows.draw(columns, evaluations);
    // a button that goes takes the keyboard's place with it
    if (!more && document.activeElement === older) rows.node.focus();
    show(older, more);
  }, EVERY_MILLIS);

  async function cancel(row) {
    if (!confirm(`Cancel evaluation ${row.id}? Figures that were measured stay.`)) return;
    try {
      await post(cancelPath(row));
      told.replaceChildren(h("p", { class: "said" }, `Cancelling ${row.id}.`));
    } catch (e) {
      told.replaceChildren(problemBox(e));
    }
    reading.now();
  }

  const form = askForm(parameters.get("experiment"), told, () => { refreshExperiments(); reading.now(); });
  const stop = useExperiments();
  const unwatch = experiments.subscribe(form.fill);
  form.fill(experiments.get());
  return {
    title: "Evaluate",
    node: h("div", {}, h("div", { class: "bar" }, h("h1", {}, "Evaluate")), form.node, told, section("Asked for by name", none, rows.node, h("p", { class: "actions" }, older))),
    close: () => { reading.stop(); stop(); unwatch(); },
  };
}

/** By epoch and name: a name alone is the last epoch's. */
export function cancelPath({ experiment, id }) {
  return ["experiments", experiment, "evaluations", ...withinExperiment(id), "cancel"];
}

const isOpen = ({ state }) => state === "WAITING" || state === "RUNNING";

/** What an evaluation is about: a suite, or images made against other models. */
export function about({ suite, transferFrom }) {
  return transferFrom?.length ? `images made against ${transferFrom.join(", ")}` : suite ?? "not planned yet";
}

/** Its place among those that nobody has begun. */
const place = ({ queue }) => queue ? ` ${queue.place} of ${queue.waiting}` : "";

const COLUMNS = [
  { id: "experiment", label: "Experiment", header: true, text: row => row.experiment, cell: row => h("a", { href: link(["experiments", row.experiment], { evaluation: row.id }) }, row.experiment) },
  { id: "name", label: "Name", text: row => row.name },
  { id: "epoch", label: "Epoch", number: true, text: row => String(row.epoch) },
  { id: "about", label: "What", text: about },
  { id: "state", label: "State", text: row => `${row.state}${place(row)}`, cell: row => [badge(row.state), h("small", {}, place(row))] },
  { id: "progress", label: "Conditions", number: true, text: ({ progress: p }) => `${p.measured} of ${p.planned || "?"}${p.failed > 0 ? `, ${p.failed} without figures` : ""}` },
  { id: "gates", label: "Gates", text: ({ gates }) => {
    const failed = gates.filter(gate => gate.outcome === "FAILED").length;
    return gates.length === 0 ? "" : failed ? `⚑ ${failed} failed` : `${plural(gates.filter(gate => gate.outcome === "PASSED").length, "gate")} passed`;
  } },
];

function askForm(wanted, told, onAsked) {
  const of = h("select", { id: "of", required: true, on: { change: () => { picked = of.value || picked; } } });
  const suite = h("select", { id: "suite" }, [["full", "full: every attack and every gate"], ["standard", "standard"], ["quick", "quick"], ["", "transfer: images made against another model"]].map(([value, text]) => h("option", { value }, text)));
  const source = h("select", { id: "source" });
  const name = h("input", { id: "name", placeholder: "as the suite", autocomplete: "off" });
  const against = h("div", { class: "field", hidden: true }, h("label", { for: "source" }, "Made against"), source);
  suite.addEventListener("change", () => { against.hidden = suite.value !== ""; });
  const field = (label, input) => h("div", { class: "field" }, h("label", { for: input.id }, label), input);
  const node = h("form", { class: "inline", on: { submit: send } }, field("Experiment", of), field("Suite", suite), against, field("Name", name), h("button", { type: "submit", class: "primary" }, "Evaluate"));
  // what the address or the person has chosen, whether it is there yet or not
  let picked = wanted;

  async function send(event) {
    event.preventDefault();
    const request = { ...suite.value ? { suite: suite.value } : { transferFrom: [source.value] }, ...name.value.trim() ? { name: name.value.trim() } : {} };
    try {
      const { id } = await post(["experiments", of.value, "evaluations"], request);
      told.replaceChildren(h("p", { class: "said" }, `Asked for ${id}.`));
      onAsked();
    } catch (e) {
      told.replaceChildren(problemBox(e));
    }
  }

  return {
    node,
    /** Experiments with a checkpoint to judge. One that is chosen stays chosen, also where it has not come yet. */
    fill({ rows, complete }) {
      const judged = rows.filter(row => row.headline || row.status.state === "TRAINED");
      fillChoice(of, choiceOf(judged, picked || of.value, complete));
      fillChoice(source, choiceOf(judged, source.value, complete));
    },
  };
}

/**
 * The options of a choice of experiments, and which is chosen: {options: [{value, text}], value}; null leaves it to the browser, which
 * takes the first. Where the wanted one is not among them nothing is chosen, and the first option says why: another in its place
 * would be evaluated by mistake.
 */
export function choiceOf(rows, wanted, complete) {
  const options = rows.map(row => ({ value: row.id, text: `${row.name ?? `${row.spec.method} on ${row.spec.dataset}, seed ${row.spec.seed}`} (${row.id})` }));
  if (!wanted) return { options, value: null };
  if (rows.some(row => row.id === wanted)) return { options, value: wanted };
  const why = complete ? `${wanted} is not there or has no checkpoint yet` : `Reading ${wanted} …`;
  return { options: [{ value: "", text: why }, ...options], value: "" };
}

/** Options that stay are not touched: a list that is open stays open. */
function fillChoice(select, { options, value }) {
  keep(select, options, {
    key: option => option.value,
    make: option => h("option", { value: option.value }),
    update: (node, option) => setText(node, option.text),
  });
  if (value !== null && select.value !== value) select.value = value;
}
