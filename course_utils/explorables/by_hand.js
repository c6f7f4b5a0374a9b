// Ten learners, a neuron's curve, and its cost as a bar: as by_hand.py.

export function frame({ w, b }, { hours, passed, X, lowest }, { sigmoid, softplus, mean }) {
  const z = hours.map((h) => w * h + b);
  const cost = mean(z.map((logit, i) => softplus(logit) - passed[i] * logit));
  return { w, b, p: z.map(sigmoid), cost, gap: Math.max(cost - lowest, 0), curve: X.map((h) => sigmoid(w * h + b)) };
}

export function words({ w, b, cost, gap }, { arrived, baseline }) {
  const numbers = { w, b, cost, gap };
  if (gap < arrived) return { name: "arrived", numbers };
  return { name: cost < baseline ? "better" : "worse", numbers };
}

export function draw(canvas, frame, data, kit) {
  const { hours, passed, X, lowest, baseline, low, high, titles, ends } = data;
  const [left, right] = canvas.panels([1.6, 1]);
  const title = kit.fill(titles.place, frame);
  const people = left.axes({ x: ends.people[0], y: ends.people[1], xlabel: "hours of lessons", ylabel: "p (pass)", grid: true, title });
  hours.forEach((h, i) => people.line([h, h], [passed[i], frame.p[i]], { color: "GREY" }));
  people.line(X, frame.curve, { lw: 2.5 });
  kit.CLASSES.forEach((look, k) => {
    const those = hours.filter((_, i) => passed[i] === k);
    people.points(those, those.map(() => k), { size: 9, edge: "PAPER", ...look });
  });
  const scale = { x: ends.bar[0], y: ends.bar[1], ylog: true, xticks: [], grid: "y", ylabel: "J − lowest J" };
  const bar = right.axes({ ...scale, title: kit.fill(titles.cost, frame) });
  bar.hline(baseline - lowest, { color: "GREY", dash: [3.7, 1.6] });
  bar.line([0, 0], [low, kit.clip(frame.gap, low, high)], { color: "ORANGE", lw: 46 });
  bar.text(0.96, (baseline - lowest) * 1.25, "0.5 to everyone", { align: "right", baseline: "alphabetic", size: 10, halo: "PAPER" });
}
