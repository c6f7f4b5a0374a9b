// From the input plane to the hidden plane: as representation.py.

export function frame({ way, layer }, { journeys }) {
  const { a, score, starts, ends, line } = journeys[layer];
  const between = (name) => Array.from(starts[name], ([x, y], i) => {
    const [endX, endY] = ends[name][i];
    return [x + way * (endX - x), y + way * (endY - y)];
  });
  const [places, zeros, ones] = ["places", "zeros", "ones"].map(between);
  const edge = way >= 1 ? line : between("edge");
  return { layer, way, places, a, score, zeros, ones, edge };
}

export function words({ layer, way, places, a, score }, { names, pairs, shared }) {
  const [x, y] = [0, 1].map((axis) => places.map((place) => place[axis]));
  const numbers = { layer, way, x, y, a, score };
  // on the way examples may pass one another
  const met = pairs.filter(([i, j]) => Math.hypot(x[i] - x[j], y[i] - y[j]) < shared);
  if (way < 1 || !met.length) return { name: "apart", numbers };
  return { name: "together", numbers: { ...numbers, pairs: met.map(([i, j]) => `${names[i]} and ${names[j]}`) } };
}

const EDGE = { lw: 2, dash: [3.7, 1.6] };

function stage(way) {
  if (way <= 0) return "start";
  return way >= 1 ? "end" : "on the way";
}

export function draw(canvas, { way, places, zeros, ones, edge }, { ends, targets, names, aside, sizes, titles }, kit) {
  const [panel] = canvas.panels([1]);
  const title = kit.fill(titles[stage(way)], { way });
  const labels = { xlabel: "x₁ → hidden 1", ylabel: "x₂ → hidden 2", xticks: [0, 1], yticks: [0, 1], title };
  const ax = panel.axes({ x: ends, y: ends, equal: true, ...labels, margins: { right: 95 } });
  const [xs, ys] = [0, 1].map((axis) => (points) => Array.from(points, (point) => point[axis]));
  ax.line(xs(zeros), ys(zeros), { color: "ORANGE", lw: 1.2, alpha: 0.7 });
  ax.line(xs(ones), ys(ones), { color: "BLUE", lw: 1.2, alpha: 0.7 });
  ax.line(xs(edge), ys(edge), EDGE);
  kit.CLASSES.forEach((look, target) => {
    const shown = places.filter((_, i) => targets[i] === target);
    ax.points(xs(shown), ys(shown), { ...look, size: sizes[target], edge: "PAPER" });
  });
  places.forEach(([x, y], i) => {
    const [dx, dy] = aside[i];
    ax.text(x, y, names[i], { dx, dy, size: 11, align: "center", halo: "PAPER" });
  });
  const classes = kit.CLASSES.map((look, target) => ({ ...look, size: 10, label: `class ${target}` }));
  ax.legend([{ ...EDGE, label: "output 0.5" }, ...classes], { at: [1.04, 0.65], down: true });
}
