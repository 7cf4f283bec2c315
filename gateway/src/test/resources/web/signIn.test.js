import { description, get, refusalOf, upload } from "/app/api.js";
import { connection } from "/app/connection.js";
import { placeAfterSignIn, signInAddress } from "/app/signIn.js";
import { problemBox } from "/parts/badges.js";
import { equal, gateway, test } from "./suite.js";

const failure = async request => { try { await request; } catch (e) { return e; } return null; };

test("the way to a sign-in leads back to the place", () => {
  const address = new URL(signInAddress("#/compare?experiments=a,b&x=1"), "http://g");
  equal([address.pathname, placeAfterSignIn(address.search), placeAfterSignIn(new URL(signInAddress(""), "http://g").search)], ["/", "#/compare?experiments=a,b&x=1", "#/"]);
});
test("an address leads to a place of the pages and nowhere else", () => {
  equal(["", "?x=1", "?at=", "?at=https://evil.example", "?at=//evil.example", "?at=%23x", "?at=%23/workers"].map(placeAfterSignIn), [null, null, null, null, null, null, "#/workers"]);
});
test("a script says that it is one, so that it is not sent to a provider's page", async () => {
  const { asked, end } = gateway({ "/known": {} });
  await get(["known"]);
  end();
  equal([asked[0].options.headers["x-requested-with"], asked[0].options.redirect], ["JavaScript", "manual"]);
});
test("whoever is signed out is told so, whatever the gateway or a provider says to programs", async () => {
  const { end } = gateway({
    "/known": () => { throw { status: 401, body: { detail: "sign-in is required; send a service token" } }; },
    "/datasets": () => { throw { status: 499 }; },
    "/q/openapi": () => { throw { status: 401 }; },
    "/datasets/x/samples": () => { throw { status: 401 }; },
  });
  const problems = [await failure(get(["known"])), await failure(get(["datasets"])), await failure(description()), await refusalOf(["datasets", "x", "samples"], {})];
  end();
  equal(problems.map(one => [one.message, one.isSignedOut]), Array(4).fill(["You are signed out.", true]));
  equal(connection.get().signedOut, true);
});
test("an answer that leads elsewhere is a sign-in, and one that comes ends it", async () => {
  const real = globalThis.fetch;
  globalThis.fetch = async () => ({ type: "opaqueredirect", ok: false, status: 0, statusText: "", text: async () => "" });
  const problem = await failure(get(["known"]));
  globalThis.fetch = real;
  equal([problem.isSignedOut, connection.get().signedOut], [true, true]);
  const { end } = gateway({ "/known": {} });
  await get(["known"]);
  end();
  equal(connection.get().signedOut, false);
});
test("a gateway that is away tells nothing of a sign-in, a refusal of its own does", async () => {
  const { end } = gateway({ "/a": () => { throw { status: 401 }; }, "/b": () => { throw { status: 503 }; }, "/c": () => { throw {}; }, "/d": () => { throw { status: 404 }; } });
  const told = [];
  for (const path of ["a", "b", "c", "d"]) {
    await failure(get([path]));
    told.push(connection.get().signedOut);
  }
  end();
  equal(told, [true, true, true, false]);
});
test("an upload by somebody who is signed out says so", async () => {
  const real = globalThis.XMLHttpRequest;
  const headers = {};
  globalThis.XMLHttpRequest = class {
    upload = { addEventListener() {} };
    status = 499;
    responseText = "";
    listeners = {};
    open() {}
    setRequestHeader(name, value) { headers[name] = value; }
    addEventListener(type, listener) { this.listeners[type] = listener; }
    send() { this.listeners.load(); }
  };
  const problem = await failure(upload(["datasets"], null, () => {}));
  globalThis.XMLHttpRequest = real;
  equal([problem.isSignedOut, headers["x-requested-with"], connection.get().signedOut], [true, "JavaScript", true]);
  const { end } = gateway({ "/known": {} });
  await get(["known"]);
  end();
});
test("who is signed out gets the way back, to where they are by then", async () => {
  const { end } = gateway({ "/known": () => { throw { status: 401 }; } });
  const box = problemBox(await failure(get(["known"])));
  end();
  const link = box.querySelector("a");
  link.addEventListener("click", event => event.preventDefault());
  const before = location.href;
  history.replaceState(null, "", "#/evaluate?experiment=exp-1");
  link.click();
  history.replaceState(null, "", before);
  equal([box.textContent, box.getAttribute("role"), placeAfterSignIn(new URL(link.href).search)], ["You are signed out. Sign in again", "alert", "#/evaluate?experiment=exp-1"]);
});
test("any other problem is said with its field and what is allowed", () => {
  equal(problemBox({ message: "must be in [1, 10]", field: "epochs", allowed: "in [1, 10]" }).textContent, "epochs: must be in [1, 10]");
  equal(problemBox({ message: "is wrong", field: null, allowed: "rtda or erm" }).textContent, "is wrong Allowed: rtda or erm.");
});
