// All experiments, kept up to date. The gateway has no stream of every experiment: what may have changed is asked for again.
import { get } from "./api.js";
import { compareTimes } from "./format.js";
import { poll } from "./poll.js";
import { rotation } from "./rotation.js";
import { createStore } from "./store.js";

/** What rows show, and nothing more. */
const FIELDS = "id,name,notes,tags,spec,dataset,status,progress,headline,submittedAt,cancelling,unfinished";
const PAGE = 200;
const NEWEST = 50;
const MOST_SINGLE = 20;
const EVERY_MILLIS = 4000;
/** What others rename, delete or judge among the older rows is seen after this at the latest. */
const ALL_MILLIS = 60_000;

/** {rows: newest first, complete: whether all pages have come} */
export const experiments = createStore({ rows: [], complete: false });
const takeTurns = rotation(MOST_SINGLE);
let reading = null;
let allReadAt = -Infinity;
let users = 0;

/** Keeps the list up to date until the returned function is called. */
export function useExperiments() {
  users += 1;
  reading ??= poll("list", read, EVERY_MILLIS);
  return () => {
    users -= 1;
    if (users === 0) {
      reading.stop();
      reading = null;
    }
  };
}

/** Something was submitted, cancelled or removed here: looks at once. */
export function refreshExperiments() {
  experiments.set({ complete: false });
  reading?.now();
}

async function read(signal) {
  if (isDue(experiments.get().complete, performance.now() - allReadAt)) return readAll(signal);
  const [newest, others] = await Promise.all([
    get(["experiments"], { limit: NEWEST, fields: FIELDS }, signal),
    readOpen(signal),
  ]);
  return experiments.set({ rows: merge(stillThere(experiments.get().rows, newest), [...newest.experiments, ...others]) });
}

/** Whether every page is read again: the first time, after a change that was made here, and once a minute. */
export function isDue(complete, millisSince) {
  return !complete || millisSince >= ALL_MILLIS;
}

/** Page by page: the first is drawn while the others come. */
async function readAll(signal) {
  const seen = new Set();
  let cursor = null;
  do {
    const page = await get(["experiments"], { limit: PAGE, fields: FIELDS, cursor }, signal);
    page.experiments.forEach(row => seen.add(row.id));
    experiments.set({ rows: merge(experiments.get().rows, page.experiments) });
    cursor = page.next;
  } while (cursor);
  // what no page has is gone
  experiments.set({ rows: experiments.get().rows.filter(row => seen.has(row.id)), complete: true });
  allReadAt = performance.now();
}

/** Those that have not ended and are too old for the first page, oldest first: that is the order in which trainers take them. */
export function openBeyond(rows, newest = NEWEST) {
  return rows.slice(newest).filter(hasNotEnded).reverse();
}

/** Some of them each time. */
async function readOpen(signal) {
  const open = takeTurns(openBeyond(experiments.get().rows));
  const found = await Promise.allSettled(open.map(row => get(["experiments", row.id], {}, signal)));
  return found.filter(one => one.status === "fulfilled").map(one => one.value);
}

export function hasNotEnded({ progress, unfinished }) {
  return Boolean(progress) || (unfinished?.evaluations.length ?? 0) > 0;
}

/** Known rows without those that were deleted: a row that is newer than the page's last one and not on the page. */
export function stillThere(known, { experiments: page, next }) {
  const ids = new Set(page.map(row => row.id));
  const last = page.at(-1)?.submittedAt ?? "";
  // the last page has no next one, or a null
  const isMore = next !== null && next !== undefined;
  return known.filter(row => ids.has(row.id) || (isMore && compareTimes(row.submittedAt, last) <= 0));
}

/** Known rows with newer ones in their place, newest submission first. */
export function merge(known, newer) {
  const rows = new Map(known.map(row => [row.id, row]));
  for (const row of newer) rows.set(row.id, row);
  return [...rows.values()].sort((one, other) => compareTimes(other.submittedAt, one.submittedAt) || one.id.localeCompare(other.id));
}
