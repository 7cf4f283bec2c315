// The tests of the pages' modules: sentences with what must be true. ModuleTest runs them in Chromium; a test is one function.
const tests = [];

export function test(sentence, run) {
  tests.push({ sentence, run });
}

/** By value: documents are compared as JSON, which is what the pages exchange. */
export function equal(actual, wanted) {
  const [is, shall] = [JSON.stringify(actual), JSON.stringify(wanted)];
  if (is !== shall) throw new Error(`was ${is}, not ${shall}`);
}

export function close(actual, wanted) {
  if (!(Math.abs(actual - wanted) < 1e-9)) throw new Error(`was ${actual}, not ${wanted}`);
}

/** Waits until something holds that comes without being asked for, such as what a store tells; a test fails where it never does. */
export async function until(holds) {
  for (let turn = 0; turn < 2000; turn++) {
    if (holds()) return;
    await new Promise(next => setTimeout(next));
  }
  throw new Error(`never: ${holds}`);
}

/**
 * Answers requests in place of a gateway until `end` is called: {asked: [{path, options}], end}.
 *
 * @param answers a document, or a function of the address that returns one or promises it or throws {status, body}, by path below /api/v1; what has none waits for ever
 */
export function gateway(answers) {
  const real = globalThis.fetch;
  const asked = [];
  globalThis.fetch = async (url, options = {}) => {
    asked.push({ url, options });
    const answer = answers[url.replace("/api/v1", "").split("?")[0]];
    if (answer === undefined) return new Promise(() => {});
    try {
      return new Response(JSON.stringify(typeof answer === "function" ? await answer(url) : answer), { status: 200 });
    } catch ({ status, body = {} }) {
      if (status === undefined) throw new TypeError("Failed to fetch");
      return new Response(JSON.stringify(body), { status });
    }
  };
  return { asked, end() { globalThis.fetch = real; } };
}

/** Hides the tab, or shows it again. */
export function turnTab(isHidden) {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
  document.dispatchEvent(new Event("visibilitychange"));
  if (!isHidden) delete document.hidden;
}

/** Runs all, one after the other: [{sentence, failure}], where a failure is null or says what was wrong. */
export async function outcomes() {
  const results = [];
  for (const { sentence, run } of tests) {
    try {
      await run();
      results.push({ sentence, failure: null });
    } catch (e) {
      results.push({ sentence, failure: e.message });
    }
  }
  return results;
}
