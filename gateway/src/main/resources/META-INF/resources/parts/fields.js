// Fields of a form made from a schema.
import { h } from "../app/element.js";
import { limitsText, valueOf } from "../app/schema.js";

const SPELT = { dataset: "Data set", augmix: "AugMix", lambda: "Lambda (λ)", preAugmentation: "Flips and crops", selection: "Which epoch" };

const MISSING = "missing";

/** What is said at a field whose text is refused for this reason; null where it is not. */
export function complaint(wrong) {
  if (!wrong) return null;
  return wrong === MISSING ? "Needed: choose a value." : `Must be ${wrong}.`;
}

/** A field's name as people write it. */
export const words = name => SPELT[name] ?? name.replace(/([A-Z])/g, " $1").replace(/^./, letter => letter.toUpperCase()).replace(/ (.)/g, (_, letter) => ` ${letter.toLowerCase()}`);

/**
 * A field with its label, help and limits.
 *
 * @param choices beyond those of the schema, for example the data sets that there are
 * @param label instead of the field's name
 * @param onChange called when its value has changed
 * @return {node, path, read(): {value} or {wrong}, write(value), mark(text): says what is wrong with it, null for nothing}
 */
export function fieldInput(field, { choices = field.choices, label = words(field.name), onChange = () => {} } = {}) {
  const id = `field-${field.path.replaceAll(".", "-")}`;
  const options = field.kind === "truth" ? ["true", "false"] : choices;
  const described = { id, name: field.path, "aria-describedby": `${id}-help ${id}-wrong`, required: field.required };
  const input = options
    ? h("select", described, !field.required && h("option", { value: "" }, `default${field.usual === null ? "" : `: ${field.usual}`}`), options.map(one => h("option", { value: one }, String(one))))
    : h("input", { ...described, type: "text", inputmode: field.kind === "text" ? "text" : "decimal", placeholder: field.usual === null ? "" : [field.usual].flat().join(", "), autocomplete: "off" });
  const wrong = h("p", { class: "wrong", id: `${id}-wrong` });
  const limits = limitsText(field);
  const help = [field.help, limits && `${limits}.`].filter(Boolean).join(". ").replace("..", ".");
  const self = {
    path: field.path,
    read: () => field.required && input.value.trim() === "" ? { wrong: MISSING } : valueOf(field, input.value),
    write: value => { input.value = value === null || value === undefined ? "" : [value].flat().join(", "); },
    mark(text) {
      wrong.textContent = text ?? "";
      if (text) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    },
    focus: () => input.focus(),
  };
  input.addEventListener("input", onChange);
  input.addEventListener("change", () => self.mark(complaint(self.read().wrong)));
  self.node = h("div", { class: "field" }, h("label", { for: id }, label), input, h("p", { class: "help", id: `${id}-help` }, help), wrong);
  return self;
}

/** A fieldset, or one that is opened on request. */
export function fieldGroup(title, inputs, isOpen) {
  const fields = h("div", { class: "fields" }, inputs.map(input => input.node));
  return isOpen
    ? h("fieldset", {}, h("legend", {}, title), fields)
    : h("details", { class: "group" }, h("summary", {}, title), h("fieldset", {}, h("legend", { class: "hear" }, title), fields));
}
