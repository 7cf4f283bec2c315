// Data sets: what there is, and the import of another.
import { get } from "../app/api.js";
import { h } from "../app/element.js";
import { count } from "../app/format.js";
import { link } from "../app/router.js";
import { problemBox, section } from "../parts/badges.js";
import { importForm } from "../parts/importForm.js";

export function datasetsPage() {
  const content = h("div", {}, h("p", { class: "soft" }, "Reading …"));
  get(["datasets"]).then(found => content.replaceChildren(found.length
    ? h("div", { class: "cards" }, found.map(card))
    : h("div", { class: "empty" }, "No data set yet. Import one below, or with ", h("code", {}, "./rtda import NAME FILE"), ".")), e => content.replaceChildren(problemBox(e)));
  return { title: "Data sets", node: h("div", {}, h("div", { class: "bar" }, h("h1", {}, "Data sets")), content, section("Import", importForm())) };
}

/** Of all splits. */
export function images({ splits }) {
  return Object.values(splits).reduce((sum, split) => sum + split.count, 0);
}

function card(manifest) {
  const { name, channels, height, width, classes, splits, modality, licence } = manifest;
  return h("article", { class: "card" },
    h("h2", {}, h("a", { href: link(["datasets", name]) }, name)),
    h("p", {}, `${count(images(manifest))} images, ${width} × ${height}, ${channels === 1 ? "grey" : "RGB"}`),
    h("p", { class: "soft" }, `${classes.join(", ")}. ${modality ?? "Modality not said"}. ${licence || "Licence not said"}.`),
    h("p", { class: "soft" }, Object.entries(splits).map(([split, { count: amount }]) => `${split} ${count(amount)}`).join(", ")),
    h("a", { href: link(["new"], { dataset: name }) }, "Train on it"));
}

