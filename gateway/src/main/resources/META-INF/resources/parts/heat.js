// Corruptions by severity, coloured by what they cost: from the clean figure (pale) to a constant answer's (dark red); blue is better than clean.
import { h } from "../app/element.js";
import { corruptionGrid, harm } from "../app/figures.js";
import { interval, share } from "../app/format.js";

const WORSE = [[247, 246, 244], [253, 212, 158], [252, 141, 89], [215, 48, 31], [127, 0, 0]];
const BETTER = [[247, 246, 244], [107, 160, 214]];

/** The colour of a loss in [-1,1] as red, green and blue; of an unknown one null. */
export function colour(loss) {
  if (loss === null) return null;
  const scale = loss < 0 ? BETTER : WORSE;
  const place = Math.min(Math.abs(loss), 1) * (scale.length - 1);
  const from = Math.min(Math.floor(place), scale.length - 2);
  return scale[from].map((part, i) => Math.round(part + (place - from) * (scale[from + 1][i] - part)));
}

/** Whether white text is read more easily on it than dark text (WCAG's relative luminance). */
export function isDark([red, green, blue]) {
  const linear = part => part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) < 0.179;
}

/** The table, or a word where nothing is measured. */
export function heatMap(measured) {
  const { clean, severities, rows } = corruptionGrid(measured);
  if (rows.length === 0) return h("p", { class: "soft" }, "No corruption is measured yet.");
  return h("div", {},
    h("div", { class: "scroll heat", role: "region", tabindex: "0", "aria-label": "Balanced accuracy by corruption and severity" },
      h("table", {},
        h("caption", { class: "hear" }, "Balanced accuracy by corruption and severity"),
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Corruption"), severities.map(severity => h("th", { scope: "col" }, `Severity ${severity}`)))),
        h("tbody", {}, rows.map(row => h("tr", {}, h("th", { scope: "row" }, row.name.replaceAll("-", " ")), row.cells.map(f => cell(f, clean))))))),
    legend(clean));
}

function cell(f, clean) {
  if (!f) return h("td", { class: "none" }, "–");
  const back = colour(harm(f.value, clean?.value, f.constant ?? clean?.constant));
  return h("td", {
    class: back === null ? "" : isDark(back) ? "cell dark" : "cell",
    style: back === null ? {} : { background: `rgb(${back.join(" ")})` },
    title: `${interval(f)}, n ${f.n}${f.failedGates.length ? `, fails ${f.failedGates.join(", ")}` : ""}`,
  }, share(f.value, 2), f.failedGates.length > 0 && " ⚑");
}

function legend(clean) {
  if (!clean || !Number.isFinite(clean.constant)) return null;
  const steps = [-1, -0.5, 0, 0.25, 0.5, 0.75, 1];
  return h("p", { class: "legend" }, "better than clean",
    h("span", { class: "swatches", "aria-hidden": "true" }, steps.map(step => h("span", { style: { background: `rgb(${colour(step).join(" ")})` } }))),
    `no better than a constant answer (${share(clean.constant, 2)}). The pale middle is the clean figure (${share(clean.value, 2)}).`);
}
