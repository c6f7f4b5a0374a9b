// A long narrow valley, with and without momentum: as valley.py.

function descend(rate, momentum, steps, { curvatures, start }) {
  let w = Array.from(start);
  let v = [0, 0];
  const path = [w];
  while (path.length <= steps) {
    v = v.map((last, i) => momentum * last - rate * (curvatures[i] * w[i]));
    w = w.map((place, i) => place + v[i]);
    path.push(w);
  }
  return path;
}

function kindOf(path, costs, { arrived, far }) {
  if (!(costs.at(-1) <= costs[0])) return "diverges"; // it has grown, or left the floats
  if (costs.at(-1) < arrived) return "arrives";
  return path.some(([along]) => along > far) ? "shoots past" : "creeps";
}

export function frame({ rate, momentum, steps: asked }, data, { clip }) {
  const steps = clip(Math.trunc(asked), 1, data.most);
  const path = descend(rate, momentum, steps, data);
  const [flat, steep] = data.curvatures;
  const costs = path.map(([along, across]) => 0.5 * (flat * along ** 2 + steep * across ** 2));
  return { rate, momentum, steps, kind: kindOf(path, costs, data), path, costs, last: costs.at(-1) };
}

export function words({ rate, momentum, steps, kind, path, costs, last }) {
  const along = path.map((place) => place[0]);
  const way = { first: costs[0], past: Math.max(...along), left: (100 * along.at(-1)) / along[0] };
  return { name: kind, numbers: { rate, momentum, steps, last, ...way } };
}

export function draw(canvas, frame, data, kit) {
  const { sides, right: ends, titles } = data;
  const [left, right] = canvas.panels([1.6, 1]);
  const [x, y] = sides.map((side) => [side[0], side.at(-1)]);
  const labels = { xlabel: "w0, along", ylabel: "w1, across", equal: true, paper: true };
  const map = left.axes({ x, y, title: kit.fill(titles.map, frame), ...labels });
  kit.landscape(map, data);
  const [along, across] = [0, 1].map((i) => frame.path.map((place) => place[i]));
  map.line(along, across, { color: "ORANGE", lw: 1.3 });
  map.points(along, across, { color: "ORANGE", size: 3.5 });
  map.points(along.slice(-1), across.slice(-1), { size: 8, edge: "PAPER" });
  const costs = right.axes({ ...ends, ylog: true, grid: true, xlabel: "step", ylabel: "J", title: kit.fill(titles.costs, frame) });
  const heights = frame.costs.map((J) => kit.clip(J, ...ends.y));
  costs.line(kit.linspace(0, frame.steps, frame.steps + 1), heights, { color: "BLUE", lw: 2 });
}
