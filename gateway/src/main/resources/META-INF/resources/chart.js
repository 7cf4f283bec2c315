// Line charts as SVG. Points are {x, y, low?, high?, failedGates?}; a series is {name, points}.

const NS = "http://www.w3.org/2000/svg";
const NARROWEST = 300, WIDEST = 900, HEIGHT = 260, LEFT = 46, RIGHT = 14, TOP = 10, BOTTOM = 38;
const MOST_POINTS = 500, COLOURS = 6;

function element(name, attributes, text) {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

export function shortNumber(value) {
  if (value === 0) return "0";
  const digits = Math.abs(value) >= 1000 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();
  return digits;
}

function thin(points) {
  const every = Math.max(1, Math.ceil(points.length / MOST_POINTS));
  return points.filter((_, i) => i % every === 0 || i === points.length - 1);
}

/** Replaces what is in the container. With range the vertical axis is fixed. */
export function drawLines(container, title, xLabel, series, range) {
  const WIDTH = Math.max(NARROWEST, Math.min(WIDEST, container.clientWidth || WIDEST));
  container.replaceChildren();
  const drawn = series.map(s => ({ name: s.name, points: thin(s.points) })).filter(s => s.points.length > 0);
  if (drawn.length === 0) {
    const empty = document.createElement("p");
    empty.className = "soft";
    empty.textContent = "Nothing yet.";
    container.append(empty);
    return;
  }
  let xLow = Infinity, xHigh = -Infinity, yLow = 0, yHigh = -Infinity;
  for (const s of drawn) for (const p of s.points) {
    xLow = Math.min(xLow, p.x); xHigh = Math.max(xHigh, p.x);
    yLow = Math.min(yLow, p.low ?? p.y); yHigh = Math.max(yHigh, p.high ?? p.y);
  }
  if (range) [yLow, yHigh] = range;
  if (!(xHigh > xLow)) xHigh = xLow + 1;
  if (!(yHigh > yLow)) yHigh = yLow + 1;
  const x = v => LEFT + (v - xLow) / (xHigh - xLow) * (WIDTH - LEFT - RIGHT);
  const y = v => HEIGHT - BOTTOM - (Math.min(yHigh, Math.max(yLow, v)) - yLow) / (yHigh - yLow) * (HEIGHT - TOP - BOTTOM);

  const latest = drawn.map(s => `${s.name} ${shortNumber(s.points.at(-1).y)}`).join(", ");
  const legend = document.createElement("p");
  legend.className = "legend";
  const svg = element("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": `${title}. Last: ${latest}` });
  for (let i = 0; i <= 4; i++) {
    const yv = yLow + (yHigh - yLow) * i / 4, xv = xLow + (xHigh - xLow) * i / 4;
    svg.append(element("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y(yv), y2: y(yv) }));
    svg.append(element("text", { "text-anchor": "end", x: LEFT - 6, y: y(yv) + 4 }, shortNumber(yv)));
    svg.append(element("text", { "text-anchor": "middle", x: x(xv), y: HEIGHT - BOTTOM + 15 }, shortNumber(xv)));
  }
  svg.append(element("text", { "text-anchor": "middle", x: (LEFT + WIDTH) / 2, y: HEIGHT - 6 }, xLabel));
  drawn.forEach((s, index) => {
    const colour = `s${index % COLOURS}`;
    const dashed = Math.floor(index / COLOURS) % 2 === 1;
    svg.append(element("path", { class: `line ${colour}`, "stroke-dasharray": dashed ? "6 4" : "none", d: s.points.map((p, i) => `${i ? "L" : "M"}${x(p.x).toFixed(1)} ${y(p.y).toFixed(1)}`).join("") }));
    for (const p of s.points) {
      if (p.low === undefined) continue;
      svg.append(element("line", { class: `bar ${colour}`, x1: x(p.x), x2: x(p.x), y1: y(p.low), y2: y(p.high) }));
      const dot = element("circle", { class: colour, r: 3.5, cx: x(p.x), cy: y(p.y) });
      dot.append(element("title", {}, `${s.name} at ${shortNumber(p.x)}: ${p.y.toFixed(3)} [${p.low.toFixed(3)}, ${p.high.toFixed(3)}]${p.failedGates?.length ? `, fails ${p.failedGates.join(", ")}` : ""}`));
      svg.append(dot);
    }
    const key = document.createElement("span");
    key.className = `key ${colour}`;
    key.textContent = `${s.name}${dashed ? " (dashed)" : ""} ${shortNumber(s.points.at(-1).y)}`;
    legend.append(key);
  });
  container.append(legend, svg);
}
