// The gateway's REST interface. Every path of it begins here, and nowhere else.
import { signedOut } from "./connection.js";

export const API = "/api/v1";

/** What the gateway answers where nobody is signed in. */
const SIGNED_OUT = 401;
/** What Quarkus answers a script whose person has to sign in at the OpenID provider. */
const SIGN_IN_AT_PROVIDER = 499;
/** What is not there yet may come, what clashes may end, and a person may sign in again in another tab. */
const MAY_PASS = new Set([SIGNED_OUT, 404, 408, 409, 429]);
/** By this header the gateway knows a script, which it must not send to the page of a provider. */
const SCRIPT = { "x-requested-with": "JavaScript" };

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
    return this.status < 400 || this.status >= 500 || MAY_PASS.has(this.status);
  }

  get isSignedOut() {
    return this.status === SIGNED_OUT;
  }
}

const noAnswer = () => new Problem({ title: "The gateway does not answer." });
const notSignedIn = () => new Problem({ status: SIGNED_OUT, title: "You are signed out." });

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
  try {
    // a redirect leads to somebody's sign-in, of a provider or of a proxy: it is followed by a person, not by a script
    const response = await fetch(url, { method, body, signal, redirect: "manual", headers: { accept: "application/json", ...SCRIPT, ...headers } });
    if (response.type === "opaqueredirect") throw notSignedIn();
    const text = await response.text();
    if (!response.ok) throw problemOf(response.status, response.statusText, text);
    const answer = text === "" ? null : documentOf(response.status, text);
    signedOut(false);
    return answer;
  } catch (e) {
    if (e.name === "AbortError") throw e;
    throw told(e instanceof Problem ? e : noAnswer());
  }
}

/** A refusal tells whether somebody is signed in; that the gateway is away does not. */
function told(problem) {
  if (problem.status >= 400 && problem.status < 500) signedOut(problem.isSignedOut);
  return problem;
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
  if (status === SIGNED_OUT || status === SIGN_IN_AT_PROVIDER) return notSignedIn();
  const title = `The gateway answered ${status} ${statusText}`.trim();
  try {
    return new Problem({ title, ...JSON.parse(text), status });
  } catch {
    return new Problem({ status, title });
  }
}

/** Why a picture's address is refused, which an image does not say: a Problem, or null where it is not. */
export async function refusalOf(parts, parameters) {
  try {
    const response = await fetch(address(parts, parameters), { redirect: "manual", headers: SCRIPT });
    if (response.type === "opaqueredirect") return notSignedIn();
    return response.ok ? null : problemOf(response.status, response.statusText, await response.text());
  } catch {
    return noAnswer();
  }
}

/** The API's own description, with the schemas of what it takes. */
export const description = signal => ask("GET", "/q/openapi?format=json", { signal });

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
    for (const [name, value] of Object.entries({ accept: "application/json", ...SCRIPT })) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", event => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener("error", () => reject(noAnswer()));
    request.addEventListener("load", () => {
      if (request.status >= 300) return reject(told(problemOf(request.status, request.statusText, request.responseText)));
      try {
        return resolve(documentOf(request.status, request.responseText));
      } catch (e) {
        return reject(e);
      }
    });
    request.send(form);
  });
}
