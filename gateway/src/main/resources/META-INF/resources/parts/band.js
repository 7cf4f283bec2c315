// The figures of an experiment that are read in three seconds, and whether they can be believed.
import { h } from "../app/element.js";
import { count, interval, plural, share } from "../app/format.js";

const FIGURES = [
  ["clean", "Clean", "balanced accuracy"],
  ["attacked", "Attacked", "at the training radius"],
  ["corrupted", "Corrupted", "mean of held-out corruptions"],
  ["shifted", "Worst shift", "external test sets"],
  ["subgroup", "Worst subgroup", "clean images"],
];

/**
 * In words, from the gates of a checkpoint's evaluations: {kind: good, bad or off, verdict, detail}.
 *
 * @param gates [{gate, outcome, concerns, finding}]
 */
export function belief(gates, isOver) {
  const failed = gates.filter(gate => gate.outcome === "FAILED");
  // several evaluations judge the same gate: it counts once, failed before passed before not judged
  const names = outcome => new Set(gates.filter(gate => gate.outcome === outcome).map(gate => gate.gate));
  const passed = names("PASSED").size;
  const notJudged = [...names("NOT_JUDGED")].filter(name => !names("PASSED").has(name)).length;
  if (failed.length > 0) {
    const fall = new Set(failed.flatMap(gate => gate.concerns)).size;
    const all = failed.some(gate => gate.concerns.length === 0);
    return { kind: "bad", verdict: all ? "No figure stands" : "Not all figures stand", detail: `⚑ ${plural(names("FAILED").size, "gate")} failed, which takes down ${all ? "every condition" : plural(fall, "condition")}. ${failed[0].gate}: ${failed[0].finding}` };
  }
  if (passed > 0) return { kind: "good", verdict: "Figures stand", detail: `${plural(passed, "gate")} passed, none failed, ${count(notJudged)} not judged.` };
  return { kind: "off", verdict: isOver ? "Not judged" : "Not judged yet", detail: "No gate has vouched for these figures. A full evaluation judges every gate." };
}

/** @param of the experiment's document and its evaluations */
export function band(experiment, evaluations) {
  const { headline } = experiment;
  const own = evaluations.filter(one => one.epoch === headline?.epoch);
  const gates = own.flatMap(one => one.gates);
  const { kind, verdict, detail } = belief(gates, headline?.last === true && own.every(one => one.progress.completed));
  return h("div", {},
    h("div", { class: "band", role: "group", "aria-label": "In short" },
      FIGURES.map(([name, title, what]) => card(title, what, headline?.[name] ?? null)),
      h("div", { class: `belief ${kind}` }, h("div", { class: "name" }, "Can it be believed?"), h("div", { class: "value" }, verdict), h("div", { class: "detail" }, detail))),
    h("p", { class: "soft" }, said(experiment)));
}

/** What the figures are of, and whether more will come. */
export function said({ headline, progress, status, evaluation }) {
  if (!headline) return progress ? "Nothing is measured yet." : "Nothing was measured.";
  if (headline.last) return `Balanced accuracy of the final model on test images${evaluation.completed ? "" : " so far"}, with 95% intervals.`;
  const ended = ["FAILED", "CANCELLED"].includes(status.state);
  const rest = ended ? "The run ended before a final evaluation." : progress ? "The final evaluation is still to come." : "The final evaluation has no figures.";
  return `Balanced accuracy after epoch ${headline.epoch} on validation images, with 95% intervals. ${rest}`;
}

function card(title, what, figure) {
  if (!figure) {
    return h("div", {}, h("div", { class: "name" }, title), h("div", { class: "value off" }, "–"), h("div", { class: "detail" }, `${what}: not measured`));
  }
  const falls = figure.failedGates.length > 0;
  const constant = figure.constant;
  return h("div", {},
    h("div", { class: "name" }, title, falls && h("span", { class: "flag" }, " ⚑")),
    h("div", { class: falls ? "value falls" : "value" }, share(figure.value)),
    h("meter", { min: "0", max: "1", low: constant ?? 0, high: Math.min(1, (constant ?? 0.5) + 0.25), optimum: "1", value: figure.value, "aria-label": `${title}: ${share(figure.value)}` }),
    h("div", { class: "detail" }, [interval(figure), `n ${count(figure.n)}`].filter(Boolean).join(", ")),
    constant !== null && h("div", { class: "detail" }, `constant answer ${share(constant, 2)}`),
    h("div", { class: "detail" }, falls ? `fails ${figure.failedGates.join(", ")}` : figure.of === "clean" ? what : `${what}: ${figure.of}`));
}

/** Every gate that was judged or not, with its reason. */
export function gateList(gates) {
  const order = ["FAILED", "PASSED"];
  const rank = gate => order.includes(gate.outcome) ? order.indexOf(gate.outcome) : order.length;
  return h("ul", { class: "gates" }, [...gates].sort((one, other) => rank(one) - rank(other)).map(gate => h("li", {},
    h("span", { class: `badge ${{ FAILED: "bad", PASSED: "good" }[gate.outcome] ?? "off"}` }, gate.outcome.toLowerCase().replaceAll("_", " ")), " ",
    h("b", {}, gate.gate.replaceAll("-", " ")), ` – ${gate.finding}`,
    gate.outcome === "FAILED" && h("div", { class: "soft" }, `Figures that do not stand: ${gate.concerns.length > 0 ? gate.concerns.join(", ") : "all"}`))));
}
