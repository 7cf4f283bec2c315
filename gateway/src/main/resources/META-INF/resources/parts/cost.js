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
    let failure = null;
    try {
      const millis = medianStepMillis(await read(like.id));
      // a run that has just begun tells it later
      if (millis !== null) millisOf.set(like.id, millis);
    } catch (e) {
      failure = e.message;
    }
    // a later question may have been answered before this one
    if (mine === turn) show(cost, like, millisOf.get(like.id) ?? null, failure);
  }

  function show(cost, like, millis, failure = null) {
    const now = JSON.stringify([cost, like?.id, millis, failure]);
    if (now === says) return;
    says = now;
    node.replaceChildren(facts(cost ? [["Steps", count(cost.steps)], ["Gradients of images", count(cost.gradients)]] : [["Steps", "choose a data set"]]), h("p", {}, timeOf(cost, like, millis, failure)));
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

function timeOf(cost, like, millis, failure) {
  const soft = text => h("span", { class: "soft" }, text);
  if (!cost) return "";
  if (!like) return soft("No run like it has been measured, so the time is not known.");
  if (millis > 0) return [h("b", {}, `About ${duration(cost.steps * millis / 1000)}`), ` of training, by the steps of ${like.id}. Evaluation comes on top.`];
  return soft(failure ? `The steps of ${like.id} could not be read: ${failure}` : `The time is not known: the steps of ${like.id} have not been read yet.`);
}
