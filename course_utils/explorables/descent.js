// Gradient descent on a curve of one parameter, or in a landscape of two: as descent.py, descent_model.py and relief.py.

const price = ({ kg, euro }) => ({
  cost: ([w], { mean }) => mean(kg.map((x, i) => (w * x - euro[i]) ** 2)),
  gradient: ([w], { mean }) => [2 * mean(kg.map((x, i) => x * (w * x - euro[i])))],
});

const taste = ({ colour, sweet }) => ({
  cost: ([w, b], { mean, softplus }) => mean(colour.map((x, i) => softplus(w * x + b) - sweet[i] * (w * x + b))),
  gradient([w, b], { mean, sigmoid }) {
    const miss = colour.map((x, i) => sigmoid(w * x + b) - sweet[i]);
    return [mean(miss.map((m, i) => m * colour[i])), mean(miss)];
  },
});

// The ground, its lowest cost, and on the map the cost at each place of the picture.
export function prepare(data, kit) {
  const { cost, gradient } = data.on === "map" ? taste(data) : price(data);
  const at = (point) => cost(point, kit);
  const heights = data.on === "map" ? Array.from(data.sides[1], (b) => Array.from(data.sides[0], (w) => at([w, b]))) : [];
  return { cost: at, gradient: (point) => gradient(point, kit), lowest: at(data.best), heights };
}

function descend(gradient, start, rate, steps) {
  const nowhere = start.map(() => NaN);
  const path = [start];
  while (path.length <= steps) {
    const last = path.at(-1);
    const next = gradient(last).map((slope, i) => last[i] - rate * slope);
    path.push(next.every(Number.isFinite) ? next : nowhere); // out of all numbers, and so are all that follow
  }
  return path;
}

function lastRatio(path) {
  const strides = path.slice(1).map((point, k) => point.map((x, i) => x - path[k][i]));
  const lengths = strides.map((stride) => Math.max(...stride.map(Math.abs))).map((n) => (Number.isFinite(n) ? n : 0));
  const longest = Math.max(...lengths);
  const last = lengths.findLastIndex((length) => length > 1e-6 * longest);
  if (last < 1) return last < 0 ? NaN : 0;
  const [before, now] = [strides[last - 1], strides[last]].map((s) => s.map((x) => x / lengths[last - 1]));
  const dot = (a, b) => a.reduce((total, x, i) => total + x * b[i], 0);
  return dot(now, before) / dot(before, before);
}

function kindOf(costs, ratio, lowest) {
  const late = costs.slice(-Math.max(2, Math.floor(costs.length / 4)));
  if (!late.every(Number.isFinite) || Math.max(...late) > costs[0] * (1 + 1e-9)) return "diverges";
  if (Number.isNaN(ratio)) return "stands still";
  if (ratio < -0.6) return "oscillates";
  const left = (costs.at(-1) - lowest) / (costs[0] - lowest); // of the way down
  return ratio > 0.9 && left > 0.01 ? "crawls" : "works";
}

export function frame({ rate, steps: asked, ...start }, data, { clip, lookAside }) {
  const { cost, gradient, lowest, parameters, relief } = data;
  const steps = clip(Math.trunc(asked), 1, 1000);
  const path = descend(gradient, parameters.map((name) => start[name]), rate, steps);
  const costs = path.map(cost);
  const ratio = lastRatio(path);
  const points = path.map((point, k) => [...point, costs[k]].slice(0, 2));
  const gap = costs.map((J) => J - lowest);
  const aside = relief ? path.map((place, k) => lookAside(place, costs[k], data)) : [];
  return { rate, steps, kind: kindOf(costs, ratio, lowest), ratio, path, points, costs, gap, aside };
}

export function words({ rate, steps, kind, ratio, costs }) {
  const numbers = { rate, steps, ratio, first: costs[0], last: costs.at(-1) };
  if (Number.isFinite(numbers.last)) return { name: kind, numbers };
  return { name: Number.isNaN(ratio) ? "overflows at once" : "overflows", numbers };
}

function drawRelief(panel, frame, data, kit) {
  const { relief, title } = data;
  const ax = panel.axes({ x: relief.ends[0], y: relief.ends[1], equal: true, off: true, paper: true, title: kit.fill(title, frame) });
  kit.landscapeAside(ax, data);
  drawPath(ax, frame.aside);
}

function drawMap(panel, frame, data, kit) {
  const { ends } = data;
  const ax = panel.axes({ x: ends[0], y: ends[1], xlabel: "w", ylabel: "b", equal: true, paper: true, title: "" });
  kit.landscape(ax, data);
  drawPath(ax, frame.points);
}

function drawCurve(panel, frame, { ends, sides, cost, title }, kit) {
  const ax = panel.axes({ x: ends[0], y: ends[1], xlabel: "w", ylabel: "J(w)", grid: true, title: kit.fill(title, frame) });
  ax.line(sides[0], Array.from(sides[0], (w) => cost([w])), { color: "BLUE", lw: 2.5 });
  drawPath(ax, frame.points);
}

function drawCosts(panel, { gap, steps }, { low, high, most }, kit) {
  const fall = { x: [-1, most + 1], y: [low / 2, high * 2], ylog: true, grid: true, xlabel: "step", ylabel: "J − lowest J" };
  const ax = panel.axes({ ...fall, title: "" });
  const heights = gap.map((J) => kit.clip(J, low, high));
  const at = kit.linspace(0, steps, steps + 1);
  ax.line(at, heights, { color: "ORANGE", lw: 1.4 });
  ax.points(at, heights, { color: "ORANGE", size: 4 });
}

function drawPath(ax, points) {
  const shown = points.filter((point) => !point.some(Number.isNaN));
  const [xs, ys] = [0, 1].map((i) => shown.map((point) => point[i]));
  ax.line(xs, ys, { color: "ORANGE", lw: 1.4 });
  ax.points(xs, ys, { color: "ORANGE", size: 4 });
  ax.points(xs.slice(0, 1), ys.slice(0, 1), { color: "ORANGE", marker: "s", size: 8, edge: "PAPER", cut: false });
  ax.points(xs.slice(-1), ys.slice(-1), { size: 8, edge: "PAPER" });
}

export function draw(canvas, frame, data, kit) {
  const [left, right] = canvas.panels([1.25, 1]);
  const [first, second] = data.on === "map" ? [drawRelief, drawMap] : [drawCurve, drawCosts];
  first(left, frame, data, kit);
  second(right, frame, data, kit);
}
