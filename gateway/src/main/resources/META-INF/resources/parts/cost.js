// What a run will cost, brought up to date as its form is filled in and as runs like it become known.
import { get } from "../app/api.js";
import { costOf, likeRun, medianStepMillis } from "../app/cost.js";
import { h } from "../app/element.js";
import { count, duration } from "../app/format.js";
import { facts } from "./badges.js";

/**
 * @param runs answers the rows of the list of experiments
 * @param read answers the training metrics of an experiment
 * @return {node, draw(spec, dataset), redraw()}; `redraw` is for when the list has changed. Both are done when all is drawn.
 */
export function costPart(runs, read = id => get(["experiments", id, "training"])) {
  const node = h("div");
  const millisOf = new Map();
  let asked = null;
  let turn = 0;
  let says = "";

  async function redraw() {
    if (asked === null) return;
    const mine = ++turn;
    const { spec, dataset } = asked;
    const cost = costOf(spec, dataset?.splits.train?.count);
    const like = cost && likeRun(runs(), spec);
    show(cost, like, like ? millisOf.get(like.id) ?? null : null);
    if (!like || millisOf.has(like.id)) return;
    const metrics = await read(like.id).catch(() => null);
    if (metrics) millisOf.set(like.id, medianStepMillis(metrics));
    // a later question may have been answered before this one
    if (mine === turn) show(cost, like, millisOf.get(like.id) ?? null);
  }

  function show(cost, like, millis) {
    const now = JSON.stringify([cost, like?.id, millis]);
    if (now === says) return;
    says = now;
    node.replaceChildren(facts(cost ? [["Steps", count(cost.steps)], ["Gradients of images", count(cost.gradients)]] : [["Steps", "choose a data set"]]), h("p", {}, timeOf(cost, like, millis)));
  }

  return {
    node,
    draw(spec, dataset) {
      asked = { spec, dataset };
      return redraw();
    },
    redraw,
  };
}

function timeOf(cost, like, millis) {
  if (!cost) return "";
  if (!like) return h("span", { class: "soft" }, "No run like it has been measured, so the time is not known.");
  return millis > 0 ? [h("b", {}, `About ${duration(cost.steps * millis / 1000)}`), ` of training, by the steps of ${like.id}. Evaluation comes on top.`] : "";
}
