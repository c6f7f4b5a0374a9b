// Where to draw the line: as threshold.py.

export function frame({ threshold }, { y, p, beyond }, { clip }) {
  const called = Array.from(p, (share) => share > threshold);
  const count = (test) => called.filter(test).length;
  const [number, found] = [count(Boolean), count((said, i) => said && y[i] === 1)];
  const positives = y.filter((target) => target === 1).length;
  return {
    threshold,
    at: clip(Math.log(threshold) - Math.log1p(-threshold), -beyond, beyond),
    called: number,
    found,
    alarms: number - found,
    positives,
    precision: found / Math.max(number, 1),
    recall: found / positives,
    wrong: called.map((said, i) => said !== (y[i] === 1)),
  };
}

export function words({ at, wrong, ...numbers }, { names }) {
  return { name: numbers.called ? "some" : "none", numbers: { ...numbers, name: names[1] } };
}

function drawExamples(panel, { at, wrong, ...frame }, data, kit) {
  const { y, x, heights, names, rows, edge, ticks, titles, ends } = data;
  const axes = { x: ends.examples[0], y: ends.examples[1], xticks: ticks.examples, yticks: [] };
  const ax = panel.axes({ ...axes, xlabel: `probability of ${names[1]}`, title: kit.fill(titles.found, frame) });
  const mark = (chosen, style) => {
    const those = Array.from(x, (_, i) => i).filter(chosen);
    ax.points(those.map((i) => x[i]), those.map((i) => heights[i]), style);
  };
  rows.forEach((low, label) => {
    mark((i) => y[i] === label, { ...kit.CLASSES[label], size: 6, edge: "PAPER" });
    ax.text(-edge - 0.4, low + 1.12, names[label], { size: 12, baseline: "alphabetic" });
  });
  ax.line([at, at], [ends.examples[1][0], rows[1] + 1.05], { lw: 2, dash: [3.7, 1.6] });
  mark((i) => wrong[i], { marker: "o", fill: false, size: 11, lw: 1.5 });
}

function drawCurves(panel, frame, { along, curves, ticks, titles, ends }, kit) {
  const axes = { x: ends.curves[0], y: ends.curves[1], xticks: ticks.curves, grid: true, xlabel: "threshold" };
  const ax = panel.axes({ ...axes, title: kit.fill(frame.called ? titles.shares : titles["no share"], frame) });
  const styles = [
    { label: "precision", color: "ORANGE", lw: 2 },
    { label: "recall", color: "PURPLE", lw: 2, dash: [3.7, 1.6] },
  ];
  styles.forEach((style) => ax.line(along, curves[style.label], style));
  ax.legend(styles, { at: [0.03, 0.2], down: true });
  ax.line([frame.at, frame.at], ends.curves[1], { lw: 2, dash: [3.7, 1.6] });
  const shares = frame.called ? [frame.precision, frame.recall] : [frame.recall];
  ax.points(shares.map(() => frame.at), shares, { size: 9, edge: "PAPER" });
}

export function draw(canvas, frame, data, kit) {
  const [left, right] = canvas.panels([1.25, 1]);
  drawExamples(left, frame, data, kit);
  drawCurves(right, frame, data, kit);
}
