import { answered, connection, lost } from "/app/connection.js";
import { follow } from "/app/live.js";
import { waitAfter } from "/app/poll.js";
import { createStore } from "/app/store.js";
import { equal, test, turnTab } from "./suite.js";

/** Streams in place of the browser's: those that were opened, newest last. */
function streams() {
  const opened = [];
  const real = globalThis.EventSource;
  globalThis.EventSource = class {
    static CLOSED = 2;
    listeners = new Map();
    isOpen = true;
    constructor() { opened.push(this); }
    addEventListener(type, listener) { this.listeners.set(type, listener); }
    close() { this.isOpen = false; }
    say(type, event = { data: "{}" }) { this.listeners.get(type)(event); }
  };
  return { opened, end() { globalThis.EventSource = real; } };
}
const NOTHING = { status() {}, training() {}, robustness() {}, end() {} };

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
test("each failure after the first doubles the wait, up to half a minute", () => equal([0, 1, 2, 3, 4, 9].map(n => waitAfter(n, 4000)), [4000, 4000, 8000, 16000, 30000, 30000]));
test("a trouble ends by the success of who had it, and another's stays", () => {
  lost("list", "one");
  lost("stream", "two");
  answered("stream");
  equal(connection.get().trouble, "one");
  answered("list");
  equal(connection.get().trouble, null);
});
test("a stream that has ended is closed and not asked for again, also when the tab is shown again", () => {
  const { opened, end } = streams();
  let ended = 0;
  const stop = follow("exp-1", { ...NOTHING, end() { ended += 1; } });
  opened[0].say("open");
  opened[0].say("end");
  turnTab(true);
  turnTab(false);
  equal([opened.length, opened[0].isOpen, ended], [1, false, 1]);
  stop();
  end();
});
test("a tab has a stream while it is looked at, and none while it is hidden", () => {
  const { opened, end } = streams();
  const stop = follow("exp-1", NOTHING);
  turnTab(true);
  turnTab(false);
  equal(opened.map(stream => stream.isOpen), [false, true]);
  stop();
  turnTab(true);
  turnTab(false);
  equal([opened.length, opened[1].isOpen], [2, false]);
  end();
});
test("a stream that is refused is asked for again with growing pauses, and at once when the tab is shown", () => {
  const { opened, end } = streams();
  const waits = [];
  const real = globalThis.setTimeout;
  globalThis.setTimeout = (task, millis) => { waits.push(millis); return 0; };
  const stop = follow("exp-1", NOTHING);
  for (let refusal = 0; refusal < 3; refusal++) {
    const stream = opened.at(-1);
    stream.readyState = EventSource.CLOSED;
    stream.say("error");
    turnTab(true);
    turnTab(false);
  }
  globalThis.setTimeout = real;
  equal([opened.length, waits.filter(millis => millis >= 3000)], [4, [3000, 6000, 12000]]);
  stop();
  end();
});
