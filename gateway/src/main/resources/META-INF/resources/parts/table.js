// Tables whose rows stay: a cell is drawn anew only where what it says has changed.
import { h, keep, setText } from "../app/element.js";

/**
 * A table.
 *
 * @param caption what it holds, for screen readers
 * @param key(item) what makes a row the same row
 * @return {node, draw(columns, items, sorted)}; a column is {id, label, help, number, sortable, header, text(item), cell(item)}: `text` is all
 *     that the cell shows, `cell` its content where that is more than the text
 */
export function table({ caption, key, onSort = null }) {
  const head = h("tr");
  const body = h("tbody");
  const region = h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", {}, h("caption", { class: "hear" }, caption), h("thead", {}, head), body));
  let shown = "";
  return {
    node: region,
    draw(columns, items, sorted = null) {
      const heading = JSON.stringify([columns.map(column => column.id), sorted]);
      if (heading !== shown) {
        const focus = document.activeElement?.dataset?.sort;
        head.replaceChildren(...columns.map(column => headCell(column, sorted, onSort)));
        if (focus) head.querySelector(`[data-sort="${focus}"]`)?.focus();
        if (JSON.parse(shown || "[[]]")[0].join() !== columns.map(column => column.id).join()) body.replaceChildren();
        shown = heading;
      }
      keep(body, items, {
        key,
        make: () => h("tr", {}, columns.map(column => h(column.header ? "th" : "td", { class: column.number ? "number" : null, scope: column.header ? "row" : null }))),
        update: (row, item) => columns.forEach((column, place) => fill(row.children[place], column, item)),
      });
    },
  };
}

function headCell(column, sorted, onSort) {
  const direction = sorted?.by === column.id ? (sorted.down ? "descending" : "ascending") : null;
  const label = onSort && column.sortable !== false
    ? h("button", { type: "button", class: "sort", data: { sort: column.id }, title: column.help, on: { click: () => onSort(column.id) } },
      column.label, h("span", { "aria-hidden": "true" }, direction === null ? "" : direction === "ascending" ? " ↑" : " ↓"))
    : column.hidden ? h("span", { class: "hear" }, column.label) : h("span", { title: column.help }, column.label);
  return h("th", { scope: "col", class: column.number ? "number" : null, "aria-sort": direction }, label);
}

function fill(cell, column, item) {
  const text = column.text(item);
  if (!column.cell) return setText(cell, text);
  if (cell.dataset.says === text && cell.childNodes.length) return undefined;
  cell.dataset.says = text;
  const hadFocus = cell.contains(document.activeElement);
  cell.replaceChildren(...[column.cell(item)].flat(Infinity).filter(Boolean));
  // what is drawn anew loses the keyboard's place; where the cell has nothing for it any more, the table takes it
  if (hadFocus) (cell.querySelector("a, button, input") ?? cell.closest(".scroll"))?.focus();
  return undefined;
}
