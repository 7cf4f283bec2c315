// The report of an archive of images: what became of its files. It is shown once and kept nowhere.
import { groupsOf } from "../app/importing.js";
import { h } from "../app/element.js";
import { count } from "../app/format.js";

export function importReport(report) {
  return h("div", { class: "report" }, groupsOf(report).map(({ title, lines, rest }) => h("section", {},
    h("h3", {}, title),
    h("ul", {}, lines.map(line => h("li", {}, line)), rest > 0 && h("li", { class: "soft" }, `and ${count(rest)} more`)))));
}
