import { groupsOf, isArchive, sentOf } from "/app/importing.js";
import { importForm } from "/parts/importForm.js";
import { importReport } from "/parts/importReport.js";
import { equal, test } from "./suite.js";

const none = { count: 0, first: [] };
const report = {
  counts: { train: "14 (benign 7, malignant 7)", val: "2 (benign 1, malignant 1)" },
  notes: ["splits were drawn"],
  refused: { count: 3, first: ["a/1.png: is damaged", "a/2.png: is damaged"] },
  duplicates: { exact: 1, near: 1, acrossSplits: 1, first: ["a has the pixels of b", "c looks like d"] },
  constant: none,
};

test("what is called otherwise than NPZ is taken for an archive", () => equal(["a.zip", "A.NPZ", "a.npz", "scans", ""].map(isArchive), [true, false, false, true, false]));
test("fields of archives go out with an archive alone, and empty ones never", () => {
  const entries = [["name", "set"], ["side", "32"], ["strict", "true"], ["licence", " "], ["shift", "x"]];
  equal(sentOf(entries, true), [["name", "set"], ["side", "32"], ["strict", "true"], ["shift-external", "x"]]);
  equal(sentOf(entries, false), [["name", "set"], ["shift-external", "x"]]);
});
test("a file that was not chosen is not sent", () => equal(sentOf([["shift", new File([], "")]], true), []));
test("a report says what was left out and how many more there are", () => equal(groupsOf(report), [
  { title: "Images", lines: ["train: 14 (benign 7, malignant 7)", "val: 2 (benign 1, malignant 1)"], rest: 0 },
  { title: "How it was understood", lines: ["splits were drawn"], rest: 0 },
  { title: "3 files left out", lines: ["a/1.png: is damaged", "a/2.png: is damaged"], rest: 1 },
  { title: "2 duplicates: 1 with the same pixels, 1 that look the same, 1 of them in two splits", lines: ["a has the pixels of b", "c looks like d"], rest: 0 },
]));
test("of what there is nothing nothing is said", () => equal(groupsOf({ counts: {}, notes: [], refused: none, duplicates: { exact: 0, near: 0, acrossSplits: 0, first: [] }, constant: none }), []));
test("names of files are text, whatever they hold", () => {
  const shown = importReport({ ...report, refused: { count: 1, first: ["<img src=x>.png: is damaged"] } });
  equal([shown.querySelectorAll("img").length, shown.textContent.includes("<img src=x>.png: is damaged")], [0, true]);
});
test("what is wrong in a field that nobody sees does not keep a form from being sent", () => {
  const { node: form, close } = importForm();
  const choose = name => {
    const chosen = new DataTransfer();
    chosen.items.add(new File(["x"], name));
    form.elements.file.files = chosen.files;
    form.elements.file.dispatchEvent(new Event("change"));
    return form.checkValidity();
  };
  form.elements.name.value = "a";
  form.elements.side.value = "4";
  equal([choose("a.zip"), choose("a.npz")], [false, true]);
  close();
});
test("what only archives have is shown when an archive is chosen", () => {
  const { node: form, close } = importForm();
  const files = name => {
    const chosen = new DataTransfer();
    chosen.items.add(new File(["x"], name));
    form.elements.file.files = chosen.files;
    form.elements.file.dispatchEvent(new Event("change"));
    return form.querySelector("fieldset").hidden;
  };
  equal([form.querySelector("fieldset").hidden, files("a.zip"), files("a.npz")], [true, false, true]);
  close();
});
