// Data sets: what there is, and the import of another.
import { get } from "../app/api.js";
import { h, keep, show } from "../app/element.js";
import { count } from "../app/format.js";
import { imports } from "../app/imports.js";
import { link } from "../app/router.js";
import { section } from "../parts/badges.js";
import { importForm } from "../parts/importForm.js";
import { readingPart } from "../parts/reading.js";

/** Others import, too, and the command line does. */
const EVERY_MILLIS = 15_000;

export function datasetsPage() {
  const none = h("div", { class: "empty" }, "No data set yet. Import one below, or with ", h("code", {}, "./rtda import NAME FILE"), ".");
  const cards = h("div", { class: "cards" });
  const list = readingPart(signal => get(["datasets"], {}, signal), (found, content) => {
    if (!content.contains(cards)) content.replaceChildren(none, cards);
    show(none, found.length === 0);
    keep(cards, found, { key: manifest => `${manifest.name} ${manifest.importedAt}`, make: card });
  }, EVERY_MILLIS);
  const form = importForm();
  const unwatch = imports.subscribe(({ outcome }) => outcome?.answer && list.now());
  return {
    title: "Data sets",
    node: h("div", {}, h("div", { class: "bar" }, h("h1", {}, "Data sets")), list.node, section("Import", form.node)),
    close: () => { list.stop(); unwatch(); form.close(); },
  };
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

