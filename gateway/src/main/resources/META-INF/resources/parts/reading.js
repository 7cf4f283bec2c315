// A part of a page that an answer of the gateway fills.
import { h, show } from "../app/element.js";
import { repeat } from "../app/poll.js";
import { problemBox } from "./badges.js";

/** After a first failure while there is no answer; each further failure doubles it, up to half a minute. */
const PAUSE_MILLIS = 2000;

/**
 * Reads until there is an answer: a failure is said in place of it, and where it may pass the gateway is asked again with growing pauses.
 *
 * @param read(signal) asks the gateway
 * @param draw(answer, content) shows what it says in `content`, which says "Reading …" before
 * @param everyMillis after which it reads again although it was answered; it does not where this is null
 * @return {node, now(): reads again, after a read that is under way, stop(): for when its page is left}
 */
export function readingPart(read, draw, everyMillis = null) {
  const trouble = h("div", { hidden: true });
  const content = h("div", { tabindex: "-1" }, h("p", { class: "soft" }, "Reading …"));
  let reading = null;
  let isAnswered = false;
  /** Whether somebody has asked for a read that has not begun. */
  let isWanted = false;
  let says = null;

  async function look(signal) {
    isWanted = false;
    const answer = await read(signal);
    if (signal.aborted) return;
    isAnswered = true;
    answered();
    draw(answer, content);
    if (everyMillis === null && !isWanted) stop();
  }

  function answered() {
    says = null;
    show(content, true);
    // the button that was pressed goes
    if (trouble.contains(document.activeElement)) content.focus();
    show(trouble, false);
  }

  function failed(problem) {
    if (!problem.passes && !isWanted) stop();
    show(trouble, true);
    show(content, isAnswered);
    // said once, however often it happens: a screen reader reads it out each time
    if (says === problem.message) return;
    says = problem.message;
    trouble.replaceChildren(problemBox(problem), h("p", { class: "soft" }, problem.passes ? "Trying again." : h("button", { type: "button", on: { click: now } }, "Try again")));
  }

  function now() {
    isWanted = true;
    if (reading) reading.now();
    else reading = repeat(look, () => isAnswered && everyMillis !== null ? everyMillis : PAUSE_MILLIS, { answered() {}, failed });
  }

  function stop() {
    reading?.stop();
    reading = null;
  }

  now();
  return { node: h("div", {}, trouble, content), now, stop };
}
