// Small pieces that several pages show: states, figures with their interval, flags, problems.
import { h } from "../app/element.js";
import { duration, interval, share } from "../app/format.js";
import { signInAddress } from "../app/signIn.js";
import { wordOf } from "../app/standing.js";

/** How far it is: "42%", "2 of 3" that wait, or nothing. */
export function howFar({ progress }) {
  if (!progress) return "";
  if (progress.queue) return `${progress.queue.place} of ${progress.queue.waiting}`;
  return progress.total ? `${Math.floor(100 * progress.done / progress.total)}%` : "";
}

export function timeLeft({ progress }) {
  return progress && Number.isFinite(progress.secondsLeft) ? duration(progress.secondsLeft) : "";
}

export function badge(state) {
  const { word, kind } = wordOf(state);
  return h("span", { class: `badge ${kind}` }, word);
}

/** A figure in a cell: the value, and its 95% interval smaller and, in a narrow table, shorter. */
export function figureText(value, digits = 3, endDigits = digits) {
  if (!value) return [h("span", { class: "none" }, "–")];
  const flags = value.failedGates ?? [];
  return [
    h("b", {}, share(value.value, digits)), " ", h("small", {}, interval(value, endDigits)),
    flags.length > 0 && h("span", { class: "flag", title: `Fails ${flags.join(", ")}: the figure does not stand` }, " ⚑", h("span", { class: "hear" }, `fails ${flags.join(", ")}`)),
  ];
}

/** That nobody is signed in any more, with the link that ends it and leads back to where the person is when it is followed. */
export function signedOutNote() {
  const again = h("a", { href: signInAddress(location.hash), on: { click: () => again.setAttribute("href", signInAddress(location.hash)) } }, "Sign in again");
  return ["You are signed out. ", again];
}

/** A refusal or a failure, said where it happened. */
export function problemBox(problem) {
  if (problem.isSignedOut) return h("p", { class: "problem", role: "alert" }, signedOutNote());
  const allowed = problem.allowed ? ` Allowed: ${problem.allowed}.` : "";
  return h("p", { class: "problem", role: "alert" }, `${problem.field ? `${problem.field}: ` : ""}${problem.message}${problem.message.includes(problem.allowed ?? "\n") ? "" : allowed}`);
}

/** A list of names and values. */
export function facts(entries, kind = "facts") {
  return h("dl", { class: kind }, entries.filter(Boolean).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

/** A section of a page with its heading. */
export function section(title, ...content) {
  return h("section", {}, h("h2", {}, title), content);
}

/** Puts text on the clipboard; browsers allow it on secure pages alone, where not it is selected for the reader to copy. */
export async function copy(text, from, button) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(from);
    button.textContent = "Selected, press Ctrl+C";
  }
}
