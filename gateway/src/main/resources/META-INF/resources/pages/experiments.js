// The list of experiments. What is searched, filtered, sorted, grouped and shown stands in the address, so a link keeps all of it.
import { FILTERS, choose, groupOverSeeds, valuesOf } from "../app/choosing.js";
import { h, keep, setText, show } from "../app/element.js";
import { experiments, useExperiments } from "../app/experiments.js";
import { count, plural } from "../app/format.js";
import { adjust, link } from "../app/router.js";
import { wordOf } from "../app/standing.js";
import { table } from "../parts/table.js";
import { COLUMNS, chosenColumns, sortRows } from "./experimentColumns.js";

const ROWS_OF_A_PAGE = 100;

export function experimentsPage({ parameters }) {
  let asked = parameters;
  let ticked = tickedIn(asked);
  const search = h("input", { type: "search", id: "search", placeholder: "id, data set, method …", value: asked.get("q") ?? "", on: { input: event => ask({ q: event.target.value, page: null }) } });
  const filters = Object.fromEntries(Object.entries(FILTERS).map(([name, { label }]) => [name, h("select", { "aria-label": label, on: { change: event => ask({ [name]: event.target.value, page: null }) } })]));
  const group = h("input", { type: "checkbox", id: "group", on: { change: event => ask({ group: event.target.checked, page: null }) } });
  const columns = h("div", { class: "choices" });
  const found = h("p", { class: "soft found", role: "status" });
  const compare = h("a", { class: "button", href: "#/compare" }, "Compare");
  const clear = h("button", { type: "button", class: "quiet", on: { click: () => { ask({ q: null, page: null, ...Object.fromEntries(Object.keys(FILTERS).map(name => [name, null])) }); search.focus(); } } }, "Clear filters");
  const empty = h("div", { class: "empty", hidden: true }, h("p", {}, "No experiment yet."), h("p", {}, h("a", { class: "button primary", href: "#/new" }, "New experiment"), " or ", h("code", {}, "./rtda train --dataset NAME")));
  const rows = table({ caption: "Experiments", key: row => row.members ? `group of ${row.id}` : row.id, onSort: sort });
  const pages = h("nav", { class: "pages", "aria-label": "Pages of the list" });

  function ask(changes) {
    asked = adjust(changes);
    draw();
  }

  /** First as a reader expects it: figures from the highest, words from the first. */
  function sort(by) {
    const down = asked.get("sort") === by ? asked.get("down") !== "true" : COLUMNS.find(column => column.id === by).number === true;
    ask({ sort: by, down, page: null });
  }

  const tick = {
    id: "tick", label: "Compare", hidden: true, sortable: false,
    // the box itself knows whether it is ticked: it is not drawn anew under a person's finger
    text: row => members(row).map(one => one.id).join(),
    cell: row => h("input", { type: "checkbox", data: { ids: members(row).map(one => one.id).join() }, checked: members(row).every(one => ticked.has(one.id)), "aria-label": `Compare ${row.name ?? row.id}`, on: { change: event => {
      for (const one of members(row)) event.target.checked ? ticked.add(one.id) : ticked.delete(one.id);
      asked = adjust({ ticked: [...ticked].join(",") });
      drawCompare();
    } } }),
  };

  function drawCompare() {
    setText(compare, ticked.size < 2 ? "Compare: tick two or more" : `Compare ${count(ticked.size)}`);
    compare.setAttribute("href", link(["compare"], { experiments: [...ticked].join(",") }));
    compare.classList.toggle("primary", ticked.size > 1);
  }

  function draw() {
    const { rows: all, complete } = experiments.get();
    if (search.value !== (asked.get("q") ?? "")) search.value = asked.get("q") ?? "";
    Object.entries(filters).forEach(([name, select]) => fillFilter(select, name, all, asked.get(name) ?? ""));
    group.checked = asked.get("group") === "true";
    const shownColumns = shownNow();
    for (const box of columns.querySelectorAll("input")) box.checked = shownColumns.includes(box.value);
    show(clear, Object.keys(FILTERS).some(name => asked.get(name)) || Boolean(asked.get("q")));
    const chosen = choose(all, asked);
    const shown = group.checked ? groupOverSeeds(chosen) : chosen;
    const sorted = sortRows(shown, asked.get("sort"), asked.get("down") === "true");
    const last = Math.max(0, Math.ceil(sorted.length / ROWS_OF_A_PAGE) - 1);
    const page = pageOf(asked, last);
    const sortedBy = asked.get("sort") ? { by: asked.get("sort"), down: asked.get("down") === "true" } : null;
    rows.draw([tick, ...chosenColumns(asked.get("columns"))], sorted.slice(page * ROWS_OF_A_PAGE, (page + 1) * ROWS_OF_A_PAGE), sortedBy);
    show(rows.node, all.length > 0);
    show(empty, all.length === 0 && complete);
    setText(found, all.length === 0 ? (complete ? "" : "Reading …") : chosen.length === all.length ? plural(all.length, "experiment") : `${count(chosen.length)} of ${plural(all.length, "experiment")}`);
    drawPages(last, page);
    drawCompare();
  }

  function drawPages(last, page) {
    show(pages, last > 0);
    // the buttons stay: the one that was pressed keeps the focus
    keep(pages, Array.from({ length: last + 1 }, (_, place) => place), {
      key: place => place,
      make: place => h("button", { type: "button", "aria-label": `Page ${place + 1}`, on: { click: () => ask({ page: place || null }) } }, String(place + 1)),
      update: (button, place) => place === page ? button.setAttribute("aria-current", "page") : button.removeAttribute("aria-current"),
    });
  }

  const shownNow = () => chosenColumns(asked.get("columns")).map(column => column.id);
  columns.append(...COLUMNS.filter(column => !column.always).map(column => h("label", {}, h("input", {
    type: "checkbox", value: column.id,
    on: { change: event => ask({ columns: COLUMNS.map(one => one.id).filter(id => id === column.id ? event.target.checked : shownNow().includes(id)).join(",") }) },
  }), " ", column.label)));

  const node = h("div", {},
    h("div", { class: "bar" },
      h("h1", {}, "Experiments"), found, h("span", { class: "fill" }), compare, h("a", { class: "button primary", href: "#/new" }, "New experiment")),
    h("div", { class: "bar filters", role: "search", "aria-label": "Experiments" },
      h("label", { for: "search", class: "hear" }, "Search"), search, Object.values(filters),
      h("label", { class: "check" }, group, " Group seeds"),
      h("details", { class: "menu" }, h("summary", {}, "Columns"), columns), clear),
    empty, rows.node, pages,
    h("p", { class: "soft note" }, "Balanced accuracy with its 95% interval; of grouped seeds the mean, between the lowest and the highest seed; where one seed alone has a figure, that with its own interval. Italic: not final, on validation images. ⚑ marks figures that a gate says do not stand."));
  const stopReading = useExperiments();
  const stopLooking = experiments.subscribe(draw);
  draw();
  return {
    title: "Experiments",
    node,
    update: next => {
      asked = next;
      ticked = tickedIn(asked);
      for (const box of rows.node.querySelectorAll("input[data-ids]")) box.checked = box.dataset.ids.split(",").every(id => ticked.has(id));
      draw();
    },
    close: () => { stopReading(); stopLooking(); },
  };
}

/** The page that an address names, from 0, as far as there is one. */
export function pageOf(parameters, last) {
  return Math.max(0, Math.min(last, Math.trunc(Number(parameters.get("page"))) || 0));
}

const tickedIn = parameters => new Set((parameters.get("ticked") ?? "").split(",").filter(Boolean));
const members = row => row.members ?? [row];

/** A filter's values, and the chosen one even where no row has it. */
function fillFilter(select, name, rows, chosen) {
  const values = [...new Set([...valuesOf(rows, name), ...chosen ? [chosen] : []])];
  const says = values.join("\n");
  show(select, values.length > 1 || chosen !== "");
  if (select.dataset.says !== says) {
    select.dataset.says = says;
    select.replaceChildren(h("option", { value: "" }, `${FILTERS[name].label}: all`), ...values.map(value => h("option", { value }, name === "state" ? wordOf(value).word : value)));
  }
  select.value = chosen;
}
