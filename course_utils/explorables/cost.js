// Ten learners, a neuron's curve, and both losses of each of them: as cost.py.

export function frame({ w, b }, { hours, passed, X }, { sigmoid, softplus, mean, argmax }) {
  const z = hours.map((h) => w * h + b);
  const p = z.map(sigmoid);
  const squared = p.map((share, i) => (passed[i] - share) ** 2);
  const cross = z.map((logit, i) => softplus(logit) - passed[i] * logit); // from the logits: it has no cap
  const worst = Math.max(...cross) > Math.min(...cross) ? argmax(cross) : -1;
  const curve = X.map((h) => sigmoid(w * h + b));
  return { w, b, p, squared, cross, costs: [mean(squared), mean(cross)], worst, curve };
}

export function words({ w, b, costs, worst: i, p, squared, cross }, { names, passed }) {
  if (i < 0) return { name: "same", numbers: { w, b, costs } };
  const numbers = { w, b, costs, who: names[i], p: p[i], squared: squared[i], cross: cross[i] };
  return { name: passed[i] ? "passed" : "failed", numbers };
}

function drawPeople(ax, { p, curve }, { hours, passed, X }, { CLASSES }) {
  hours.forEach((h, i) => ax.line([h, h], [passed[i], p[i]], { color: "GREY" }));
  ax.line(X, curve, { lw: 2.5 });
  CLASSES.forEach((look, k) => {
    const those = hours.filter((_, i) => passed[i] === k);
    ax.points(those, those.map(() => k), { size: 9, edge: "PAPER", ...look });
  });
}

function drawBars(ax, { squared, cross }, { top, aside, wide }, { formatNumber }) {
  [...squared].forEach((_, i) => {
    ax.line([i - aside, i - aside], [0, Math.min(squared[i], top)], { color: "SKY", lw: 9 });
    ax.line([i + aside, i + aside], [0, Math.min(cross[i], top)], { lw: 9 });
    if (cross[i] <= top) return;
    const height = formatNumber(cross[i], cross[i] < wide ? ".1f" : ".0f");
    ax.text(i + aside, top, height, { dy: 3, size: 9, align: "center", baseline: "alphabetic" });
  });
}

export function draw(canvas, frame, data, kit) {
  const { names, ends, titles, size } = data;
  const [left, right] = canvas.panels([1, 1.15]);
  const rows = [{ at: [0, 1], dy: 26, size }, { at: [0, 1], dy: 9, size }]; // above the axes
  const above = { title: "", margins: { top: 20 } };
  const people = left.axes({ x: ends.people[0], y: ends.people[1], xlabel: "hours of lessons", ylabel: "p (pass)", grid: true, ...above });
  drawPeople(people, frame, data, kit);
  people.text(0, 1, kit.fill(titles.curve, frame), { shares: true, dy: 26, size });
  people.legend(kit.CLASSES.map((look, k) => ({ ...look, label: ["failed", "passed"][k], size: 9 })), rows[1]);
  const places = names.map((name, i) => [i, name]);
  const bars = right.axes({ x: ends.bars[0], y: ends.bars[1], ylabel: "loss", xticks: places, grid: "y", ...above });
  drawBars(bars, frame, data, kit);
  bars.legend([{ marker: "s", size: 9, color: "SKY", label: kit.fill(titles.squared, frame) }], rows[0]);
  bars.legend([{ marker: "s", size: 9, label: kit.fill(titles.cross, frame) }], rows[1]);
}
