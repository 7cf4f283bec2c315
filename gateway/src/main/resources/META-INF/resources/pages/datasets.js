// Data sets: what there is, and the import of another.
import { get, upload } from "../app/api.js";
import { answered, lost } from "../app/connection.js";
import { h } from "../app/element.js";
import { bytes, count } from "../app/format.js";
import { go, link } from "../app/router.js";
import { problemBox, section } from "../parts/badges.js";

/** Whose trouble is said on whichever page a person is by then; it ends when the page is opened again. */
const IMPORT = "import";

export function datasetsPage() {
  answered(IMPORT);
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

function importForm() {
  const field = (label, name, help, attributes = {}) => {
    const id = `import-${name}`;
    return h("div", { class: "field" }, h("label", { for: id }, label), h("input", { id, name, "aria-describedby": `${id}-help`, ...attributes }), h("p", { class: "help", id: `${id}-help` }, help));
  };
  const progress = h("progress", { max: "1", value: 0, hidden: true, "aria-label": "Upload" });
  const told = h("div", { "aria-live": "polite" });
  const button = h("button", { type: "submit", class: "primary" }, "Import");
  const form = h("form", { on: { submit: send } },
    h("div", { class: "fields" },
      field("Name", "name", "Lower-case letters, digits, and . _ -", { required: true, pattern: "[a-z0-9][a-z0-9_.\\-]{0,62}" }),
      field("NPZ file", "file", "As MedMNIST has it: train_images, train_labels, and so on. Folders, ZIP archives and DICOM: ./rtda import", { type: "file", accept: ".npz", required: true }),
      field("External test set", "shift", "Optional NPZ file of another scanner or hospital", { type: "file", accept: ".npz" }),
      field("Class names", "classes", "By label, separated by commas"),
      field("Healthy class", "healthy", "The class that means no disease"),
      field("Modality", "modality", "ultrasound, chest-xray, mammogram or other"),
      field("Provenance", "provenance", "Where the images come from"),
      field("Licence", "licence", "For example CC BY 4.0")),
    h("p", { class: "actions" }, button), progress, told);

  async function send(event) {
    event.preventDefault();
    const sent = new FormData();
    for (const [name, value] of new FormData(form)) {
      if (value instanceof File ? value.size > 0 : value.trim() !== "") sent.append(name === "shift" ? "shift-external" : name, value);
    }
    button.disabled = true;
    progress.hidden = false;
    told.replaceChildren(h("p", { class: "soft" }, `Sending ${bytes([...sent.values()].reduce((sum, value) => sum + (value.size ?? 0), 0))} …`));
    try {
      const manifest = await upload(["datasets"], sent, share => { progress.value = share; });
      // whoever has gone to another page meanwhile stays there
      if (form.isConnected) go(["datasets", manifest.name]);
    } catch (e) {
      told.replaceChildren(problemBox(e));
      if (!form.isConnected) lost(IMPORT, `The import of ${sent.get("name")} failed: ${e.message}`);
    } finally {
      button.disabled = false;
      progress.hidden = true;
    }
  }
  return form;
}
