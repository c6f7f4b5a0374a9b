// The nine numbers of a 2-2-1 network over both of its planes: as xor.py.

export function frame({ w11, w21, b1, w12, w22, b2, v1, v2, c }, { X, targets, side }, { sigmoid, zeroLine }) {
  const hidden = ([x1, x2]) => [sigmoid(x1 * w11 + x2 * w21 + b1), sigmoid(x1 * w12 + x2 * w22 + b2)];
  const logit = ([h1, h2]) => h1 * v1 + h2 * v2 + c;
  const heat = (output) => Array.from(side, (up) => side.map((across) => sigmoid(output([across, up]))));
  const places = X.map(hidden);
  const z = places.map(logit);
  const right = z.map((value, i) => (value > 0 ? 1 : 0) === targets[i]);
  return {
    hidden: places,
    a: z.map(sigmoid),
    right,
    score: right.filter(Boolean).length,
    heats: [heat((x) => logit(hidden(x))), heat(logit)],
    lines: [zeroLine([w11, w21], b1), zeroLine([w12, w22], b2), zeroLine([v1, v2], c)],
  };
}

export function words({ hidden, a, right, score }, { X }) {
  const [h1, h2] = [0, 1].map((unit) => hidden.map((place) => place[unit]));
  const numbers = { score, a, h1, h2 };
  if (score === 4) return { name: "solved", numbers };
  const wrong = X.filter((_, i) => !right[i]).map(([x1, x2]) => `(${x1}, ${x2})`);
  return { name: "wrong", numbers: { ...numbers, wrong } };
}

const HIDDEN = [{ color: "GREEN", lw: 2.5 }, { color: "PURPLE", lw: 2.5, dash: [6.4, 1.6, 1, 1.6] }];
const OUTPUT = { lw: 2, dash: [3.7, 1.6] };
const RING = { marker: "o", fill: false, lw: 1.5 };

function plane(panel, heat, labels, { side, shades }, kit) {
  const ends = [side[0], side.at(-1)];
  const ax = panel.axes({ x: ends, y: ends, xticks: [0, 1], yticks: [0, 1], equal: true, paper: true, ...labels });
  ax.image(heat, { colors: kit.ramp(shades), up: true, smooth: true });
  return ax;
}

const along = (draw, places, style) => draw(places.map(([x]) => x), places.map(([, y]) => y), style);

export function draw(canvas, { hidden, right, score, heats, lines }, data, kit) {
  const { X, targets, names, aside, titles } = data;
  const [left, middle] = canvas.panels([1.45, 1]);
  const title = kit.fill(score === 4 ? titles.solved : titles.wrong, { score });
  const inputs = plane(left, heats[0], { xlabel: "x₁", ylabel: "x₂", title, margins: { right: 95 } }, data, kit);
  HIDDEN.forEach((style, unit) => along(inputs.line.bind(inputs), lines[unit], style));
  along(inputs.points.bind(inputs), X.filter((_, i) => !right[i]), { ...RING, size: 20 });

  const answers = plane(middle, heats[1], { xlabel: "hidden 1", ylabel: "hidden 2", title: titles.hidden }, data, kit);
  along(answers.line.bind(answers), lines[2], OUTPUT);
  const sizes = [17, 11]; // a square under a circle at the same place is still seen
  kit.CLASSES.forEach((look, target) => {
    const of = (places) => places.filter((_, i) => targets[i] === target);
    along(inputs.points.bind(inputs), of(X), { ...look, size: 11, edge: "PAPER" });
    along(answers.points.bind(answers), of(hidden), { ...look, size: sizes[target], edge: "PAPER" });
  });
  hidden.forEach(([x, y], i) => {
    const [dx, up] = aside[i];
    answers.text(x, y, names[i], { dx, dy: up, align: "center", baseline: "middle", halo: "PAPER" });
  });

  const classes = kit.CLASSES.map((look, target) => ({ ...look, size: 10, label: `class ${target}` }));
  const units = HIDDEN.map((style, unit) => ({ ...style, label: `hidden ${unit + 1}` }));
  const legend = [...units, ...classes, { ...RING, size: 10, label: "wrong" }, { ...OUTPUT, label: "output 0.5" }];
  inputs.legend(legend, { at: [1.04, 0.9], down: true });
}
