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
