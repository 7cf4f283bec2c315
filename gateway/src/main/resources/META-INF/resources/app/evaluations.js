// What the id of an evaluation says, and which of an experiment's evaluations is shown.
/** An id is EXPERIMENT/epoch-NNNNN, or EXPERIMENT/epoch-NNNNN/NAME of one that was asked for by name: what stands behind the experiment. */
export const withinExperiment = id => id.split("/").slice(1);

/** Whether the experiment's own settings ask for it. */
export const isOwn = id => withinExperiment(id).length === 1;

/** Whether it has something to show: figures, or why there are none. */
export const hasAnswers = ({ progress }) => progress.measured > 0 || progress.failed > 0;

/** The one that was asked for, else the final one, else the latest of the experiment's own that has a figure. */
export function chosen(evaluations, wanted) {
  const asked = evaluations.find(one => one.id === wanted && hasAnswers(one));
  if (asked) return asked;
  const measured = evaluations.filter(one => one.progress.measured > 0);
  const own = measured.filter(one => one.name === null);
  return own.filter(one => one.last).at(-1) ?? own.at(-1) ?? measured.at(-1) ?? evaluations.filter(hasAnswers).at(-1) ?? null;
}
