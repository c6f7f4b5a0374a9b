// One hidden unit at a time, and the images that excite it most: as hidden.py.

export function frame({ unit: asked }, { weights, favourites, images, labels, means, side }, { clip, square }) {
  const unit = Math.trunc(clip(asked, 0, weights.length - 1));
  const best = favourites[unit];
  const tile = (i, j) => images[best[3 * Math.floor(i / side) + Math.floor(j / side)]]?.[i % side][j % side] ?? 0;
  const across = Array.from({ length: 3 * side }, (_, i) => i);
  return {
    unit,
    image: square(weights[unit], side),
    tiles: across.map((i) => across.map((j) => tile(i, j))),
    labels: best.map((image) => labels[image]),
    means: means[unit],
  };
}

export function words({ unit, labels, means }, _, { argmax }) {
  if (!labels.length) return { name: "silent", numbers: { unit } };
  const digit = argmax(means);
  return { name: "active", numbers: { unit, digit, mean: means[digit], labels: labels.join(" ") } };
}

export function draw(canvas, frame, { side, limit, darkest, highest, shades, inks, titles }, kit) {
  const { image, tiles, labels, means } = frame;
  const [left, middle, right] = canvas.panels([1.45, 1, 1.35]);
  const colors = kit.ramp(shades);
  const weights = left.squares(side, side, { margins: { right: 60 } });
  weights.image(image, { colors, lo: -limit, hi: limit });
  weights.colorbar({ colors, lo: -limit, hi: limit, label: "weight" });
  weights.title(kit.fill(titles.unit, frame));

  const excited = middle.squares(3 * side, 3 * side);
  excited.image(tiles, { colors: kit.ramp(inks), hi: darkest });
  excited.title(titles.excited);

  const digits = Array.from(means, (_, digit) => digit);
  const ends = { x: [-0.9, digits.length - 0.1], y: [0, 1.05 * highest] };
  const bars = right.axes({ ...ends, xlabel: "digit", ylabel: "mean activation", xticks: digits, grid: "y" });
  const best = labels.length ? kit.argmax(means) : undefined;
  bars.bars(digits, means, { color: digits.map((digit) => (digit === best ? "ORANGE" : "BLUE")) });
}
