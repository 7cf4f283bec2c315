// The import that runs, if any. It goes on whatever page a person looks at, and the page of data sets shows it whenever it is open.
import { upload } from "./api.js";
import { answered, lost } from "./connection.js";
import { createStore } from "./store.js";

const SOURCE = "import";
let lookers = 0;

/** {running: null or {name, sizeBytes, share: how much is sent, in [0,1]}, outcome: null or {name, answer, problem}, one of them null} */
export const imports = createStore({ running: null, outcome: null });

/** Shows the import, also one that has begun before, until the returned function is called. An outcome that was shown is then forgotten. */
export function watchImports(look) {
  lookers += 1;
  answered(SOURCE);
  let shown = null;
  const see = state => {
    shown = state.outcome;
    look(state);
  };
  const stop = imports.subscribe(see);
  see(imports.get());
  return () => {
    lookers -= 1;
    stop();
    if (shown !== null && imports.get().outcome === shown) imports.set({ outcome: null });
  };
}

/**
 * Sends a form's entries. Who watches is told how far it is; where nobody does a failure is said above the page.
 *
 * @param send as the API's module has it
 * @return its outcome
 */
export async function startImport(entries, send = upload) {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  const name = form.get("name");
  const sizeBytes = [...form.values()].reduce((sum, value) => sum + (value.size ?? 0), 0);
  const running = share => imports.set({ running: { name, sizeBytes, share } });
  running(0);
  imports.set({ outcome: null });
  let outcome;
  try {
    outcome = { name, answer: await send(["datasets"], form, running), problem: null };
  } catch (problem) {
    outcome = { name, answer: null, problem };
    if (lookers === 0) lost(SOURCE, `The import of ${name} failed: ${problem.message}`);
  }
  imports.set({ running: null, outcome });
  return outcome;
}
