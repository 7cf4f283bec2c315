import { Problem } from "/app/api.js";
import { connection } from "/app/connection.js";
import { imports, startImport, watchImports } from "/app/imports.js";
import { importForm } from "/parts/importForm.js";
import { equal, test, until } from "./suite.js";

const ENTRIES = [["name", "busi"], ["file", new File(["x".repeat(2048)], "busi.npz")]];
/** An upload that a test ends. */
function sending() {
  const upload = {};
  upload.send = (parts, form, onProgress) => new Promise((answer, fail) => Object.assign(upload, { onProgress, answer, fail }));
  return upload;
}
const manifest = { name: "busi", splits: {} };

test("an import that runs is shown by a page that is opened meanwhile, and its outcome once", async () => {
  const upload = sending();
  const first = importForm();
  const ends = startImport(ENTRIES, upload.send);
  first.close();
  upload.onProgress(0.5);
  const second = importForm();
  const { node } = second;
  equal([node.querySelector("progress").hidden, node.querySelector("progress").value, node.querySelector("button").disabled, node.textContent.includes("Sending busi, 2 KiB")], [false, 0.5, true, true]);
  upload.onProgress(1);
  await until(() => node.textContent.includes("2 KiB of busi sent. The gateway reads them"));
  upload.answer(manifest);
  await ends;
  await until(() => node.textContent.includes("busi was imported."));
  equal([node.querySelector("progress").hidden, node.querySelector("button").disabled, node.querySelector("[aria-live] a").getAttribute("href")], [true, false, "#/datasets/busi"]);
  second.close();
  const third = importForm();
  equal([third.node.textContent.includes("was imported"), imports.get().outcome], [false, null]);
  third.close();
});
test("a failure that nobody watches is said above the page, and in the form when it is opened again", async () => {
  const upload = sending();
  const ends = startImport(ENTRIES, upload.send);
  upload.fail(new Problem({ status: 400, detail: "no file is named" }));
  await ends;
  equal(connection.get().trouble, "The import of busi failed: no file is named");
  const form = importForm();
  equal([connection.get().trouble, form.node.textContent.includes("The import of busi failed.no file is named")], [null, true]);
  form.close();
});
test("a failure that somebody watches is said in the form alone", async () => {
  const upload = sending();
  const form = importForm();
  const ends = startImport(ENTRIES, upload.send);
  upload.fail(new Problem({ status: 400, detail: "no file is named" }));
  await ends;
  await until(() => form.node.textContent.includes("no file is named"));
  equal([connection.get().trouble, form.node.querySelector("button").disabled], [null, false]);
  form.close();
});
test("an archive that was only checked says what it would be", async () => {
  const upload = sending();
  const ends = startImport(ENTRIES, upload.send);
  const none = { count: 0, first: [] };
  upload.answer({ counts: { train: "14" }, notes: [], refused: none, duplicates: { exact: 0, near: 0, acrossSplits: 0, first: [] }, constant: none });
  await ends;
  const form = importForm();
  equal([form.node.textContent.includes("Nothing was imported. This is what busi would be."), form.node.textContent.includes("train: 14")], [true, true]);
  form.close();
});
test("who watches no more is not told", async () => {
  const upload = sending();
  let told = 0;
  const stop = watchImports(() => { told += 1; });
  stop();
  const ends = startImport(ENTRIES, upload.send);
  upload.answer(manifest);
  await ends;
  equal([told, imports.get().running], [1, null]);
  imports.set({ outcome: null });
});
