// The frame around the pages: which page the address names, and what stands around it.
import { connection } from "./connection.js";
import { h, show } from "./element.js";
import { parse } from "./router.js";
import { placeAfterSignIn } from "./signIn.js";
import { comparePage } from "../pages/compare.js";
import { datasetPage } from "../pages/dataset.js";
import { datasetsPage } from "../pages/datasets.js";
import { evaluatePage } from "../pages/evaluate.js";
import { experimentPage } from "../pages/experiment.js";
import { experimentsPage } from "../pages/experiments.js";
import { submitPage } from "../pages/submit.js";
import { workersPage } from "../pages/workers.js";
import { signedOutNote } from "../parts/badges.js";

/**
 * By the first part of the address, and whether a second part follows. A page is a function of {path, parameters} that returns {title,
 * node, update(parameters) where it can follow its parameters, close()}.
 */
const PAGES = {
  experiments: [experimentsPage, experimentPage],
  compare: [comparePage],
  datasets: [datasetsPage, datasetPage],
  evaluate: [evaluatePage],
  workers: [workersPage],
  new: [submitPage],
};

const main = document.getElementById("main");
let open = null;

function pageOf(path) {
  return PAGES[path[0] ?? "experiments"]?.[Math.max(0, path.length - 1)] ?? null;
}

function turn() {
  const place = parse(location.hash);
  const key = place.path.join("/") || "experiments";
  if (open?.key === key && open.page.update) {
    open.page.update(place.parameters);
    return;
  }
  const first = open === null;
  open?.page.close?.();
  const make = pageOf(place.path);
  const page = make ? make(place) : { title: "No such page", node: h("div", {}, h("h1", {}, "No such page"), h("p", {}, h("a", { href: "#/experiments" }, "All experiments"))) };
  open = { key, page };
  document.title = `${page.title} · RTDA`;
  main.replaceChildren(page.node);
  for (const link of document.querySelectorAll("#pages a")) {
    const here = parse(link.getAttribute("href")).path[0] === (place.path[0] ?? "experiments");
    if (here) {
      link.setAttribute("aria-current", "page");
      bringIntoSight(link);
    } else link.removeAttribute("aria-current");
  }
  if (!first) {
    scrollTo(0, 0);
    // a screen reader goes on at the new page, as it would after a link
    main.focus({ preventScroll: true });
  }
}

/** On a phone the links are wider than the screen. The page itself does not move. */
function bringIntoSight(link) {
  const bar = link.parentElement;
  bar.scrollLeft = link.offsetLeft - bar.offsetLeft - (bar.clientWidth - link.offsetWidth) / 2;
}

/** Said once: a screen reader reads out what is drawn anew. */
function tellTrouble({ trouble, signedOut }) {
  const line = document.getElementById("trouble");
  const says = signedOut ? "signed out" : trouble ?? "";
  show(line, says !== "");
  if (line.dataset.says === says) return;
  line.dataset.says = says;
  line.replaceChildren(...signedOut ? signedOutNote() : [says]);
}

connection.subscribe(tellTrouble);
document.getElementById("skip").addEventListener("click", event => {
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", turn);
// the page that somebody left to sign in again
const place = placeAfterSignIn(location.search);
if (place) history.replaceState(null, "", `${location.pathname}${place}`);
turn();
