// A training run through time, what the model answers over the plane and its cost: as training_history.py.

export function frame({ run, step }, { films, targets, every, full }, { clip, roundHalfEven }) {
  const { heat: whole, outputs, cost } = films[run];
  const k = clip(roundHalfEven(step / every), 0, cost.length - 1);
  const right = Array.from(outputs[k], (output, i) => output > 0.5 === targets[i] > 0.5);
  const heat = whole[k].map((row) => Array.from(row, (value) => value / full));
  return { run, step: k * every, cost: cost[k], costs: cost, outputs: outputs[k], right, heat };
}

const count = (right) => ({ points: right.length, hits: right.filter(Boolean).length });

export function words({ run, step, cost, outputs, right }, { few }) {
  const { points, hits } = count(right);
  const name = (hits === points ? "solved" : "unsolved") + (points <= few ? "" : ", many points");
  return { name, numbers: { run, step, cost, hits, points, outputs } };
}

const EDGE = { lw: 2, dash: [3.7, 1.6] };

export function draw(canvas, frame, data, kit) {
  const { points, targets, size, sides, shades, steps, top, titles } = data;
  const { run, step, cost, costs, right, heat } = frame;
  const { hits } = count(right);
  const [first, second] = canvas.panels([1, 1.1]);
  const margins = { bottom: 20 }; // for the legend
  const [x, y] = sides.map((side) => [side[0], side.at(-1)]);
  const plane = first.axes({ x, y, xlabel: "x₁", ylabel: "x₂", paper: true, title: "", margins });
  plane.image(heat, { colors: kit.ramp(shades), up: true });
  plane.contours(...sides, heat, { levels: [0.5], ...EDGE });
  const classes = kit.CLASSES.map((look) => ({ ...look, edge: "PAPER" }));
  classes.forEach((style, c) => {
    const those = points.filter((_, i) => targets[i] === c);
    plane.points(those.map((point) => point[0]), those.map((point) => point[1]), { ...style, size });
  });
  plane.title(kit.fill(hits === right.length ? titles.solved : titles.unsolved, { hits, points: right.length }), { size: 11 });
  const names = classes.map((style, c) => ({ label: `class ${c}`, ...style, size }));
  plane.legend([{ label: "output 0.5", ...EDGE }, ...names], { at: [0, 0], dy: -46 });

  const ends = { x: [0, steps.at(-1)], y: [0, 1.08 * top] };
  const curve = second.axes({ ...ends, xlabel: "step", ylabel: "cost", grid: true, title: "", margins: { ...margins, right: 10 } });
  curve.line(steps, costs, { color: "BLUE", lw: 2.2 });
  curve.points([step], [cost], { color: "ORANGE", size: 10, edge: "PAPER", cut: false });
  curve.title(kit.fill(titles.cost, { run, cost }), { size: 11 });
}
