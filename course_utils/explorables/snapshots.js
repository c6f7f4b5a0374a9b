// A training run through time, the weights of one class as a picture: as snapshots.py.

export function frame({ step, digit: asked }, { kernels, low, high, steps, accuracies, side, unit }, { argmin, clip, square }) {
  const i = argmin(Array.from(steps, (at) => Math.abs(at - step)));
  const digit = Math.trunc(clip(asked, 0, kernels[i].length - 1));
  const image = square(Float64Array.from(kernels[i][digit], (whole) => whole * unit), side);
  return { step: steps[i], digit, image, low: low[i][digit], high: high[i][digit], accuracy: accuracies[i] };
}

export function words({ step, digit, low, high, accuracy }) {
  return { name: "snapshot", numbers: { step, digit, percent: 100 * accuracy, low, high } };
}

export function draw(canvas, frame, data, kit) {
  const { steps, accuracies, side, top, shades, across, titles } = data;
  const { numbers } = words(frame);
  const colors = kit.ramp(shades);
  const [left, right] = canvas.panels([1, 1.4]);
  const picture = left.squares(side, side, { margins: { right: 60 } });
  picture.image(frame.image, { colors, lo: -top, hi: top });
  picture.colorbar({ colors, lo: -top, hi: top, label: "weight" });
  picture.title(kit.fill(titles.digit, numbers));

  const labels = { xlabel: "step", ylabel: "test accuracy (%)", grid: true, title: "" };
  const curve = right.axes({ x: across, y: [0, 100], ...labels });
  curve.line(steps, accuracies.map((share) => 100 * share), { color: "BLUE", lw: 2 });
  curve.points([numbers.step], [numbers.percent], { color: "ORANGE", size: 10, edge: "PAPER" });
  curve.title(kit.fill(titles.step, numbers));
}
