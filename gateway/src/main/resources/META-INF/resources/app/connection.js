// Whether the gateway answers: one line of the page says so, and says it again when it does.
import { createStore } from "./store.js";

const troubles = new Map();

/** {trouble}: what is wrong, null where nothing is. */
export const connection = createStore({ trouble: null });

/** @param source who speaks, for example "list"; each one's trouble ends by its own success */
export function lost(source, reason) {
  troubles.set(source, reason);
  connection.set({ trouble: reason });
}

export function answered(source) {
  if (troubles.delete(source)) connection.set({ trouble: [...troubles.values()].at(-1) ?? null });
}
