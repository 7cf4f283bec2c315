// State that pages look at. Whoever changes it does not know who looks.

/**
 * A store: `get()`, `set(changes)`, and `subscribe(look)`, which returns how to stop. Lookers are called once a frame, however many
 * changes there were: a thousand events draw once.
 *
 * @param schedule calls a function later; a test gives its own
 */
export function createStore(initial, schedule = soon) {
  let state = initial;
  let waiting = false;
  const lookers = new Set();
  const tell = () => {
    waiting = false;
    for (const look of [...lookers]) if (lookers.has(look)) look(state);
  };
  return {
    get: () => state,
    set(changes) {
      state = { ...state, ...changes };
      if (!waiting) {
        waiting = true;
        schedule(tell);
      }
    },
    subscribe(look) {
      lookers.add(look);
      return () => lookers.delete(look);
    },
  };
}

/** With the next frame; a hidden tab has none and is told with the next turn. */
function soon(task) {
  if (document.hidden) setTimeout(task);
  else requestAnimationFrame(task);
}
