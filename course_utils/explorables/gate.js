// One neuron as a logic gate: as gate.py.

export function frame({ w1, w2, b, gate }, { X, side, targets }, { sigmoid, zeroLine }) {
  const z = X.map(([x1, x2]) => x1 * w1 + x2 * w2 + b);
  const y = targets[gate];
  const right = z.map((logit, i) => (logit > 0 ? 1 : 0) === y[i]);
  const heat = Array.from(side, (x2) => side.map((x1) => sigmoid(w1 * x1 + w2 * x2 + b)));
  const score = right.filter(Boolean).length;
  return { w1, w2, b, gate, y, z, a: z.map(sigmoid), right, score, heat, line: zeroLine([w1, w2], b) };
}

export function words({ right, score, w1, w2, b, gate, a }, { X }) {
  const numbers = { w1, w2, b, gate, score, a };
  if (score === 4) return { name: "solved", numbers };
  const wrong = X.filter((_, i) => !right[i]).map(([x1, x2]) => `(${x1}, ${x2})`);
  return { name: "wrong", numbers: { ...numbers, wrong } };
}

function drawPlane(panel, { y, right, heat, line }, { X, side, shades }, kit) {
  const ends = [side[0], side.at(-1)];
  const labels = { xlabel: "x₁", ylabel: "x₂", xticks: [0, 1], yticks: [0, 1] };
  const ax = panel.axes({ x: ends, y: ends, equal: true, paper: true, title: "", ...labels });
  const column = (points, i) => points.map((point) => point[i]);
  const mark = (points, style) => ax.points(column(points, 0), column(points, 1), style);
  const ring = { marker: "o", fill: false };
  ax.image(heat, { colors: kit.ramp(shades), up: true });
  ax.line(column(line, 0), column(line, 1), { lw: 2, dash: [3.7, 1.6] });
  mark(X.filter((_, i) => !right[i]), { ...ring, size: 21, lw: 1.5 });
  kit.CLASSES.forEach((look, target) => mark(X.filter((_, i) => y[i] === target), { ...look, size: 11, edge: "PAPER" }));
  const entries = kit.CLASSES.map((look, target) => ({ ...look, label: `target ${target}` }));
  ax.legend([...entries, { ...ring, label: "wrong" }].map((entry) => ({ size: 10, ...entry })));
}

function drawTable(panel, canvas, frame, { X, table, titles }, kit) {
  const ax = panel.axes({ x: [0, 1], y: [0, 1], off: true });
  const mono = { shares: true, size: 12, mono: true };
  const letter = canvas.measure("0", mono.size, { mono: true }) / canvas.point; // points
  ax.text(0, table.head, titles.head, mono);
  ax.line([0, 0.88], [table.rule, table.rule], { color: "GREY", lw: 1 });
  X.forEach(([x1, x2], i) => {
    const h = table.rows[i];
    const row = { y: frame.y[i], a: frame.a[i], says: frame.z[i] > 0 };
    ax.text(0, h, ` ${x1}  ${x2}`, mono);
    ax.text(0, h, kit.fill(titles.row, row), { ...mono, dx: 10 * letter });
    const tick = frame.right[i] ? ["✓", "BLUE"] : ["✗", "ORANGE"];
    ax.text(0, h, tick[0], { shares: true, size: 15, color: tick[1], dx: 27 * letter });
  });
  ax.text(0, table.score, kit.fill(frame.score === 4 ? titles.solved : titles.score, frame), { shares: true, size: 16 });
  ax.text(0, table.weights, kit.fill(titles.weights, frame), { shares: true, size: 12 });
}

export function draw(canvas, frame, data, kit) {
  const [plane, table] = canvas.panels([1, 0.9]);
  drawPlane(plane, frame, data, kit);
  drawTable(table, canvas, frame, data, kit);
}
