// The form that imports a data set: an NPZ file, or an archive of images with what is said of it.
import { h, show } from "../app/element.js";
import { bytes } from "../app/format.js";
import { isArchive, sentOf } from "../app/importing.js";
import { imports, startImport, watchImports } from "../app/imports.js";
import { go, link } from "../app/router.js";
import { problemBox } from "./badges.js";
import { importReport } from "./importReport.js";

function field(label, name, help, attributes = {}, control = null) {
  const id = `import-${name}`;
  return h("div", { class: "field" }, h("label", { for: id }, label),
    control ?? h("input", { id, name, "aria-describedby": `${id}-help`, ...attributes }), h("p", { class: "help", id: `${id}-help` }, help));
}

function choice(label, name, help, options) {
  const id = `import-${name}`;
  return field(label, name, help, {}, h("select", { id, name, "aria-describedby": `${id}-help` }, options.map(([value, word]) => h("option", { value }, word))));
}

const tick = (name, text) => h("label", { class: "check" }, h("input", { type: "checkbox", name, value: "true" }), text);

/** What only archives have. */
function archiveFields() {
  return h("fieldset", { hidden: true, disabled: true },
    h("legend", {}, "Archive of images"),
    h("p", { class: "help" }, "Folders of classes, or of splits with classes in them, or images and one table. The gateway reads the files, keeps pixels and keyed hashes, and removes the archive. Text in the pixels stays: look at your images first. Large archives, or files that must not leave your machine: ./rtda import"),
    h("div", { class: "fields" },
      field("Side", "side", "Pixels of the square that each image becomes, 8 to 1024; 64 if empty", { type: "number", min: "8", max: "1024" }),
      choice("Colour", "channels", "What each image becomes", [["1", "grey"], ["3", "colour"]]),
      choice("Fit", "fit", "How an image becomes a square", [["pad", "pad with black bars"], ["crop", "crop to the middle"]]),
      field("Split", "split", "Percent of train, val and test, if the archive gives none; 70,10,20 if empty"),
      field("Seed", "seed", "With which the split is drawn; 1 if empty", { type: "number" }),
      field("Label column", "label-column", "Of the table; label if empty"),
      field("Patient pattern", "patient-pattern", "Finds the patient in a file's path by its one group, for example (person\\d+)_")),
    h("p", { class: "actions" },
      tick("strict", "Import nothing if a file cannot be used"),
      tick("allow-shared-patients", "Accept given splits that share patients"),
      tick("allow-duplicates", "Accept a picture in two splits with two labels"),
      tick("dry-run", "Only check, import nothing")));
}

/** @return {node, close()}: the form, which shows the import that runs, also one that was started on this page before */
export function importForm() {
  const progress = h("progress", { max: "1", value: 0, hidden: true, "aria-label": "Upload" });
  const told = h("div", { "aria-live": "polite" });
  const button = h("button", { type: "submit", class: "primary" }, "Import");
  const ofArchives = archiveFields();
  const form = h("form", { on: { submit: send } },
    h("div", { class: "fields" },
      field("Name", "name", "Lower-case letters, digits, and . _ -", { required: true, pattern: "[a-z0-9][a-z0-9_.\\-]{0,62}" }),
      field("File", "file", "NPZ as MedMNIST has it (train_images, train_labels, and so on), or a ZIP archive of pictures or DICOM files", { type: "file", accept: ".npz,.zip", required: true, on: { change: chosen } }),
      field("External test set", "shift", "Optional file of another scanner or hospital, NPZ or likewise", { type: "file", accept: ".npz,.zip" }),
      field("Class names", "classes", "By label, separated by commas"),
      field("Healthy class", "healthy", "The class that means no disease"),
      field("Modality", "modality", "ultrasound, chest-xray, mammogram or other"),
      field("Provenance", "provenance", "Where the images come from"),
      field("Licence", "licence", "For example CC BY 4.0")),
    ofArchives,
    h("p", { class: "actions" }, button), progress, told);

  const archive = () => isArchive(form.elements.file.files[0]?.name ?? "");

  function chosen() {
    show(ofArchives, archive());
    // a browser refuses to send a form with a wrong field, also where nobody can see which
    ofArchives.disabled = !archive();
  }

  let says = "";
  /** What is said stays as it is while only the share grows: a screen reader reads out what is drawn anew. */
  function tell(what, ...content) {
    if (says === what) return;
    says = what;
    told.replaceChildren(...content);
  }

  function drawRunning({ name, sizeBytes, share }) {
    if (share < 1) {
      progress.value = share;
      tell(`sending ${name}`, h("p", { class: "soft" }, `Sending ${name}, ${bytes(sizeBytes)} …`));
    } else {
      // how far the gateway is with reading nobody knows
      progress.removeAttribute("value");
      tell(`sent ${name}`, h("p", { class: "soft" }, `${bytes(sizeBytes)} of ${name} sent. The gateway reads them …`));
    }
  }

  /** A problem, a manifest, a manifest with a report, or the report alone. */
  function drawOutcome({ name, answer, problem }) {
    if (problem) return tell(`failed ${name}`, h("p", {}, `The import of ${name} failed.`), problemBox(problem), problem.report ? importReport(problem.report) : "");
    const headline = answer.splits
      ? h("p", {}, h("a", { href: link(["datasets", answer.name]) }, answer.name), " was imported.")
      : h("p", {}, `Nothing was imported. This is what ${name} would be.`);
    return tell(`imported ${name}`, headline, answer.splits && !answer.report ? "" : importReport(answer.report ?? answer));
  }

  function draw({ running, outcome }) {
    button.disabled = running !== null;
    show(progress, running !== null);
    if (running) drawRunning(running);
    else if (outcome) drawOutcome(outcome);
    else tell("");
  }

  async function send(event) {
    event.preventDefault();
    if (imports.get().running) return;
    const { answer } = await startImport(sentOf(new FormData(form), archive()));
    // whoever has gone to another page meanwhile stays there
    if (form.isConnected && answer?.splits && !answer.report) go(["datasets", answer.name]);
  }

  return { node: form, close: watchImports(draw) };
}
