// What stands at the top of an experiment: its state, the facts, and what a person can do. Each part stays and is brought up to date, so that a
// button keeps the focus while the steps count.
import { address } from "../app/api.js";
import { h, keep, setText, show } from "../app/element.js";
import { duration, plural, radius, time } from "../app/format.js";
import { link } from "../app/router.js";
import { standing } from "../app/standing.js";
import { badge, howFar } from "./badges.js";

/** [name, value] of what is worth knowing first. */
export function factsOf(experiment) {
  const { spec, status, progress } = experiment;
  const left = progress?.secondsLeft;
  return [
    ["Id", experiment.id],
    ["Network", spec.network],
    ["Attack in training", `${spec.attack.name}, ${radius(spec.attack)}, ${plural(spec.attack.steps, "step")}`],
    ["Seed", String(spec.seed)],
    ["Step", `${status.step} of ${status.totalSteps || "?"}`],
    ["Epoch", `${status.epoch} of ${spec.epochs}`],
    ["Time left", Number.isFinite(left) ? duration(left) : ""],
    ["Device", status.device ?? ""],
    ["Submitted", time(experiment.submittedAt)],
    ["Tags", (experiment.tags ?? []).join(", ")],
    ["Notes", experiment.notes ?? ""],
  ].filter(([, value]) => value !== "");
}

/** What cancelling would end, beyond what was asked to end already; empty for nothing. */
export function remaining({ unfinished, cancelling }) {
  const evaluations = unfinished.evaluations.filter(id => !cancelling.evaluations.includes(id));
  return [unfinished.run && !cancelling.run && unfinished.run.toLowerCase(), evaluations.length > 0 && `evaluations ${evaluations.join(", ")}`].filter(Boolean).join("; ");
}

/** Whether nothing of it goes on, not even what was asked to end. */
function hasEnded({ progress, unfinished }) {
  return !progress && !unfinished.run && unfinished.evaluations.length === 0;
}

/** {label, href, kind}, or {label, act} for a button. */
function actionsOf(experiment, { onCancel, onDelete }) {
  const { id } = experiment;
  return [
    { label: "Report", kind: "button primary", href: address(["experiments", id, "report"]) },
    { label: "Evaluate", kind: "button", href: link(["evaluate"], { experiment: id }) },
    { label: "Compare", kind: "button", href: link(["compare"], { experiments: id }) },
    experiment.headline?.last && { label: "Model (ONNX)", kind: "button", href: address(["experiments", id, "model"]) },
    remaining(experiment) && { label: "Cancel", kind: "danger", act: onCancel },
    hasEnded(experiment) && { label: "Delete", kind: "danger", act: onDelete },
  ].filter(Boolean);
}

/**
 * @param acts {onCancel, onDelete}: called when a person wants that
 * @return {node, draw(experiment)}
 */
export function headPart(acts) {
  const title = h("h1");
  const state = h("span");
  const far = h("span", { class: "soft" });
  const fill = h("span", { class: "bar-fill" });
  const track = h("div", { class: "track", role: "progressbar", "aria-label": "Progress", "aria-valuemin": "0", hidden: true }, fill);
  const facts = h("dl", { class: "facts" });
  const reason = h("p", { class: "problem", hidden: true });
  const actions = h("div", { class: "actions" });
  const drawTrack = progress => {
    show(track, Boolean(progress));
    if (!progress) return;
    track.setAttribute("aria-valuemax", progress.total || 1);
    track.setAttribute("aria-valuenow", progress.done);
    fill.style.width = `${progress.total ? 100 * progress.done / progress.total : 0}%`;
  };
  return {
    node: h("div", {}, h("div", { class: "head" }, title, state, far), track, facts, reason, actions),
    draw(experiment) {
      const { spec, status, progress } = experiment;
      setText(title, experiment.name ?? `${spec.method} on ${spec.dataset}`);
      if (state.dataset.is !== standing(experiment)) {
        state.dataset.is = standing(experiment);
        state.replaceChildren(badge(standing(experiment)));
      }
      setText(far, howFar(experiment));
      drawTrack(progress);
      keep(facts, factsOf(experiment), {
        key: ([name]) => name,
        make: ([name]) => h("div", {}, h("dt", {}, name), h("dd")),
        update: (node, [, value]) => setText(node.lastElementChild, value),
      });
      show(reason, Boolean(status.reason));
      setText(reason, status.reason ? `Failed: ${status.reason}` : "");
      keep(actions, actionsOf(experiment, acts), {
        key: action => action.label,
        make: ({ label, href, kind, act }) => act
          ? h("button", { type: "button", class: kind, on: { click: act } }, label)
          : h("a", { class: kind, href }, label),
      });
    },
  };
}
