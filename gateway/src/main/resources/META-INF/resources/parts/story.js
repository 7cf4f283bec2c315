// What has happened to an experiment, and what went wrong, newest first.
import { h, keep, setText } from "../app/element.js";
import { compareTimes, time } from "../app/format.js";

/** {key, time, text, bad} of an experiment's status, its dead letters and its evaluations' failures. */
export function storyOf(experiment, statuses, evaluations) {
  const said = [...statuses.values()].map(status => ({
    key: status.id, time: status.time, bad: status.state === "FAILED",
    text: status.state === "FAILED" ? `Failed at step ${status.step}: ${status.reason}` : `${status.state.toLowerCase()}, step ${status.step} of ${status.totalSteps || "?"}${status.trainer ? `, ${status.trainer} on ${status.device}` : ""}, attempt ${status.attempt}`,
  }));
  const letters = experiment.deadLetters.map((letter, place) => ({ key: `letter ${letter.topic} ${letter.partition} ${letter.offset} ${letter.time} ${place}`, time: letter.time, bad: true, text: `A record on ${letter.topic ?? "an unknown topic"} could not be processed: ${letter.reason}` }));
  const failures = evaluations.filter(one => one.progress.failed > one.progress.cancelled)
    .map(one => ({ key: one.id, time: experiment.status.time, bad: true, text: `${one.id}: ${one.progress.failed - one.progress.cancelled} conditions could not be measured; the table of results says why` }));
  const submitted = { key: "submitted", time: experiment.submittedAt, bad: false, text: "submitted" };
  return [submitted, ...said, ...letters, ...failures].sort((one, other) => compareTimes(other.time, one.time));
}

/** @return {node, draw(story)} */
export function storyPart() {
  const list = h("ul", { class: "gates" });
  return {
    node: list,
    draw: story => keep(list, story, {
      key: event => event.key,
      make: event => h("li", {}, h("small", {}, time(event.time)), " ", h("span", { class: event.bad ? "flag" : "" }, event.text)),
      update: (item, event) => {
        setText(item.firstElementChild, time(event.time));
        setText(item.lastElementChild, event.text);
      },
    }),
  };
}
