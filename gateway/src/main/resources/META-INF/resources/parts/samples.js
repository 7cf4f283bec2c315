// Images of a data set, on request alone: they are patients'. As imported, as AugMix changes them, and as an attack on a model does.
import { address, refusalOf } from "../app/api.js";
import { h, keep, show } from "../app/element.js";
import { problemBox } from "./badges.js";
import { galleryPart } from "./gallery.js";

const PER_CLASS = 12;
/** By the API's name of a view: what it is called, and what its picture says to who cannot see it. */
const VIEWS = [
  ["images", "as imported", "Samples"],
  ["augmix", "with AugMix", "Samples with AugMix"],
  ["augmix-difference", "difference of AugMix", "What AugMix changes of samples, around mid grey,"],
];
/** The newest of them; a set may have thousands of experiments. */
const MOST_EXPERIMENTS = 50;

const field = (label, input) => h("div", { class: "field" }, h("label", { for: input.id }, label), input);

export function samplesPart({ name, splits, classes }) {
  const split = h("select", { id: "split" }, Object.keys(splits).map(one => h("option", { value: one }, one)));
  const view = h("select", { id: "view" }, VIEWS.map(([value, label]) => h("option", { value }, label)));
  const place = h("div");
  function look() {
    const asked = { split: split.value, view: view.value, perClass: PER_CLASS };
    const [, , what] = VIEWS.find(([value]) => value === asked.view);
    place.replaceChildren(h("img", {
      class: "samples", src: address(["datasets", name, "samples"], asked), alt: `${what} of split ${asked.split}, a row for each class: ${classes.join(", ")}`,
      on: { error: event => why(event.target, asked) },
    }));
  }
  /** An image does not say why it was refused: the gateway is asked once more. */
  async function why(image, asked) {
    const problem = await refusalOf(["datasets", name, "samples"], asked);
    if (image.isConnected) image.replaceWith(problem ? problemBox(problem) : h("p", { class: "problem", role: "alert" }, "The samples could not be shown."));
  }
  // what is shown follows the choice; nothing is shown before it was asked for
  for (const choice of [split, view]) choice.addEventListener("change", () => place.hasChildNodes() && look());
  return h("div", {},
    h("p", { class: "inline" }, field("Split", split), field("Show", view), h("button", { type: "button", on: { click: look } }, "Show samples"), h("span", { class: "soft" }, "They are patients’.")),
    place, h("p", { class: "soft note" }, "AugMix with its usual settings, without flip and crop. In a difference mid grey is no change, at half the contrast."));
}

/** Experiments that were made from a data set, the newest import's first. */
export function experimentsOf(versions) {
  return [...new Set(versions.flatMap(version => version.experiments))];
}

/**
 * An attack is made against a model: its images are those that a final evaluation has kept, with their difference.
 *
 * @return {node, draw(versions), close()}
 */
export function adversarialPart() {
  const none = h("p", { class: "soft" }, "An attack is made against a model, and no experiment was made from this data set yet.");
  const against = h("select", { id: "against", on: { change: () => fill() } });
  const choice = h("p", { class: "inline" }, field("Made against the model of", against));
  const place = h("div");
  let gallery = null;
  function fill() {
    if (gallery?.experiment === against.value) return;
    gallery?.close();
    gallery = { ...galleryPart(against.value), experiment: against.value };
    place.replaceChildren(gallery.node);
  }
  return {
    node: h("div", {}, none, choice, place),
    draw(versions) {
      const all = experimentsOf(versions).slice(0, MOST_EXPERIMENTS);
      show(none, all.length === 0);
      show(choice, all.length > 0);
      keep(against, all, { key: id => id, make: id => h("option", { value: id }, id) });
      if (all.length > 0) fill();
    },
    close: () => gallery?.close(),
  };
}
