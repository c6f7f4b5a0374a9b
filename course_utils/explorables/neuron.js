// One neuron on one input: as neuron.py.

const CURVES = {
  step: () => (z) => (z > 0 ? 1 : 0),
  sigmoid: ({ sigmoid }) => sigmoid,
  tanh: () => Math.tanh,
  ReLU: () => (z) => Math.max(z, 0),
};

export function frame({ w, b, x, activation }, { X }, kit) {
  const g = CURVES[activation](kit);
  const z = w * x + b;
  return { w, b, x, activation, z, a: g(z), threshold: w ? -b / w : NaN, curve: Array.from(X, (at) => g(w * at + b)) };
}

export function words({ curve, activation, ...numbers }) {
  return { name: numbers.w === 0 ? "flat" : activation, numbers };
}

export function draw(canvas, frame, { X, ends, ticks, top, titles }, kit) {
  const { x, a, threshold, curve } = frame;
  const [panel] = canvas.panels([1]);
  const labels = { xlabel: "input x", ylabel: "output a", xticks: ticks[0], yticks: ticks[1], grid: true, title: "" };
  const ax = panel.axes({ x: ends[0], y: ends[1], ...labels });
  ax.vline(threshold, { color: "GREY", lw: 1.5, dash: [3.7, 1.6] });
  ax.line(X, curve, { color: "BLUE", lw: 2.5 });
  ax.line([x, x], [0, Math.min(a, top)], { color: "ORANGE", lw: 2, dash: [1, 1.65] });
  const marker = a > top ? "^" : "o"; // above the axes: an arrow at the top edge
  ax.points([x], [Math.min(a, top)], { marker, color: "ORANGE", size: 10, edge: "PAPER", cut: false });
  ax.title(kit.fill(titles.input, frame), { color: "ORANGE", share: 0.54 });
  ax.title(kit.fill(Number.isNaN(threshold) ? titles.flat : titles.threshold, frame), { align: "right", color: "GREY", share: 0.44 });
}
