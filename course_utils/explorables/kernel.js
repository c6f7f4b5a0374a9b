// A kernel of nine numbers on a digit: as kernel.py.

export function frame({ kernel: name, ...weights }, { image, presets, names }, { linspace }) {
  const kernel = presets[name] ?? [0, 3, 6].map((at) => names.slice(at, at + 3).map((weight) => weights[weight]));
  const places = (length) => linspace(0, length - 3, length - 2); // of the window, along one side
  const answer = (i, j) => {
    let total = 0;
    for (let a = 0; a < 3; a++) for (let b = 0; b < 3; b++) total += image[i + a][j + b] * kernel[a][b];
    return total;
  };
  return { name, kernel, map: places(image.length).map((i) => places(image[0].length).map((j) => answer(i, j))) };
}

export function words({ name, kernel, map }, _, { sum }) {
  const [w, answers] = [kernel.flat(), map.flat()];
  return { name: "map", numbers: { name, w, total: sum(w), low: Math.min(...answers), high: Math.max(...answers) } };
}

export function draw(canvas, frame, data, kit) {
  const { image, limit, titles, inks, shades } = data;
  const { kernel, map } = frame;
  const { numbers } = words(frame, data, kit);
  const [left, middle, right] = canvas.panels([1, 0.8, 1]);
  const title = { align: "center" };

  const picture = left.squares(image.length, image[0].length);
  picture.image(image, { colors: kit.ramp(inks), hi: Math.max(...image.map((row) => Math.max(...row))) || 1 });
  picture.title(titles.image, title);

  const colors = kit.ramp(shades);
  const nine = middle.squares(kernel.length, kernel[0].length);
  nine.image(kernel, { colors, lo: -limit, hi: limit, alpha: 0.6 });
  for (const at of [0.5, 1.5]) {
    nine.vline(at, { color: "GREY", lw: 1 });
    nine.hline(at, { color: "GREY", lw: 1 });
  }
  kernel.forEach((row, i) => row.forEach((w, j) => nine.text(j, i, kit.formatNumber(w, "g"), { size: 15, align: "center" })));
  nine.title(titles.kernel, title);

  const answers = right.squares(map.length, map[0].length);
  const most = Math.max(-numbers.low, numbers.high) || 1; // 0 is white; the strongest answer has the full colour
  answers.image(map, { colors, lo: -most, hi: most });
  answers.title(kit.fill(titles.map, numbers), title);
}
