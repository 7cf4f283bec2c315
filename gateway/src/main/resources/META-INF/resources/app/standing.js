// Where an experiment or an evaluation stands, in one word. Pure.

/** By state or phase: the word for it, and what kind of state that is. */
const STATES = {
  QUEUED: ["queued", "waiting"], TRAINING: ["training", "active"], EVALUATING: ["evaluating", "active"], TRAINED: ["done", "good"],
  WAITING: ["waiting", "waiting"], RUNNING: ["running", "active"], COMPLETED: ["done", "good"],
  FAILED: ["failed", "bad"], CANCELLED: ["cancelled", "off"], CANCELLING: ["cancelling", "waiting"],
};

/** What goes on: the phase of an experiment that has not ended, else its state. */
export function standing(experiment) {
  if (experiment.cancelling?.run) return "CANCELLING";
  return experiment.progress?.phase ?? experiment.status.state;
}

/** {word, kind: good, bad, active, waiting or off}. */
export function wordOf(state) {
  const [word, kind] = STATES[state] ?? [state.toLowerCase(), "off"];
  return { word, kind };
}
