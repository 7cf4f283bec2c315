// Where a person is, in the address: #/experiments?state=RUNNING. The part after # never reaches the gateway, which therefore serves
// one page, and the browser's own history makes the back button work.

/** {path: ["experiments", "exp-1"], parameters}; an address that cannot be decoded leads to the start. */
export function parse(hash) {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  try {
    return { path: path.split("/").filter(Boolean).map(decodeURIComponent), parameters: new URLSearchParams(query) };
  } catch {
    return { path: [], parameters: new URLSearchParams() };
  }
}

/** The address of a place; parameters without value are left out, so that equal places have equal addresses. */
export function link(path, parameters = {}) {
  const query = new URLSearchParams();
  const given = parameters instanceof URLSearchParams ? [...parameters] : Object.entries(parameters);
  for (const [name, value] of given) {
    if (value !== null && value !== undefined && value !== "" && value !== false) query.append(name, value);
  }
  const place = path.map(encodeURIComponent).join("/");
  return query.size ? `#/${place}?${query}` : `#/${place}`;
}

/** Goes to a place. */
export function go(path, parameters) {
  location.hash = link(path, parameters);
}

/** Changes parameters of the present place without an entry in the history: the back button leaves the page, not a letter of a search. */
export function adjust(changes) {
  const { path, parameters } = parse(location.hash);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === "" || value === false) parameters.delete(name);
    else parameters.set(name, value);
  }
  history.replaceState(null, "", link(path, parameters));
  return parameters;
}
