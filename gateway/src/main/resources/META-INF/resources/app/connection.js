// Whether the gateway answers: one line of the page says so, and says it again when it does.
import { createStore } from "./store.js";

const troubles = new Map();

/** {trouble: what is wrong, null where nothing is, signedOut: whether the gateway wants somebody to sign in first} */
export const connection = createStore({ trouble: null, signedOut: false });

/** @param source who speaks, for example "list"; each one's trouble ends by its own success */
export function lost(source, reason) {
  troubles.set(source, reason);
  connection.set({ trouble: reason });
}

export function answered(source) {
  if (troubles.delete(source)) connection.set({ trouble: [...troubles.values()].at(-1) ?? null });
}

/** Called with each answer of the gateway that tells it. */
export function signedOut(is) {
  if (connection.get().signedOut !== is) connection.set({ signedOut: is });
}
