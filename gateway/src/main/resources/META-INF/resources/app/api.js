// The gateway's REST interface. Every path of it begins here, and nowhere else.

export const API = "/api/v1";

/** What the gateway answered instead (RFC 9457), or that it did not answer: then `status` is 0. */
export class Problem extends Error {
  constructor({ status = 0, title = "", detail = null, field = null, value = null, allowed = null, report = null }) {
    super(detail ?? title);
    this.status = status;
    this.field = field;
    this.value = value;
    this.allowed = allowed;
    this.report = report;
  }

  /** Whether asking again later may help. */
  get passes() {
    return this.status === 0 || this.status >= 500;
  }
}

/** The address of something: parts are encoded, parameters without value left out. */
export function address(parts, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, value);
  }
  const path = [API, ...parts.map(part => encodeURIComponent(part))].join("/");
  return query.size ? `${path}?${query}` : path;
}

export const get = (parts, parameters, signal) => ask("GET", address(parts, parameters), { signal });

export const post = (parts, body, headers = {}) => ask("POST", address(parts), {
  body: body === undefined ? undefined : JSON.stringify(body),
  headers: body === undefined ? headers : { "content-type": "application/json", ...headers },
});

export const patch = (parts, body) => ask("PATCH", address(parts), { body: JSON.stringify(body), headers: { "content-type": "application/json" } });

export const remove = (parts, parameters) => ask("DELETE", address(parts, parameters));

async function ask(method, url, { body, headers = {}, signal } = {}) {
  let response;
  try {
    response = await fetch(url, { method, body, signal, headers: { accept: "application/json", ...headers } });
  } catch (e) {
    if (e.name === "AbortError") throw e;
    throw new Problem({ title: "The gateway does not answer." });
  }
  const text = await response.text();
  if (!response.ok) throw problemOf(response.status, response.statusText, text);
  return text === "" ? null : documentOf(response.status, text);
}

/** What an answer says. A proxy between may answer with a page of its own and call it a success. */
export function documentOf(status, text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem({ status, title: `The answer (status ${status}) is not of the gateway: it is no JSON document.` });
  }
}

/** A proxy between may answer with something else than a problem document. */
export function problemOf(status, statusText, text) {
  try {
    return new Problem({ ...JSON.parse(text), status });
  } catch {
    return new Problem({ status, title: `The gateway answered ${status} ${statusText}`.trim() });
  }
}

/** Why a picture's address is refused, which an image does not say: a Problem, or null where it is not. */
export async function refusalOf(parts, parameters) {
  const response = await fetch(address(parts, parameters)).catch(() => null);
  if (!response) return new Problem({ title: "The gateway does not answer." });
  return response.ok ? null : problemOf(response.status, response.statusText, await response.text());
}

/** The API's own description, with the schemas of what it takes. */
export async function description() {
  const response = await fetch("/q/openapi?format=json");
  if (!response.ok) throw problemOf(response.status, response.statusText, await response.text());
  return response.json();
}

/**
 * Sends a form with files and says how far it is.
 *
 * @param onProgress gets the share sent, in [0,1]
 */
export function upload(parts, form, onProgress) {
  // fetch does not say how much of a body has gone
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address(parts));
    request.setRequestHeader("accept", "application/json");
    request.upload.addEventListener("progress", event => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener("error", () => reject(new Problem({ title: "The gateway does not answer." })));
    request.addEventListener("load", () => {
      if (request.status >= 300) return reject(problemOf(request.status, request.statusText, request.responseText));
      try {
        return resolve(documentOf(request.status, request.responseText));
      } catch (e) {
        return reject(e);
      }
    });
    request.send(form);
  });
}
