// All examples, a few, or one: as batches.py.

// The places (w0, w1, b) of a neuron that begins with zeros and steps after each batch.
function walk(size, rate, epochs, { X, y }, { sigmoid }) {
  const path = [[0, 0, 0]];
  for (const rows of epochs) {
    for (let start = 0; start < rows.length; start += size) {
      const [w0, w1, b] = path.at(-1);
      const sums = [0, 0, 0];
      for (const i of rows.slice(start, start + size)) {
        const error = sigmoid(X[i][0] * w0 + X[i][1] * w1 + b) - y[i];
        sums[0] += X[i][0] * error;
        sums[1] += X[i][1] * error;
        sums[2] += error;
      }
      path.push([w0, w1, b].map((value, j) => value - (rate * sums[j]) / size));
    }
  }
  return path;
}

export function frame({ batch_size, rate, order: asked }, data, kit) {
  const order = kit.clip(Math.trunc(asked), 0, data.rows.length - 1);
  const path = walk(Number(batch_size), rate, data.rows[order], data, kit);
  const costs = path.map(([w0, w1, b]) => {
    const losses = Array.from(data.X, ([x0, x1], i) => {
      const z = x0 * w0 + x1 * w1 + b;
      return kit.softplus(z) - data.y[i] * z;
    });
    return kit.mean(losses);
  });
  const steps = path.length - 1;
  const read = path.map((_, k) => (k * data.rows[order].length) / steps);
  return { batch_size, rate, order, steps, path, read, costs, last: costs.at(-1) };
}

export function words({ batch_size, rate, order, steps, costs, last }, { rows, lowest }) {
  const epoch = costs.slice(-1 - steps / rows[order].length); // the last one, with the cost at its beginning
  const ends = { first: costs[0], low: Math.min(...epoch), high: Math.max(...epoch), lowest };
  return { name: "walk", numbers: { batch_size, rate, order, steps, last, ...ends } };
}

export function draw(canvas, frame, data, kit) {
  const { sides, right: ends, titles, lowest } = data;
  const [left, right] = canvas.panels([1, 1]);
  const [x, y] = sides.map((side) => [side[0], side.at(-1)]);
  const labels = { xlabel: "weight of the colour", ylabel: "weight of the softness", equal: true, paper: true };
  const map = left.axes({ x, y, title: kit.fill(titles.map, frame), ...labels });
  kit.landscape(map, data);
  const [w0, w1] = [0, 1].map((i) => frame.path.map((place) => place[i]));
  map.line(w0, w1, { color: "ORANGE", lw: 1.2 });
  map.points(w0, w1, { color: "ORANGE", size: 3 });
  map.points(w0.slice(-1), w1.slice(-1), { size: 8, edge: "PAPER" });
  const costs = right.axes({ ...ends, grid: true, xlabel: "epochs", ylabel: "cost J", title: kit.fill(titles.costs, frame) });
  costs.hline(lowest, { lw: 2, dash: [3.7, 1.6] });
  costs.text(0, lowest - 0.01, titles.lowest, { size: 12, baseline: "top" });
  costs.line(frame.read, frame.costs, { color: "BLUE", lw: 2 });
}
