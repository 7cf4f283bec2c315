import { answered, connection, lost } from "/app/connection.js";
import { follow } from "/app/live.js";
import { waitAfter } from "/app/poll.js";
import { createStore } from "/app/store.js";
import { equal, test } from "./suite.js";

test("a thousand changes are told once", () => {
  const tasks = [];
  let told = 0;
  const store = createStore({ n: 0 }, task => tasks.push(task));
  store.subscribe(() => { told += 1; });
  for (let n = 1; n <= 1000; n++) store.set({ n });
  tasks.forEach(task => task());
  equal([tasks.length, told, store.get().n], [1, 1, 1000]);
});
test("who has left is not told", () => {
  const tasks = [];
  let told = 0;
  const store = createStore({}, task => tasks.push(task));
  const leave = store.subscribe(() => { told += 1; });
  store.set({ a: 1 });
  leave();
  tasks.forEach(task => task());
  equal(told, 0);
});
test("each failure doubles the wait, up to half a minute", () => equal([0, 1, 2, 3, 9].map(n => waitAfter(n, 4000)), [4000, 8000, 16000, 30000, 30000]));
test("a trouble ends by the success of who had it, and another's stays", () => {
  lost("list", "one");
  lost("stream", "two");
  answered("stream");
  equal(connection.get().trouble, "one");
  answered("list");
  equal(connection.get().trouble, null);
});
test("a stream that has ended is closed and not asked for again, and what is known is not forgotten after a break", () => {
  const listeners = new Map();
  let closed = 0;
  let begun = 0;
  const real = globalThis.EventSource;
  globalThis.EventSource = class {
    addEventListener(type, listener) { listeners.set(type, listener); }
    close() { closed += 1; }
  };
  let ended = 0;
  const stop = follow("exp-1", { open() { begun += 1; }, status() {}, training() {}, robustness() {}, end() { ended += 1; } });
  listeners.get("open")();
  listeners.get("open")();
  listeners.get("end")({ data: "{}" });
  equal([begun, closed, ended], [1, 1, 1]);
  stop();
  globalThis.EventSource = real;
});
test("a tab has a stream while it is looked at, and none while it is hidden", () => {
  const opened = [];
  const real = globalThis.EventSource;
  globalThis.EventSource = class {
    static CLOSED = 2;
    constructor(url) { this.url = url; this.open = true; opened.push(this); }
    addEventListener() {}
    close() { this.open = false; }
  };
  let hidden = false;
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  const turn = to => { hidden = to; document.dispatchEvent(new Event("visibilitychange")); };
  const end = follow("exp-1", { open() {}, status() {}, training() {}, robustness() {}, end() {} });
  turn(true);
  turn(false);
  equal(opened.map(stream => stream.open), [false, true]);
  end();
  turn(true);
  turn(false);
  equal([opened.length, opened[1].open], [2, false]);
  delete document.hidden;
  globalThis.EventSource = real;
});
