// What people say of an experiment: a name, notes and tags. Nothing of the run depends on it.
import { patch } from "../app/api.js";
import { h } from "../app/element.js";
import { problemBox } from "./badges.js";

/** The words between commas. */
export function tagsOf(text) {
  return [...new Set(text.split(",").map(tag => tag.trim()).filter(Boolean))];
}

/** As the fields show it. */
const SHOWN = { name: ({ name }) => name ?? "", tags: ({ tags }) => (tags ?? []).join(", "), notes: ({ notes }) => notes ?? "" };
/** As the gateway takes it. */
const SENT = { name: text => text.trim(), tags: tagsOf, notes: text => text.trim() };

/**
 * Fields that nobody has typed into follow what others say.
 *
 * @param onSaved called when the gateway has taken it
 * @param send as the API's module has it
 * @return {node, draw(experiment, askedAt: when the gateway was asked for it, as performance.now() tells)}
 */
export function describePart(id, onSaved, send = patch) {
  const field = (label, input) => h("div", { class: "field" }, h("label", { for: input.id }, label), input);
  const inputs = {
    name: h("input", { id: "describe-name", autocomplete: "off" }),
    tags: h("input", { id: "describe-tags", placeholder: "baseline, third-try", title: "Separated by commas; each of a-z, 0-9 and . _ -", autocomplete: "off" }),
    notes: h("textarea", { id: "describe-notes", rows: "2", cols: "50" }),
  };
  /** What each field has shown last, before a person typed. */
  const shown = { name: "", tags: "", notes: "" };
  /** An experiment that was asked for before does not have what was saved. */
  let savedAt = -Infinity;
  const typedInto = name => inputs[name].value !== shown[name];
  const told = h("div", { "aria-live": "polite" });
  const details = h("details", { class: "note" }, h("summary", {}, "Name, tags, notes"),
    h("form", { class: "inline", on: { submit: save } }, field("Name", inputs.name), field("Tags", inputs.tags), field("Notes", inputs.notes), h("button", { type: "submit" }, "Save")), told);

  async function save(event) {
    event.preventDefault();
    // what was not typed into may be another's, and stays as it is
    const typed = Object.keys(inputs).filter(typedInto);
    const texts = Object.fromEntries(typed.map(name => [name, inputs[name].value]));
    try {
      if (typed.length > 0) await send(["experiments", id], Object.fromEntries(typed.map(name => [name, SENT[name](texts[name])])));
      // what was typed while it was sent is not saved
      Object.assign(shown, texts);
      if (typed.length > 0) savedAt = performance.now();
      told.replaceChildren(h("p", { class: "said" }, typed.length > 0 ? "Saved." : "Nothing has changed."));
      onSaved();
    } catch (e) {
      told.replaceChildren(problemBox(e));
    }
  }

  return {
    node: details,
    draw(experiment, askedAt = performance.now()) {
      if (askedAt < savedAt) return;
      for (const name of Object.keys(inputs)) {
        if (typedInto(name)) continue;
        shown[name] = SHOWN[name](experiment);
        if (inputs[name].value !== shown[name]) inputs[name].value = shown[name];
        // a browser may have another way to write it, for example of line ends
        shown[name] = inputs[name].value;
      }
    },
  };
}
