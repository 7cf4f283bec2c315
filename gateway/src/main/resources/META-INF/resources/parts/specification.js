// An experiment's specification: what is special about it, all of it, and how to run it again.
import { API, get } from "../app/api.js";
import { h } from "../app/element.js";
import { link } from "../app/router.js";
import { asCommand, chosenIn, flat, origin, valueText } from "../app/specification.js";
import { copy } from "./badges.js";
import { readingPart } from "./reading.js";

/**
 * @param ask(parts, parameters, signal) as the API's module has it
 * @return {node, close()}
 */
export function specificationPart({ id, spec }, ask = get) {
  const reading = readingPart(signal => ask(["known"], {}, signal), ({ defaults }, content) => content.replaceChildren(shown(id, spec, defaults)));
  return { node: reading.node, close: reading.stop };
}

function shown(id, spec, defaults) {
  const special = chosenIn(spec, defaults);
  const command = h("pre", { tabindex: "0" }, asCommand(special, `${location.origin}${API}/experiments`));
  const button = h("button", { type: "button", on: { click: () => copy(command.textContent, command, button) } }, "Copy as command");
  const chosen = new Map(flat(special));
  return h("div", {},
    h("div", { class: "actions" }, h("a", { class: "button", href: link(["new"], { from: id }) }, "Run again, changed"), button),
    command, h("p", { class: "soft note" }, "Where the gateway requires a token, add -H @rtda.header: a file of yours alone with the line “Authorization: Bearer TOKEN”."),
    h("details", {}, h("summary", {}, "Every setting"),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Every setting" },
        h("table", {},
          h("caption", { class: "hear" }, "Every setting of the specification"),
          h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Setting"), h("th", { scope: "col" }, "Value"), h("th", { scope: "col" }, "Where it comes from"))),
          h("tbody", {}, flat(spec).map(([path, value]) => h("tr", { class: chosen.has(path) ? "differs" : "" },
            h("th", { scope: "row" }, path), h("td", { class: "wrap" }, valueText(value)), h("td", {}, origin(path, chosen)))))))));
}
