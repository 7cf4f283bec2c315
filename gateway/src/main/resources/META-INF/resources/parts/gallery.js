// Images that a perturbation turned, from the report's own section. They are patients', so they are shown on request alone.
import { get } from "../app/api.js";
import { h } from "../app/element.js";
import { readingPart } from "./reading.js";

/** The pictures of a report, wherever it has them. */
export function picturesOf(report) {
  return (report.sections ?? []).flatMap(section => section.blocks ?? []).flatMap(block => block.pictures ?? []);
}

/**
 * A part that reads nothing before it is opened, and reads again when it is opened again until it has images.
 *
 * @param ask(parts, parameters, signal) as the API's module has it
 * @return {node, close()}
 */
export function galleryPart(experiment, ask = get) {
  const place = h("div");
  let reading = null;
  let isFilled = false;
  const details = h("details", { on: { toggle: () => open() } }, h("summary", {}, "Show images that were turned (they are patients’)"), place);
  const close = () => reading?.stop();
  function open() {
    close();
    if (!details.open || isFilled) return;
    reading = readingPart(signal => ask(["experiments", experiment, "report.json"], { gallery: true }, signal), (report, content) => {
      const pictures = picturesOf(report);
      isFilled = pictures.length > 0;
      content.replaceChildren(isFilled ? h("div", { class: "gallery" }, pictures.map(shown)) : h("p", { class: "soft" }, "No images have been kept so far."));
    });
    place.replaceChildren(reading.node);
  }
  return { node: details, close };
}

function shown({ caption, views, flags }) {
  return h("figure", {},
    h("div", { class: "views" }, views.map(view => h("div", {}, h("img", { src: view.image, alt: `${view.title}: ${caption}` }), h("span", {}, view.title)))),
    h("figcaption", {}, caption, flags.length > 0 && h("span", { class: "flag" }, ` ⚑ ${flags.map(flag => flag.name).join(", ")}`)));
}
