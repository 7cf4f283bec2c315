// Evaluations that people asked for by name, of all experiments, newest first.
import { get as ask } from "./api.js";

const PAGE = 200;

/**
 * Reads them by pages, and each page again every time: where one stands and its place in the queue change.
 *
 * @param pages how many are read at most
 * @param get as the API's module has it
 * @return {evaluations, more: whether there are older ones}
 */
export async function readAsked(pages, signal, get = ask) {
  const evaluations = [];
  let cursor = null;
  for (let page = 0; page < pages; page++) {
    const answer = await get(["evaluations"], { named: true, limit: PAGE, cursor }, signal);
    evaluations.push(...answer.evaluations);
    cursor = answer.next ?? null;
    if (cursor === null) break;
  }
  return { evaluations, more: cursor !== null };
}
