// Values as people read them. A value that is not there is a dash, never a zero.

export const NONE = "–";

/** A share in [0,1] with three decimals, as tables and reports have it. */
export function share(value, digits = 3) {
  return isNumber(value) ? value.toFixed(digits) : NONE;
}

/** "0.81–0.88"; empty where there is no interval. */
export function interval(figure, digits = 3) {
  return figure && isNumber(figure.low) && isNumber(figure.high) ? `${figure.low.toFixed(digits)}–${figure.high.toFixed(digits)}` : "";
}

/** "12 s", "3 min", "2 h 5 min". */
export function duration(seconds) {
  if (!isNumber(seconds)) return NONE;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Four significant digits, without an exponent where it can be read without one. */
export function number(value) {
  if (!isNumber(value)) return NONE;
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 1e6 || size < 1e-4 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}

export function count(value) {
  return isNumber(value) ? value.toLocaleString("en") : NONE;
}

/** "2026-11-02 10:00", in the reader's time zone. */
export function time(instant) {
  const at = new Date(instant);
  if (!instant || Number.isNaN(at.getTime())) return NONE;
  const two = part => String(part).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/**
 * Instants in order, as sort takes it: negative where one is earlier. Text alone does not do: "…:05Z" is before "…:05.123Z".
 */
export function compareTimes(one, other) {
  const [a, b] = [fully(one), fully(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function fully(instant) {
  const [whole, part = ""] = (instant ?? "").replace(/Z$/, "").split(".");
  return `${whole}.${part.padEnd(9, "0")}`;
}

/** "just now", "5 min ago". */
export function ago(instant, now = Date.now()) {
  const seconds = (now - new Date(instant).getTime()) / 1000;
  if (!isNumber(seconds)) return NONE;
  if (seconds < 5) return "just now";
  return seconds < 172_800 ? `${duration(seconds)} ago` : time(instant);
}

export function norm(name) {
  return { l2: "L2", linf: "L∞" }[name] ?? name ?? NONE;
}

/** A radius never comes without its norm. */
export function radius(attack) {
  return attack && isNumber(attack.epsilon) ? `${norm(attack.norm)} ${number(attack.epsilon)}` : NONE;
}

export function bytes(size) {
  if (!isNumber(size)) return NONE;
  const steps = ["B", "KiB", "MiB", "GiB", "TiB"];
  const step = Math.min(steps.length - 1, size < 1 ? 0 : Math.floor(Math.log2(size) / 10));
  return `${number(size / 1024 ** step)} ${steps[step]}`;
}

/** "1 gate", "2 gates". */
export function plural(amount, word, words = `${word}s`) {
  return `${count(amount)} ${amount === 1 ? word : words}`;
}

export function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}
