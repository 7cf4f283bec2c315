import { Problem } from "/app/api.js";
import { galleryPart } from "/parts/gallery.js";
import { readingPart } from "/parts/reading.js";
import { specificationPart } from "/parts/specification.js";
import { equal, test, turnTab, until } from "./suite.js";

/** A tab that is shown again reads at once what waits to be read. */
const comeBack = () => { turnTab(true); turnTab(false); };
const away = new Problem({ title: "The gateway does not answer." });
const drawn = (answer, content) => content.replaceChildren(answer);
/** Answers one after the other; of problems the request fails. */
const answering = answers => async () => {
  const answer = answers.shift();
  if (answer instanceof Error) throw answer;
  return answer;
};

test("what could not be read is said, and read again until there is an answer", async () => {
  let reads = 0;
  const part = readingPart(() => { reads += 1; return reads < 3 ? Promise.reject(away) : Promise.resolve("here"); }, drawn);
  await until(() => part.node.textContent.includes("The gateway does not answer.") && part.node.textContent.includes("Trying again."));
  equal(part.node.lastElementChild.hidden, true);
  comeBack();
  await until(() => reads === 2);
  const box = part.node.querySelector(".problem");
  comeBack();
  await until(() => part.node.lastElementChild.textContent === "here");
  equal([part.node.firstElementChild.hidden, part.node.lastElementChild.hidden, box === part.node.querySelector(".problem")], [true, false, true]);
  comeBack();
  equal(reads, 3);
});
test("a part that has its answer, or whose page was left, reads no more", async () => {
  let reads = 0;
  const part = readingPart(() => { reads += 1; return Promise.reject(away); }, drawn);
  await until(() => part.node.textContent.includes("Trying again."));
  part.stop();
  comeBack();
  equal(reads, 1);
});
test("who asks while it is read gets another read after it, and then it reads no more", async () => {
  const answers = [];
  const part = readingPart(() => new Promise(answer => answers.push(answer)), drawn);
  part.now();
  answers[0]("old");
  await until(() => answers.length === 2);
  equal(part.node.lastElementChild.textContent, "old");
  answers[1]("new");
  await until(() => part.node.lastElementChild.textContent === "new");
  comeBack();
  equal(answers.length, 2);
});
test("who asks while it is read gets another read also where that one is refused", async () => {
  const reads = [];
  const part = readingPart(() => new Promise((answer, refuse) => reads.push({ answer, refuse })), drawn);
  part.now();
  reads[0].refuse(new Problem({ status: 400, detail: "experiments must be on one data set" }));
  await until(() => reads.length === 2);
  reads[1].answer("here");
  await until(() => part.node.lastElementChild.textContent === "here");
  equal(part.node.firstElementChild.hidden, true);
});
test("an answer that comes after its page was left is not drawn", async () => {
  let answer;
  const part = readingPart(() => new Promise(done => { answer = done; }), drawn);
  part.stop();
  answer("late");
  await until(() => true);
  equal(part.node.textContent, "Reading …");
});
test("what is not allowed is asked for again by a person alone", async () => {
  let reads = 0;
  const part = readingPart(() => { reads += 1; return reads === 1 ? Promise.reject(new Problem({ status: 400, detail: "experiments must be on one data set" })) : Promise.resolve("here"); }, drawn);
  await until(() => part.node.querySelector("button") !== null);
  comeBack();
  equal(reads, 1);
  part.node.querySelector("button").click();
  await until(() => part.node.lastElementChild.textContent === "here");
});
test("what is read again and again keeps what it shows while the gateway is away", async () => {
  const answers = ["first", away, "second"];
  const part = readingPart(answering(answers), drawn, 1);
  await until(() => part.node.lastElementChild.textContent === "first");
  await until(() => !part.node.firstElementChild.hidden || answers.length === 0);
  equal(part.node.lastElementChild.hidden, false);
  await until(() => part.node.lastElementChild.textContent === "second");
  part.stop();
  equal(part.node.firstElementChild.hidden, true);
});
test("the first pause is 2 s while nothing is shown, also where it is read seldom later", async () => {
  const answers = [away, away, "here", away, away, "again"];
  const waits = [];
  const real = globalThis.setTimeout;
  globalThis.setTimeout = (task, millis = 0) => {
    if (millis >= 1000) waits.push(millis);
    return real(task);
  };
  const part = readingPart(answering(answers), drawn, 15_000);
  try {
    await until(() => waits.length >= 6);
  } finally {
    part.stop();
    globalThis.setTimeout = real;
  }
  equal(waits.slice(0, 6), [2000, 4000, 15_000, 15_000, 30_000, 15_000]);
});
test("images are read when they are asked for, and again when they were not there", async () => {
  const report = pictures => ({ sections: [{ blocks: [{ pictures }] }] });
  const picture = { caption: "benign", flags: [], views: [{ title: "clean", image: "data:image/png;base64," }] };
  const answers = [report([]), report([picture])];
  let reads = 0;
  const ask = answering(answers);
  const { node, close } = galleryPart("exp-1", () => { reads += 1; return ask(); });
  document.body.append(node);
  equal(reads, 0);
  node.open = true;
  await until(() => node.textContent.includes("No images have been kept so far."));
  node.open = false;
  await until(() => reads === 1);
  node.dispatchEvent(new Event("toggle"));
  node.open = true;
  await until(() => node.querySelectorAll("figure").length === 1);
  equal(reads, 2);
  close();
  node.remove();
});
test("a specification is shown with what was chosen, once the defaults have come", async () => {
  const spec = { dataset: "busi", epochs: 3, seed: 1 };
  const { node, close } = specificationPart({ id: "exp-1", spec }, answering([{ defaults: { epochs: 15, seed: 1 } }]));
  await until(() => node.querySelector("pre") !== null);
  const rows = [...node.querySelectorAll("tbody tr")].map(row => [...row.children].map(cell => cell.textContent));
  equal(rows, [["dataset", "busi", "chosen"], ["epochs", "3", "chosen"], ["seed", "1", "default"]]);
  equal([node.querySelector("pre").textContent.includes("\"epochs\": 3"), node.querySelector("pre").textContent.includes("seed")], [true, false]);
  close();
});
