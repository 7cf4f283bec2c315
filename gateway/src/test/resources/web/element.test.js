import { h, keep } from "/app/element.js";
import { table } from "/parts/table.js";
import { equal, test } from "./suite.js";

test("what a user named is text, never markup", () => equal(h("p", {}, "<img src=x onerror=alert(1)>").childElementCount, 0));
test("what is absent is left out, true is an attribute without value", () => equal(h("input", { hidden: true, title: null, required: false }, null, false).outerHTML, "<input hidden=\"\">"));
test("children of known keys stay the same nodes, in the new order", () => {
  const list = h("ul");
  const draw = items => keep(list, items, { key: item => item, make: item => h("li", {}, item) });
  draw(["a", "b", "c"]);
  const [a, b, c] = list.children;
  draw(["c", "a", "d"]);
  equal([...list.children].map(child => child.textContent), ["c", "a", "d"]);
  equal([list.children[0] === c, list.children[1] === a, b.isConnected], [true, true, false]);
});
test("a cell is drawn anew only where what it says has changed", () => {
  let drawn = 0;
  const columns = [{ id: "x", label: "X", text: row => row.x, cell: row => { drawn += 1; return row.x; } }];
  const rows = table({ caption: "t", key: row => row.id });
  rows.draw(columns, [{ id: 1, x: "a" }, { id: 2, x: "b" }]);
  rows.draw(columns, [{ id: 1, x: "a" }, { id: 2, x: "c" }]);
  equal(drawn, 3);
});
test("a table of other columns is drawn anew", () => {
  const rows = table({ caption: "t", key: row => row.id });
  const column = id => ({ id, label: id, text: row => row[id] });
  rows.draw([column("a")], [{ id: 1, a: "x", b: "y" }]);
  rows.draw([column("b"), column("a")], [{ id: 1, a: "x", b: "y" }]);
  equal([...rows.node.querySelectorAll("tbody td")].map(cell => cell.textContent), ["y", "x"]);
});
