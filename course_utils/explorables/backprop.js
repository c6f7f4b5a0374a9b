// Back-propagation on a 2-2-1 network, one number at a step: as backprop.py.

const ASIDE = 0.05; // inches from the middle of an edge to the way there, and to the way back
const SIZE = 12; // points of the words in and below a box
const LINE = 7.5; // points from the middle of a box to each of its two lines of words
const ROOM = { narrow: 340, wide: 760 }; // pixels of the page that they need; they shrink with a narrower one

function forward(p, { sigmoid, softplus }) {
  for (const unit of [0, 1]) {
    p[`z1[${unit}]`] = p["x[0]"] * p[`W1[0, ${unit}]`] + p["x[1]"] * p[`W1[1, ${unit}]`] + p[`b1[${unit}]`];
    p[`a1[${unit}]`] = sigmoid(p[`z1[${unit}]`]);
  }
  p.z2 = p["a1[0]"] * p["W2[0, 0]"] + p["a1[1]"] * p["W2[1, 0]"] + p.b2;
  p.a2 = sigmoid(p.z2);
  p.L = softplus(p.y ? -p.z2 : p.z2);
  return p;
}

function backward(p, largest) {
  const sign = p.y ? -1 : 1;
  const g = { a2: sign * (1 + Math.exp(Math.min(sign * p.z2, largest))), z2: p.a2 - p.y };
  g.b2 = g.z2;
  for (const unit of [0, 1]) {
    const a = p[`a1[${unit}]`];
    g[`W2[${unit}, 0]`] = g.z2 * a;
    g[`a1[${unit}]`] = g.z2 * p[`W2[${unit}, 0]`];
    g[`z1[${unit}]`] = g[`b1[${unit}]`] = g[`a1[${unit}]`] * a * (1 - a);
    for (const i of [0, 1]) g[`W1[${i}, ${unit}]`] = g[`z1[${unit}]`] * p[`x[${i}]`];
  }
  return g;
}

export function frame({ step, x0, x1, y, w }, data, kit) {
  const { parameters, given, forward: onward, backward: back, largest } = data;
  const last = onward.length + back.length;
  const at = Math.trunc(kit.clip(step, 0, last));
  const inputs = { "x[0]": x0, "x[1]": x1, y: y > 0.5 ? 1 : 0 };
  const values = forward({ ...inputs, ...parameters, "W2[0, 0]": w }, kit);
  const gradients = backward(values, largest);
  const isValue = at <= onward.length;
  return {
    step: at,
    kind: at === 0 ? "" : isValue ? "value" : "gradient",
    name: at === 0 ? "" : [...onward, ...back][at - 1],
    values: [...given, ...onward].slice(0, given.length + at).map((name) => values[name]),
    gradients: back.slice(0, Math.max(at - onward.length, 0)).map((name) => gradients[name]),
  };
}

// The known values and gradients by name.
function byName({ values, gradients }, { given, forward: onward, backward: back }) {
  const named = (names, numbers) => Object.fromEntries(Array.from(numbers, (number, i) => [names[i], number]));
  return [named([...given, ...onward], values), named(back, gradients)];
}

export function words(shown, data) {
  const { step, kind, name } = shown;
  if (!kind) return { name: "given", numbers: {} };
  const [values, gradients] = byName(shown, data);
  const numbers = { step };
  for (const key of Object.keys(values)) numbers[data.fields[key]] = values[key];
  for (const key of Object.keys(gradients)) numbers[`d_${data.fields[key]}`] = gradients[key];
  const hasTwo = name === "L" || (kind === "gradient" && name === "a2"); // a formula for each target
  return { name: `${kind} ${name}${hasTwo ? `, y = ${values.y}` : ""}`, numbers };
}

function drawEdges(ax, edges, gradients) {
  for (const { from, to, x, y } of edges) {
    ax.arrow([x[0], y[0] + ASIDE], [x[1], y[1] + ASIDE], { color: "BLUE", lw: 1.6 });
    if (from in gradients && (to === "L" || to in gradients)) {
      ax.arrow([x[1], y[1] - ASIDE], [x[0], y[0] - ASIDE], { color: "ORANGE", lw: 1.6, dash: [3, 2] });
    }
  }
}

// A box with a name and a number in it; `ink` is the colour of its words.
function drawValue(ax, { name, x, y, width, given }, number, { fill, ink }, box, shrunk) {
  const style = { size: SIZE * shrunk, align: "center", color: ink };
  ax.rect([x - width / 2, x + width / 2], [y - box / 2, y + box / 2], { fill, color: given ? "GREY" : "BLUE", lw: 1.6 });
  ax.text(x, y, name, { ...style, dy: number === undefined ? 0 : LINE * shrunk });
  if (number !== undefined) ax.text(x, y, number, { ...style, dy: -LINE * shrunk });
}

// The gradient below a box.
function drawGradient(ax, { x, y }, number, { fill, ink }, box, shrunk) {
  const below = y - box / 2 - 0.12;
  if (fill) ax.rect([x - 0.36, x + 0.36], [below - 0.1, below + 0.1], { fill });
  ax.text(x, below, number, { size: SIZE * shrunk, align: "center", color: ink });
}

export function draw(canvas, shown, data, kit) {
  const { size, shape, nodes, edges } = canvas.isNarrow ? data.narrow : data.wide;
  const [panel] = canvas.panels([1], { shape });
  const ax = panel.axes({ x: [0, size[0]], y: [0, size[1]], off: true });
  const shrunk = Math.min(1, canvas.width / (canvas.isNarrow ? ROOM.narrow : ROOM.wide));
  const [values, gradients] = byName(shown, data);
  const short = (number) => (number === undefined ? undefined : kit.formatNumber(number, "short"));
  const newest = { fill: data.mark, ink: "#000000" }; // readable on a dark page, too
  drawEdges(ax, edges, gradients);
  for (const node of nodes) {
    const { name } = node;
    const isNewest = (kind) => name === shown.name && kind === shown.kind;
    const plain = { fill: "PAPER", ink: name in values ? "BLACK" : "GREY" };
    drawValue(ax, node, short(values[name]), isNewest("value") ? newest : plain, data.box, shrunk);
    if (name in gradients) {
      const style = isNewest("gradient") ? newest : { ink: "ORANGE" };
      drawGradient(ax, node, short(gradients[name]), style, data.box, shrunk);
    }
  }
}
