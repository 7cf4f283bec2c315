// What people say of an experiment: a name, notes and tags. Nothing of the run depends on it.
import { patch } from "../app/api.js";
import { h } from "../app/element.js";
import { problemBox } from "./badges.js";

/** The words between commas. */
export function tagsOf(text) {
  return [...new Set(text.split(",").map(tag => tag.trim()).filter(Boolean))];
}

/** @param onSaved called when the gateway has taken it */
export function describePart({ id, name, notes, tags = [] }, onSaved) {
  const field = (label, input) => h("div", { class: "field" }, h("label", { for: input.id }, label), input);
  const inputs = {
    name: h("input", { id: "describe-name", value: name ?? "", autocomplete: "off" }),
    tags: h("input", { id: "describe-tags", value: (tags ?? []).join(", "), placeholder: "baseline, third-try", title: "Separated by commas; each of a-z, 0-9 and . _ -", autocomplete: "off" }),
    notes: h("textarea", { id: "describe-notes", rows: "2", cols: "50", value: notes ?? "" }),
  };
  const told = h("div", { "aria-live": "polite" });
  const details = h("details", { class: "note" }, h("summary", {}, "Name, tags, notes"),
    h("form", { class: "inline", on: { submit: save } }, field("Name", inputs.name), field("Tags", inputs.tags), field("Notes", inputs.notes), h("button", { type: "submit" }, "Save")), told);

  async function save(event) {
    event.preventDefault();
    try {
      await patch(["experiments", id], { name: inputs.name.value.trim(), notes: inputs.notes.value.trim(), tags: tagsOf(inputs.tags.value) });
      told.replaceChildren(h("p", { class: "said" }, "Saved."));
      onSaved();
    } catch (e) {
      told.replaceChildren(problemBox(e));
    }
  }
  return details;
}
