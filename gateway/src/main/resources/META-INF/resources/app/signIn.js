// The way back to a page from a sign-in. What stands behind # reaches no server and does not come back from a provider, so it travels as a
// parameter of the gateway's root.

const PARAMETER = "at";

/** The address that a browser loads, so that the gateway asks who it is, and that leads back to a place of the pages. */
export function signInAddress(hash) {
  return `/?${new URLSearchParams({ [PARAMETER]: hash || "#/" })}`;
}

/** "#/workers", the place that such an address leads to; null where it names none. */
export function placeAfterSignIn(search) {
  const place = new URLSearchParams(search).get(PARAMETER);
  return place?.startsWith("#/") ? place : null;
}
