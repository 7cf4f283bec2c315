// One data set: counts, subgroups, where it comes from, sample pictures on request, and its removal.
import { get, remove } from "../app/api.js";
import { h, keep } from "../app/element.js";
import { count, number, time } from "../app/format.js";
import { go, link } from "../app/router.js";
import { facts, problemBox, section } from "../parts/badges.js";
import { readingPart } from "../parts/reading.js";
import { adversarialPart, samplesPart } from "../parts/samples.js";
import { images } from "./datasets.js";

/** Experiments are made from it, and the gateway may hear of them later. */
const EVERY_MILLIS = 15_000;

export function datasetPage({ path }) {
  const name = path[1];
  const adversarial = adversarialPart();
  const imports = importsPart();
  let says = "";
  const reading = readingPart(signal => Promise.all([get(["datasets", name], {}, signal), get(["datasets", name, "versions"], {}, signal)]), ([manifest, versions], content) => {
    adversarial.draw(versions);
    imports.draw(versions);
    // another import of the name may have taken its place
    if (says === JSON.stringify(manifest)) return;
    says = JSON.stringify(manifest);
    content.replaceChildren(...shown(manifest, adversarial.node, imports.node));
  }, EVERY_MILLIS);
  return {
    title: name,
    node: h("div", {}, h("a", { class: "back", href: "#/datasets" }, "← Data sets"), h("div", { class: "head" }, h("h1", {}, name)), reading.node),
    close: () => { reading.stop(); adversarial.close(); },
  };
}

function shown(manifest, adversarial, imports) {
  const { name, classes, healthyClass, preparation } = manifest;
  return [
    facts([
      ["Images", count(images(manifest))], ["Size", `${manifest.width} × ${manifest.height}, ${manifest.channels === 1 ? "grey" : "RGB"}`], ["Modality", manifest.modality ?? "not said"],
      ["Healthy class", Number.isInteger(healthyClass) ? classes[healthyClass] : "not said"], ["Licence", manifest.licence || "not said"], ["Imported", time(manifest.importedAt)],
      manifest.channelMeans && ["Mean, deviation", `${manifest.channelMeans.map(number).join(", ")}; ${manifest.channelDeviations.map(number).join(", ")}`],
    ]),
    h("div", { class: "actions" }, h("a", { class: "button primary", href: link(["new"], { dataset: name }) }, "Train on it"), removal(name)),
    section("Images by split and class", counts(manifest)),
    Object.keys(manifest.subgroups ?? {}).length > 0 && section("Subgroups", subgroups(manifest.subgroups)),
    section("Samples", samplesPart(manifest)),
    section("Adversarial images", adversarial),
    section("Provenance", h("p", {}, manifest.provenance || "Nobody said where the images come from."), preparation && prepared(preparation), sources(manifest)),
    section("Imports of this name", imports),
  ].filter(Boolean);
}

const region = (label, head, rows) => h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label },
  h("table", {}, h("caption", { class: "hear" }, label), h("thead", {}, h("tr", {}, head.map((title, place) => h("th", { scope: "col", class: place ? "number" : "" }, title)))),
    h("tbody", {}, rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, first), rest.map(value => h("td", { class: "number" }, value)))))));

function counts({ splits, classes }) {
  return region("Images by split and class", ["Split", ...classes, "All"], Object.entries(splits).map(([split, { count: all, classCounts }]) => [split, ...classes.map((_, label) => count(classCounts[label] ?? 0)), count(all)]));
}

function subgroups(attributes) {
  return region("Images by subgroup", ["Subgroup", "Images"], Object.entries(attributes).flatMap(([attribute, values]) => Object.entries(values).map(([value, amount]) => [`${attribute}: ${value}`, count(amount)])));
}

function prepared({ software, source, pixels, splitting }) {
  return facts([
    ["Made by", software], ["From", source],
    pixels && ["Pixels", `${pixels.side} × ${pixels.side}, ${pixels.fit}, ${pixels.resize}`],
    splitting && ["Split by", `${splitting.by}${splitting.patients ? `, ${count(splitting.patients)} patients` : ""}`],
  ]);
}

function sources({ sourceSha256 }) {
  return h("details", {}, h("summary", {}, "Checksums (SHA-256) of the source files"), Object.entries(sourceSha256).map(([split, sum]) => h("p", {}, `${split} `, h("code", {}, sum))));
}

/** @return {node, draw(versions)} */
export function importsPart() {
  const node = h("ul");
  const draw = versions => keep(node, versions, {
    // what it says: an entry that has changed is another entry
    key: ({ manifest, latest, experiments }) => JSON.stringify([manifest.importedAt, latest, experiments]),
    make: ({ manifest, latest, experiments }) => h("li", {}, `${time(manifest.importedAt)}${latest ? ", the latest" : ""}: `,
      experiments.length === 0 ? "no experiment" : experiments.slice(0, 20).flatMap(id => [h("a", { href: link(["experiments", id]) }, id), " "]),
      experiments.length > 20 && `and ${count(experiments.length - 20)} more`),
  });
  return { node, draw };
}

function removal(name) {
  const told = h("div", { "aria-live": "polite" });
  async function send(ended) {
    const beside = ended ? " Experiments that were made from it can then not be evaluated again." : "";
    if (!confirm(`Delete data set ${name} with all its images?${beside}`)) return;
    try {
      await remove(["datasets", name], { ended });
      // whoever has gone to another page meanwhile stays there
      if (told.isConnected) go(["datasets"]);
    } catch (e) {
      told.replaceChildren(problemBox(e), e.status === 409 && !ended ? h("button", { type: "button", class: "danger", on: { click: () => send(true) } }, "Delete although ended experiments were made from it") : "");
    }
  }
  return [h("button", { type: "button", class: "danger", on: { click: () => send(false) } }, "Delete"), told];
}
