// Experiments side by side: which ones, and what the gateway answers of them.
import { get } from "../app/api.js";
import { h, keep, setText } from "../app/element.js";
import { experiments, useExperiments } from "../app/experiments.js";
import { go, link } from "../app/router.js";
import { comparedPart } from "../parts/compared.js";
import { readingPart } from "../parts/reading.js";

export function comparePage({ parameters }) {
  const ids = (parameters.get("experiments") ?? "").split(",").filter(Boolean);
  const choice = chooser(ids);
  const content = ids.length < 2 ? tooFew() : comparison(ids);
  const stops = [useExperiments(), experiments.subscribe(choice.fill), content.close];
  return { title: "Compare", node: h("div", {}, h("div", { class: "bar" }, h("h1", {}, "Compare")), choice.node, content.node), close: () => stops.forEach(stop => stop()) };
}

function tooFew() {
  return { node: h("div", { class: "empty" }, h("p", {}, "Choose at least two experiments of one data set."), h("p", {}, "You can also tick them in the ", h("a", { href: "#/experiments" }, "list of experiments"), ".")), close() {} };
}

/**
 * It is read again when the list tells that one of them has other figures, and once when the list has come: what it tells then may be newer
 * than the first answer.
 */
function comparison(ids) {
  const part = comparedPart();
  const reading = readingPart(signal => get(["comparisons"], { experiments: ids.join(",") }, signal), (found, place) => {
    if (!place.contains(part.node)) place.replaceChildren(part.node);
    part.draw(found);
  });
  let known = whatIsMeasured(experiments.get(), ids);
  const unwatch = experiments.subscribe(state => {
    const now = whatIsMeasured(state, ids);
    if (now !== null && now !== known) reading.now();
    known = now ?? known;
  });
  return { node: reading.node, close: () => { reading.stop(); unwatch(); part.close(); } };
}

/** What changes when one of the experiments has more figures or is evaluated to its end; null while the list is incomplete. */
export function whatIsMeasured({ rows, complete }, ids) {
  return complete ? JSON.stringify(rows.filter(row => ids.includes(row.id)).map(row => [row.id, row.headline, row.unfinished])) : null;
}

/** The chosen experiments, and a list of others. Both are kept in step with what is known: a list that is open stays open. */
export function chooser(ids) {
  const chips = h("span", { class: "inline" });
  const add = h("select", { id: "add", on: { change: event => event.target.value && go(["compare"], { experiments: [...ids, event.target.value].join(",") }) } });
  function fill({ rows }) {
    const name = id => { const row = rows.find(one => one.id === id); return row ? `${row.name ?? row.spec.method}, seed ${row.spec.seed}` : id; };
    const dataset = rows.find(row => row.id === ids[0])?.spec.dataset;
    const others = rows.filter(row => row.headline?.last && !ids.includes(row.id) && (!dataset || row.spec.dataset === dataset));
    keep(chips, ids, {
      key: id => id,
      make: id => h("span", { class: "badge off", title: id }, h("a", { href: link(["experiments", id]) }), " ", h("a", { href: link(["compare"], { experiments: ids.filter(one => one !== id).join(",") }) }, "✕")),
      update: (chip, id) => {
        setText(chip.firstElementChild, name(id));
        chip.lastElementChild.setAttribute("aria-label", `Leave out ${name(id)}`);
      },
    });
    keep(add, [["", others.length ? "Add an experiment …" : "No other one of this data set"], ...others.map(row => [row.id, `${name(row.id)} on ${row.spec.dataset} (${row.id})`])], {
      key: ([value]) => value,
      make: ([value]) => h("option", { value }),
      update: (option, [, text]) => setText(option, text),
    });
  }
  fill(experiments.get());
  return { node: h("div", { class: "inline" }, chips, h("label", { for: "add", class: "hear" }, "Add an experiment"), add), fill };
}
