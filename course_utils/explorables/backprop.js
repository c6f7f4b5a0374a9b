// Back-propagation on a 2-2-1 network, one number at a step: as backprop.py.

const ASIDE = 0.05; // inches from the middle of an edge to the way there, and to the way back
const LINE = 7.5; // points from the middle of a box to each of its two lines of words

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
  for (const { from, to, start, end } of edges) {
    const [[x0, y0], [x1, y1]] = [start, end];
    ax.arrow([x0, y0 + ASIDE], [x1, y1 + ASIDE], { color: "BLUE", lw: 1.6 });
    if (from in gradients && (to === "L" || to in gradients)) {
      ax.arrow([x1, y1 - ASIDE], [x0, y0 - ASIDE], { color: "ORANGE", lw: 1.6, dash: [3, 2] });
    }
  }
}

export function draw(canvas, shown, data, kit) {
  const { size, nodes, widths, edges, leaves } = canvas.isNarrow ? data.narrow : data.wide;
  const [panel] = canvas.panels([1], { shape: size });
  const ax = panel.axes({ x: [0, size[0]], y: [0, size[1]], equal: true, off: true });
  const [values, gradients] = byName(shown, data);
  const short = (number) => kit.formatNumber(number, "short");
  const centred = { size: 12, align: "center" };
  drawEdges(ax, edges, gradients);
  for (const [name, [x, y]] of Object.entries(nodes)) {
    const [across, up] = [[-1, 1].map((side) => x + (side * widths[name]) / 2), [-1, 1].map((side) => y + (side * data.box) / 2)];
    const isNewest = shown.name === name;
    const marked = { fill: data.mark, ink: "#000000" }; // readable on a dark page, too
    const value = isNewest && shown.kind === "value" ? marked : { fill: "PAPER", ink: name in values ? "BLACK" : "GREY" };
    ax.rect(across, up, { fill: value.fill, color: leaves.includes(name) ? "GREY" : "BLUE", lw: 1.6 });
    ax.text(x, y, name, { ...centred, color: value.ink, dy: name in values ? LINE : 0 });
    if (name in values) ax.text(x, y, short(values[name]), { ...centred, color: value.ink, dy: -LINE });
    if (!(name in gradients)) continue;
    const below = y - data.box / 2 - 0.12;
    const isMarked = isNewest && shown.kind === "gradient";
    if (isMarked) ax.rect([x - 0.3, x + 0.3], [below - 0.1, below + 0.1], { fill: data.mark });
    ax.text(x, below, short(gradients[name]), { ...centred, color: isMarked ? "#000000" : "ORANGE" });
  }
}
