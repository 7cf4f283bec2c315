// Evaluations that people asked for by name, of all experiments. The gateway has no list of them: they are read from the experiments'.
import { get as ask } from "./api.js";
import { compareTimes } from "./format.js";
import { rotation } from "./rotation.js";

const PAGE = 200;
const NEWEST = 50;
const MOST_SINGLE = 20;
const ALL_MILLIS = 60_000;
const FIELDS = "id,submittedAt,furtherEvaluations";

const isOpen = ({ state }) => ["WAITING", "RUNNING", "CANCELLING"].includes(state);

/**
 * A reader, called again and again: it answers all, those of the newest experiments first. It reads every page the first time and once
 * a minute; between, the newest experiments, and some of those with an open evaluation, whose own answer also tells places in the
 * queue.
 *
 * @param get as the API's module has it
 * @param now milliseconds of a clock
 */
export function askedReader(get = ask, now = () => performance.now()) {
  const takeTurns = rotation(MOST_SINGLE);
  let known = new Map();
  let allReadAt = null;

  /** The list tells no places in the queue: of one that still waits, the place that was told last. */
  function withQueues(row) {
    const before = known.get(row.id)?.furtherEvaluations ?? [];
    const placeOf = one => before.find(other => other.id === one.id)?.queue ?? null;
    return { ...row, furtherEvaluations: row.furtherEvaluations.map(one => one.state === "WAITING" && !one.queue ? { ...one, queue: placeOf(one) } : one) };
  }

  async function readAll(signal) {
    const found = new Map();
    let cursor = null;
    do {
      const page = await get(["experiments"], { limit: PAGE, fields: FIELDS, cursor }, signal);
      for (const row of page.experiments) found.set(row.id, withQueues(row));
      cursor = page.next;
    } while (cursor);
    known = found;
    allReadAt = now();
  }

  async function readNewest(signal) {
    const { experiments } = await get(["experiments"], { limit: NEWEST, fields: FIELDS }, signal);
    for (const row of experiments) known.set(row.id, withQueues(row));
  }

  /** One that does not answer keeps what is known of it. */
  async function readOpen(signal) {
    const open = takeTurns([...known.values()].filter(row => row.furtherEvaluations.some(isOpen)).map(row => row.id).sort());
    const answers = await Promise.allSettled(open.map(id => get(["experiments", id, "evaluations"], {}, signal)));
    answers.forEach(({ value }, place) => {
      if (value) known.set(open[place], { ...known.get(open[place]), furtherEvaluations: value.filter(one => one.name !== null && one.name !== undefined) });
    });
  }

  return async signal => {
    if (allReadAt === null || now() - allReadAt >= ALL_MILLIS) await readAll(signal);
    else await readNewest(signal);
    await readOpen(signal);
    return [...known.values()]
      .sort((one, other) => compareTimes(other.submittedAt, one.submittedAt))
      .flatMap(row => row.furtherEvaluations.map(one => ({ ...one, experiment: row.id })));
  };
}
