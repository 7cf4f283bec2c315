// What the curves of a comparison (GET comparisons) are made of. Nothing here touches the page.
import { ball, METRIC } from "./figures.js";
import { plural } from "./format.js";

/** For each norm, PGD's balanced accuracy by radius, a line a group, of one effort: [{norm, series}]. */
export function groupCurves({ groups, conditions }) {
  const cleans = conditions.filter(({ conditionDetails: c }) => c.kind === "CLEAN");
  const attacks = conditions.filter(({ conditionDetails: c, attackFamily }) => c.kind === "ATTACK" && !c.goal && attackFamily === "PGD" && (c.attack.restarts ?? 1) === 1);
  const norms = [...new Set(attacks.map(one => one.conditionDetails.attack.norm))].sort();
  return norms.map(name => {
    const ofNorm = attacks.filter(one => one.conditionDetails.attack.norm === name);
    const efforts = groups.map((_, place) => usualSteps(ofNorm, place));
    const differ = new Set(efforts.filter(Number.isFinite)).size > 1;
    return {
      norm: name,
      series: groups.map((group, place) => ({
        name: differ && Number.isFinite(efforts[place]) ? `${group.name}, ${plural(efforts[place], "step")}` : group.name,
        band: true,
        points: [...cleans, ...ofNorm.filter(one => one.conditionDetails.attack.steps === efforts[place])]
          .flatMap(one => figuresOf(one, place).map(({ figure: f, failedGates }) => ({ x: ball(one.conditionDetails)?.epsilon ?? 0, y: f.value, low: f.low, high: f.high, failedGates })))
          .sort((one, other) => one.x - other.x),
      })),
    };
  }).filter(chart => chart.series.some(line => line.points.length > 1));
}

const figuresOf = (condition, group) => condition.figures.filter(f => f.group === group && f.metric === METRIC);

/**
 * Suites attack one radius by several efforts, and every image's whole surroundings by one of its own: a curve is of the steps that a
 * group has the most radii of, of equally many the fewest. Null where it has none.
 */
function usualSteps(attacks, group) {
  const radii = new Map();
  for (const one of attacks) {
    const { steps, epsilon } = one.conditionDetails.attack;
    if (figuresOf(one, group).length > 0) radii.set(steps, (radii.get(steps) ?? new Set()).add(epsilon));
  }
  const [best] = [...radii].sort(([steps, of], [otherSteps, ofOther]) => ofOther.size - of.size || steps - otherSteps);
  return best ? best[0] : null;
}
