// Reads again and again what has no stream, while somebody looks.
import { answered, lost } from "./connection.js";

const LONGEST_MILLIS = 30_000;

/** The wait after so many failures in a row: from the second one on doubled each time, up to half a minute. */
export function waitAfter(failures, everyMillis) {
  return Math.min(LONGEST_MILLIS, everyMillis * 2 ** Math.min(Math.max(failures - 1, 0), 10));
}

/**
 * Reads again and again, and says failures in the line that stands above every page.
 *
 * @param source under which a failure is said
 * @return {stop, now}, as of `repeat`
 */
export function poll(source, read, everyMillis) {
  const reading = repeat(read, () => everyMillis, { answered: () => answered(source), failed: e => lost(source, e.message) });
  return {
    now: reading.now,
    stop() {
      reading.stop();
      answered(source);
    },
  };
}

/**
 * Calls `read(signal)` at once and then each time it has answered and some time has passed. A hidden tab does not read. `now` while a
 * read runs reads once more after it: what that read has seen may be older than the wish.
 *
 * @param everyMillis() how long it waits after an answer and after a first failure
 * @param on {answered(), failed(problem)}: called after each read that was not ended
 * @return {stop, now}
 */
export function repeat(read, everyMillis, on) {
  const ends = new AbortController();
  let failures = 0;
  let timer = null;
  let running = false;
  let again = false;
  const next = () => {
    if (!ends.signal.aborted) timer = setTimeout(turn, waitAfter(failures, everyMillis()));
  };
  async function turn() {
    clearTimeout(timer);
    if (running) again = true;
    if (running || document.hidden) return;
    running = true;
    try {
      await read(ends.signal);
      failures = 0;
      if (!ends.signal.aborted) on.answered();
    } catch (e) {
      if (ends.signal.aborted) return;
      failures += 1;
      on.failed(e);
    } finally {
      running = false;
    }
    if (ends.signal.aborted) return;
    if (again) {
      again = false;
      timer = setTimeout(turn);
    } else next();
  }
  document.addEventListener("visibilitychange", turn, { signal: ends.signal });
  turn();
  return {
    now: turn,
    stop() {
      ends.abort();
      clearTimeout(timer);
    },
  };
}
