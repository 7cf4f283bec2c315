// What the page draws of an evaluation's result rows (GET /api/v1/experiments/ID/results). Each row says its condition in
// conditionDetails; a label is for people and is only compared. Nothing here touches the page.

/** The rows by condition: [{label, condition, effort, unbounded, subset, failedGates, values}], in the order of the rows. */
export function byCondition(rows) {
  const found = new Map();
  for (const row of rows) {
    const key = `${row.conditionDetails.split} ${row.condition}`;
    const one = found.get(key) ?? { label: row.condition, condition: row.conditionDetails, effort: row.effort, unbounded: row.unbounded === true, subset: row.subset, failedGates: row.failedGates, values: [] };
    one.values.push(row);
    found.set(key, one);
  }
  return [...found.values()];
}

/** A figure with a value, or null. */
export function figure(measured, metric) {
  return measured?.values.find(f => f.metric === metric && f.value !== undefined && f.value !== null) ?? null;
}

/** The attacks among the conditions: what stays the same at every radius, and the radius. */
function attacks(measured) {
  return measured.flatMap(m => {
    const { kind, attack, attackSet, goal } = m.condition;
    if (kind === "ATTACK") {
      const name = [`${goal ? `${goal} by ` : ""}${attack.name}`, m.effort, attack.restarts > 1 && `${attack.restarts} restarts`].filter(Boolean).join(", ");
      return [{ m, name, goal, norm: attack.norm, epsilon: attack.epsilon }];
    }
    if (kind === "WORST_CASE") {
      const [first] = attackSet.members;
      return [{ m, name: `${attackSet.name} (worst case)`, goal: null, norm: first.norm, epsilon: first.epsilon }];
    }
    return [];
  });
}

function point(x, f, failedGates) {
  return { x, y: f.value, low: f.low ?? f.value, high: f.high ?? f.value, failedGates };
}

/**
 * Accuracy by radius, for each norm: {norm, constant, series, figures}, with what a constant answer scores on the clean images. A series is one attack (its name, steps, restarts and goal) with its points
 * by radius; it begins at the clean images where it has several radii and any wrong class will do. An unbounded attack is among the
 * figures, and no point.
 */
export function radiusCharts(measured) {
  const clean = measured.find(m => m.condition.kind === "CLEAN");
  const start = figure(clean, "accuracy");
  const charts = new Map();
  const found = attacks(measured).map(a => ({ ...a, accuracy: figure(a.m, "accuracy") })).filter(a => a.accuracy);
  for (const a of found.sort((one, other) => one.epsilon - other.epsilon)) {
    const chart = charts.get(a.norm) ?? { norm: a.norm, lines: new Map(), figures: [] };
    charts.set(a.norm, chart);
    const unbounded = a.m.unbounded;
    chart.figures.push({ name: a.name, epsilon: a.epsilon, unbounded, measured: a.m, accuracy: a.accuracy, failedGates: a.m.failedGates });
    if (unbounded) continue;
    const line = chart.lines.get(a.name) ?? { name: a.name, goal: a.goal, points: [] };
    chart.lines.set(a.name, line);
    line.points.push(point(a.epsilon, a.accuracy, a.m.failedGates));
  }
  return [...charts.values()].sort((one, other) => one.norm < other.norm ? -1 : 1).map(({ norm, lines, figures }) => ({
    norm,
    constant: start?.constant ?? null,
    series: [...lines.values()].map(({ name, goal, points }) => ({
      name, points: points.length > 1 && !goal && start ? [point(0, start, clean.failedGates), ...points] : points,
    })),
    figures: figures.sort((one, other) => one.name === other.name ? one.epsilon - other.epsilon : one.name < other.name ? -1 : 1),
  }));
}
