// The services by their role, what waits for them, and records that could not be processed.
import { get } from "../app/api.js";
import { h } from "../app/element.js";
import { ago, bytes, count, number, time } from "../app/format.js";
import { poll } from "../app/poll.js";
import { link } from "../app/router.js";
import { section } from "../parts/badges.js";
import { table } from "../parts/table.js";

const EVERY_MILLIS = 5000;

/** Who works on a topic, and what the work is. A topic that is not listed is shown by its name. */
const ROLES = {
  "experiments": ["trainer", "experiments to train"],
  "augment-requests": ["augment worker", "AugMix images"],
  "attack-requests": ["attack worker", "attacks of trainings"],
  "evaluation-attack-requests": ["attack worker", "attacks of evaluations"],
  "named-evaluation-attack-requests": ["attack worker", "attacks of evaluations asked for by name"],
  "checkpoints": ["evaluator", "checkpoints to plan for"],
  "evaluation-commands": ["evaluator", "evaluations that were asked for"],
  "evaluation-requests": ["evaluator", "conditions to measure"],
  "named-evaluation-requests": ["evaluator", "conditions asked for by name"],
  "robustness-metrics": ["evaluator", "ends of evaluations"],
  "augmented-batches": ["trainer", "answers of augment workers"],
  "adversarial-batches": ["trainer and evaluator", "answers of attack workers"],
};

/** Groups that read a topic beside its workers. */
const READERS = {
  "experiments-cancellers": ["trainer", "cancellations"],
  "experiments-evaluation-cancellers": ["evaluator", "cancellations"],
};

/** Groups as roles: {key, role, work} and what the gateway says of each. */
export function roles(groups) {
  return groups.map(group => {
    const [role, work] = READERS[group.group] ?? ROLES[group.topic] ?? ["other", group.topic];
    return { ...group, key: `${group.group} ${group.topic}`, role, work };
  }).sort((one, other) => one.role.localeCompare(other.role) || one.work.localeCompare(other.work));
}

/** "12", "0.4"; a dash where the gateway has not looked twice yet. */
export function rate({ donePerMinute }) {
  return Number.isFinite(donePerMinute) ? number(donePerMinute >= 10 ? Math.round(donePerMinute) : Math.round(10 * donePerMinute) / 10) : "–";
}

const COLUMNS = [
  { id: "role", label: "Service", header: true, text: row => row.role },
  { id: "work", label: "Work", text: row => row.work },
  { id: "members", label: "Members", number: true, text: row => count(row.members), cell: row => h("span", { class: row.members === 0 && row.lag > 0 ? "flag" : "" }, count(row.members)) },
  { id: "lag", label: "Not done", help: "Records that wait or are worked on", number: true, text: row => count(row.lag) },
  { id: "rate", label: "Done a minute", help: "Records, over the last five minutes", number: true, text: rate },
  { id: "seen", label: "Last seen", text: row => row.members > 0 ? "here" : row.lastSeen ? ago(row.lastSeen) : "not since this gateway began" },
];
const IDS = [
  { id: "group", label: "Group", text: row => row.group },
  { id: "topic", label: "Topic", text: row => row.topic },
  { id: "partitions", label: "Partitions", number: true, text: row => count(row.partitions) },
];
const LETTERS = [
  { id: "time", label: "Time", header: true, text: row => time(row.time) },
  { id: "topic", label: "Topic", text: row => row.topic ?? "–" },
  { id: "experiment", label: "Experiment", text: row => row.experiment ?? "–", cell: row => row.experiment ? h("a", { href: link(["experiments", row.experiment]) }, row.experiment) : "–" },
  { id: "reason", label: "Reason", text: row => row.reason },
  { id: "size", label: "Size", number: true, text: row => bytes(row.sizeBytes) },
];

export function workersPage() {
  const ids = h("input", { type: "checkbox", id: "ids", on: { change: () => draw() } });
  const groups = table({ caption: "Services and what waits for them", key: row => row.key });
  const letters = table({ caption: "Records that could not be processed", key: row => `${row.topic}/${row.partition}/${row.offset}/${row.time}` });
  const none = h("p", { class: "soft", hidden: true }, "Every record could be processed.");
  letters.node.hidden = true;
  const waits = h("p", { class: "problem", hidden: true });
  let latest = [];
  const draw = () => {
    const rows = roles(latest);
    groups.draw(ids.checked ? [...COLUMNS, ...IDS] : COLUMNS, rows);
    const missing = [...new Set(rows.filter(row => row.members === 0 && row.lag > 0).map(row => row.role))];
    waits.hidden = missing.length === 0;
    waits.textContent = missing.length ? `Work waits and nobody takes it: no ${missing.join(", no ")} is running.` : "";
  };
  const reading = poll("workers", async signal => {
    // what one of them tells is shown also where the other does not answer
    const [workers, refused] = await Promise.allSettled([get(["workers"], {}, signal), get(["dead-letters"], {}, signal)]);
    if (workers.value) {
      latest = workers.value.workers;
      draw();
    }
    if (refused.value) {
      none.hidden = refused.value.length > 0;
      letters.node.hidden = refused.value.length === 0;
      letters.draw(LETTERS, refused.value);
    }
    const failed = [workers, refused].find(one => one.status === "rejected");
    if (failed) throw failed.reason;
  }, EVERY_MILLIS);
  return {
    title: "Workers",
    node: h("div", {},
      h("div", { class: "bar" }, h("h1", {}, "Workers"), h("span", { class: "fill" }), h("label", { class: "check" }, ids, " Show groups and topics")),
      waits, groups.node, section("Dead letters", none, letters.node)),
    close: reading.stop,
  };
}
