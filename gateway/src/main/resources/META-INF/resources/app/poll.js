// Reads again and again what has no stream, while somebody looks.
import { answered, lost } from "./connection.js";

const LONGEST_MILLIS = 30_000;

/**
 * Looks again and again for what is not there yet, which is no trouble; any other failure is one.
 *
 * @param look(signal) fails with status 404 while it is not there
 * @param found called once, when it is
 * @return a function that ends it
 */
export function untilThere(source, look, found, everyMillis) {
  const looking = poll(source, async signal => {
    try {
      await look(signal);
    } catch (e) {
      if (e.status === 404) return;
      throw e;
    }
    looking.stop();
    found();
  }, everyMillis);
  return looking.stop;
}

/** The wait after so many failures in a row: doubled each time, up to half a minute. */
export function waitAfter(failures, everyMillis) {
  return Math.min(LONGEST_MILLIS, everyMillis * 2 ** Math.min(failures, 10));
}

/**
 * Calls `read(signal)` at once and then each time it has answered and some time has passed. A hidden tab does not read. `now` while a
 * read runs reads once more after it: what that read has seen may be older than the wish.
 *
 * @param source under which a failure is said
 * @return {stop, now}
 */
export function poll(source, read, everyMillis) {
  const ends = new AbortController();
  let failures = 0;
  let timer = null;
  let running = false;
  let again = false;
  const next = () => {
    if (!ends.signal.aborted) timer = setTimeout(turn, waitAfter(failures, everyMillis));
  };
  async function turn() {
    clearTimeout(timer);
    if (running) again = true;
    if (running || document.hidden) return;
    running = true;
    try {
      await read(ends.signal);
      failures = 0;
      answered(source);
    } catch (e) {
      if (ends.signal.aborted) return;
      failures += 1;
      lost(source, e.message);
    } finally {
      running = false;
    }
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
      answered(source);
    },
  };
}
