// Images that a perturbation turned, from the report's own section. They are patients', so they are shown on request alone.
import { get } from "../app/api.js";
import { h } from "../app/element.js";
import { problemBox } from "./badges.js";

/** The pictures of a report, wherever it has them. */
export function picturesOf(report) {
  return (report.sections ?? []).flatMap(section => section.blocks ?? []).flatMap(block => block.pictures ?? []);
}

/** A part that reads nothing before it is opened. */
export function galleryPart(experiment) {
  const content = h("div");
  const details = h("details", { on: { toggle: () => details.open && !content.hasChildNodes() && fill() } },
    h("summary", {}, "Show images that were turned (they are patients’)"), content);
  async function fill() {
    content.replaceChildren(h("p", { class: "soft" }, "Reading …"));
    try {
      const pictures = picturesOf(await get(["experiments", experiment, "report.json"], { gallery: true }));
      content.replaceChildren(pictures.length === 0 ? h("p", { class: "soft" }, "No images were kept.") : h("div", { class: "gallery" }, pictures.map(shown)));
    } catch (e) {
      content.replaceChildren(problemBox(e));
    }
  }
  return details;
}

function shown({ caption, views, flags }) {
  return h("figure", {},
    h("div", { class: "views" }, views.map(view => h("div", {}, h("img", { src: view.image, alt: `${view.title}: ${caption}` }), h("span", {}, view.title)))),
    h("figcaption", {}, caption, flags.length > 0 && h("span", { class: "flag" }, ` ⚑ ${flags.map(flag => flag.name).join(", ")}`)));
}
