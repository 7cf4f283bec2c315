// What the import form sends, and what the report of an archive says, in sentences.
import { plural } from "./format.js";

/** Fields that only archives of images have: an NPZ file with one of them is refused. */
const OF_ARCHIVES = ["side", "channels", "fit", "split", "seed", "label-column", "patient-pattern", "strict", "allow-shared-patients", "allow-duplicates", "dry-run"];

/** The names of files decide what the form shows; the gateway looks at what is in them. */
export function isArchive(fileName) {
  return fileName !== "" && !fileName.toLowerCase().endsWith(".npz");
}

/** What goes out of a form's entries: without what was left empty, and without what only archives have where the file is none. */
export function sentOf(entries, archive) {
  return [...entries]
    .filter(([name, value]) => (value instanceof File ? value.size > 0 : value.trim() !== "") && (archive || !OF_ARCHIVES.includes(name)))
    .map(([name, value]) => [name === "shift" ? "shift-external" : name, value]);
}

/** Groups of sentences: {title, lines, rest}, where rest is how many more there are. Groups without a sentence are left out. */
export function groupsOf({ counts, notes, refused, duplicates, constant }) {
  const listed = (title, count, first) => ({ title, lines: first, rest: count - first.length });
  const twice = duplicates.exact + duplicates.near;
  return [
    listed("Images", Object.keys(counts).length, Object.entries(counts).map(([split, amount]) => `${split}: ${amount}`)),
    listed("How it was understood", notes.length, notes),
    listed(`${plural(refused.count, "file")} left out`, refused.count, refused.first),
    listed(`${plural(twice, "duplicate")}: ${duplicates.exact} with the same pixels, ${duplicates.near} that look the same, ${duplicates.acrossSplits} of them in two splits`, twice, duplicates.first),
    listed(`${plural(constant.count, "image")} of one grey level`, constant.count, constant.first),
  ].filter(({ lines }) => lines.length > 0);
}
