// Which experiments a list shows: searched, filtered, grouped over seeds. Pure: rows in, rows out.
import { standing } from "./standing.js";

/** What a row can be filtered by, with the value that is compared. */
export const FILTERS = {
  state: { label: "State", of: standing },
  dataset: { label: "Data set", of: row => row.spec.dataset },
  method: { label: "Method", of: row => row.spec.method },
  network: { label: "Network", of: row => row.spec.network },
  norm: { label: "Norm", of: row => row.spec.attack.norm },
  tag: { label: "Tag", of: row => row.tags ?? [] },
};

/** Rows that have every word of the search, and every value that is chosen. "seed 7" is one word: of seed 7, and of no other. */
export function choose(rows, parameters) {
  const words = (parameters.get("q") ?? "").toLowerCase().match(/seed\s+\d+|\S+/g) ?? [];
  const wanted = Object.keys(FILTERS).filter(name => parameters.get(name));
  return rows.filter(row => wanted.every(name => [FILTERS[name].of(row)].flat().includes(parameters.get(name)))
    && words.every(word => has(row, word)));
}

function has(row, word) {
  const seed = /^seed\s+(\d+)$/.exec(word);
  return seed ? String(row.spec.seed) === seed[1] : searched(row).includes(word);
}

function searched(row) {
  const { spec } = row;
  return [row.id, row.name, row.notes, ...(row.tags ?? []), spec.dataset, spec.method, spec.network, "seed", spec.seed].join(" ").toLowerCase();
}

/** The values of a filter that there are, in order. */
export function valuesOf(rows, name) {
  return [...new Set(rows.flatMap(row => FILTERS[name].of(row)))].sort();
}

/**
 * Experiments on one import of a data set that differ in their seed only, as one row: its figures are means over the seeds that have
 * them, each between the lowest and the highest seed's figure. One of a kind stays what it is.
 */
export function groupOverSeeds(rows) {
  const groups = new Map();
  for (const row of rows) {
    const { seed, ...rest } = row.spec;
    const key = JSON.stringify([row.dataset, rest]);
    groups.set(key, [...groups.get(key) ?? [], row]);
  }
  return [...groups.values()].map(members => members.length === 1 ? members[0] : groupRow(members));
}

function groupRow(members) {
  const [first] = members;
  const seeds = [...new Set(members.map(row => row.spec.seed))];
  return { ...first, members, seeds, headline: meanHeadline(comparable(seeds.map(seed => headlineOf(members, seed)).filter(Boolean)), seeds.length) };
}

/** A seed that was run twice counts once: by a final headline where there is one. */
function headlineOf(members, seed) {
  const known = members.filter(row => row.spec.seed === seed && row.headline).map(row => row.headline);
  return known.find(one => one.last) ?? known[0] ?? null;
}

/** Figures on test images and on validation images have no mean, nor have those of different epochs: final ones count alone where there are any, else those of the epoch that most have. */
function comparable(headlines) {
  const final = headlines.filter(one => one.last);
  if (final.length > 0) return final;
  const of = epoch => headlines.filter(one => one.epoch === epoch);
  const [epoch] = headlines.map(one => one.epoch).sort((one, other) => of(other).length - of(one).length || other - one);
  return of(epoch);
}

/** @param all how many seeds there are; a figure that fewer have says so in `seeds`: {with, all} */
function meanHeadline(headlines, all) {
  if (headlines.length === 0) return null;
  const mean = name => {
    const values = headlines.map(one => one[name]).filter(Boolean);
    if (values.length === 0) return null;
    return { ...values.length === 1 ? values[0] : meanOf(values), ...values.length < all ? { seeds: { with: values.length, all } } : {} };
  };
  const names = ["clean", "attacked", "corrupted", "shifted", "subgroup"];
  return {
    ...Object.fromEntries(names.map(name => [name, mean(name)])),
    last: headlines[0].last,
    epoch: headlines.every(one => one.epoch === headlines[0].epoch) ? headlines[0].epoch : null,
    failedGates: [...new Set(headlines.flatMap(one => one.failedGates))],
    passedGates: Math.max(...headlines.map(one => one.passedGates)),
  };
}

function meanOf(values) {
  const figures = values.map(one => one.value);
  return {
    value: figures.reduce((sum, value) => sum + value, 0) / figures.length,
    low: Math.min(...figures),
    high: Math.max(...figures),
    failedGates: [...new Set(values.flatMap(one => one.failedGates))],
  };
}
