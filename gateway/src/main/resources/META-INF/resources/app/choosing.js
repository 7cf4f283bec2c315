// Which experiments a list shows: searched, filtered, grouped over seeds. Pure: rows in, rows out.

/** What a row can be filtered by, with the value that is compared. */
export const FILTERS = {
  state: { label: "State", of: row => row.progress?.phase ?? row.status.state },
  dataset: { label: "Data set", of: row => row.spec.dataset },
  method: { label: "Method", of: row => row.spec.method },
  network: { label: "Network", of: row => row.spec.network },
  norm: { label: "Norm", of: row => row.spec.attack.norm },
  tag: { label: "Tag", of: row => row.tags ?? [] },
};

/** Rows that have every word of the search, and every value that is chosen. */
export function choose(rows, parameters) {
  const words = (parameters.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = Object.keys(FILTERS).filter(name => parameters.get(name));
  return rows.filter(row => wanted.every(name => [FILTERS[name].of(row)].flat().includes(parameters.get(name)))
    && words.every(word => searched(row).includes(word)));
}

function searched(row) {
  const { spec } = row;
  return [row.id, row.name, row.notes, ...(row.tags ?? []), spec.dataset, spec.method, spec.network, `seed ${spec.seed}`].join(" ").toLowerCase();
}

/** The values of a filter that there are, in order. */
export function valuesOf(rows, name) {
  return [...new Set(rows.flatMap(row => FILTERS[name].of(row)))].sort();
}

/**
 * Experiments that differ in their seed only, as one row: its figures are means over the seeds that have them, each between the lowest
 * and the highest seed's figure. One of a kind stays what it is.
 */
export function groupOverSeeds(rows) {
  const groups = new Map();
  for (const row of rows) {
    const { seed, ...rest } = row.spec;
    const key = JSON.stringify(rest);
    groups.set(key, [...groups.get(key) ?? [], row]);
  }
  return [...groups.values()].map(members => members.length === 1 ? members[0] : groupRow(members));
}

function groupRow(members) {
  const [first] = members;
  return { ...first, members, seeds: members.map(row => row.spec.seed), headline: meanHeadline(comparable(members.map(row => row.headline).filter(Boolean))) };
}

/** Figures on test images and on validation images have no mean: final ones count alone where there are any. */
function comparable(headlines) {
  const final = headlines.filter(one => one.last);
  return final.length > 0 ? final : headlines;
}

function meanHeadline(headlines) {
  if (headlines.length === 0) return null;
  const failedGates = [...new Set(headlines.flatMap(one => one.failedGates))];
  const mean = name => {
    const values = headlines.map(one => one[name]).filter(Boolean);
    if (values.length === 0) return null;
    const figures = values.map(one => one.value);
    return {
      value: figures.reduce((sum, value) => sum + value, 0) / figures.length,
      low: Math.min(...figures),
      high: Math.max(...figures),
      failedGates: [...new Set(values.flatMap(one => one.failedGates))],
    };
  };
  const names = ["clean", "attacked", "corrupted", "shifted", "subgroup"];
  return {
    ...Object.fromEntries(names.map(name => [name, mean(name)])),
    last: headlines.every(one => one.last),
    failedGates,
    passedGates: Math.max(...headlines.map(one => one.passedGates)),
  };
}
