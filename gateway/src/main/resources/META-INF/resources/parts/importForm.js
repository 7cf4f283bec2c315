// The form that imports a data set: an NPZ file, or an archive of images with what is said of it.
import { upload } from "../app/api.js";
import { answered, lost } from "../app/connection.js";
import { h, show } from "../app/element.js";
import { bytes } from "../app/format.js";
import { isArchive, sentOf } from "../app/importing.js";
import { go, link } from "../app/router.js";
import { problemBox } from "./badges.js";
import { importReport } from "./importReport.js";

/** Whose trouble is said on whichever page a person is by then; it ends when the page is opened again. */
const IMPORT = "import";

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
  return h("fieldset", { hidden: true },
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

export function importForm() {
  answered(IMPORT);
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
  }

  function sending(size, share) {
    if (share < 1) {
      progress.value = share;
      return;
    }
    // how far the gateway is with reading nobody knows
    progress.removeAttribute("value");
    told.replaceChildren(h("p", { class: "soft" }, `${bytes(size)} sent. The gateway reads them …`));
  }

  async function send(event) {
    event.preventDefault();
    const sent = new FormData();
    for (const [name, value] of sentOf(new FormData(form), archive())) sent.append(name, value);
    const size = [...sent.values()].reduce((sum, value) => sum + (value.size ?? 0), 0);
    button.disabled = true;
    progress.value = 0;
    progress.hidden = false;
    told.replaceChildren(h("p", { class: "soft" }, `Sending ${bytes(size)} …`));
    try {
      imported(await upload(["datasets"], sent, share => sending(size, share)), sent.get("name"));
    } catch (e) {
      told.replaceChildren(problemBox(e), e.report ? importReport(e.report) : "");
      if (!form.isConnected) lost(IMPORT, `The import of ${sent.get("name")} failed: ${e.message}`);
    } finally {
      button.disabled = false;
      progress.hidden = true;
    }
  }

  /** A manifest, a manifest with a report, or the report alone. */
  function imported(answer, name) {
    // whoever has gone to another page meanwhile stays there
    if (!form.isConnected) return;
    if (answer.splits && !answer.report) {
      go(["datasets", answer.name]);
      return;
    }
    const headline = answer.splits
      ? h("p", {}, h("a", { href: link(["datasets", answer.name]) }, answer.name), " was imported.")
      : h("p", {}, `Nothing was imported. This is what ${name} would be.`);
    told.replaceChildren(headline, importReport(answer.report ?? answer));
  }
  return form;
}
