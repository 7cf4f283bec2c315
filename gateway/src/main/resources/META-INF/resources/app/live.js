// The one stream of events. HTTP/1.1 allows six connections to a host in a whole browser, so a stream in each tab hangs the seventh.
// Only the tab that is looked at has a stream: it closes when the tab is hidden and begins anew when it is shown. A shared worker would
// keep one stream for all tabs, but the gateway streams one experiment at a time, and some phones have no shared workers. What a hidden
// tab misses costs nothing: a stream begins with all that is known. So events come again, and whoever takes them keeps what there is.
import { answered, lost } from "./connection.js";
import { address } from "./api.js";
import { waitAfter } from "./poll.js";

const SOURCE = "stream";
const AGAIN_MILLIS = 3000;

/**
 * Follows an experiment.
 *
 * @param on {status(event), training(event), robustness(event), end(): nothing more will come unless somebody asks for it}; an event may come
 *   more than once
 * @return a function that ends it
 */
export function follow(experiment, on) {
  const ends = new AbortController();
  let stream = null;
  let timer = null;
  let refusals = 0;
  let isOver = false;
  const close = () => {
    clearTimeout(timer);
    stream?.close();
    stream = null;
  };
  const open = () => {
    close();
    if (document.hidden || isOver || ends.signal.aborted) return;
    stream = new EventSource(address(["metrics", "stream"], { experiment }));
    stream.addEventListener("open", () => {
      refusals = 0;
      answered(SOURCE);
    });
    stream.addEventListener("error", () => {
      lost(SOURCE, "Live updates are interrupted. Trying again.");
      // the browser tries again itself after a lost connection, not after a refusal
      if (stream?.readyState !== EventSource.CLOSED) return;
      refusals += 1;
      timer = setTimeout(open, waitAfter(refusals, AGAIN_MILLIS));
    });
    for (const type of ["status", "training", "robustness"]) {
      stream.addEventListener(type, event => on[type](JSON.parse(event.data)));
    }
    // else the browser would ask again for what has ended
    stream.addEventListener("end", () => {
      isOver = true;
      close();
      answered(SOURCE);
      on.end();
    });
  };
  document.addEventListener("visibilitychange", () => document.hidden ? close() : open(), { signal: ends.signal });
  // a page that the browser keeps for the back button must not keep a connection
  addEventListener("pagehide", close, { signal: ends.signal });
  addEventListener("pageshow", event => event.persisted && open(), { signal: ends.signal });
  open();
  return () => {
    ends.abort();
    close();
    answered(SOURCE);
  };
}
