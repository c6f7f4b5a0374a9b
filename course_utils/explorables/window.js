// A window that walks over a picture: as window.py.

function grids({ n, k, s, p }, out, { NOTHING, PADDING, PICTURE, MISSED }) {
  const side = n + 2 * p;
  const at = Array.from({ length: side }, (_, i) => i);
  const inside = at.map((i) => i >= p && i < p + n);
  const seen = at.map((i) => i - s * Math.min(Math.floor(i / s), out - 1) < k && out > 0);
  const cell = (i, j) => (!inside[i] || !inside[j] ? PADDING : seen[i] && seen[j] ? PICTURE : MISSED);
  const left = at.map((i) => at.map((j) => cell(i, j)));
  const right = at.map((i) => at.map((j) => (i < out && j < out ? PICTURE : NOTHING)));
  return { left, right };
}

export function frame({ way, ...values }, { limits, cells }, { clip, roundHalfEven }) {
  const inside = (name) => Math.trunc(clip(values[name], ...limits[name]));
  const sizes = Object.fromEntries(Object.keys(limits).map((name) => [name, inside(name)]));
  const { n, k, s, p } = sizes;
  const side = n + 2 * p;
  const out = k <= side ? Math.floor((side - k) / s) + 1 : 0;
  const place = out ? roundHalfEven((Math.trunc(clip(way, 0, 100)) / 100) * (out ** 2 - 1)) : 0;
  const [row, column] = [Math.floor(place / Math.max(out, 1)), place % Math.max(out, 1)];
  const { left, right } = grids(sizes, out, cells);
  const missed = left.flat().filter((cell) => cell === cells.MISSED).length;
  return { ...sizes, side, out, place: out ? place + 1 : 0, row, column, missed, left, right };
}

export function words({ left, right, ...numbers }) {
  numbers.places = numbers.out ** 2;
  if (!numbers.out) return { name: "too large", numbers };
  const name = numbers.missed ? "some missed" : "all seen";
  return { name: numbers.p ? `${name}, border` : name, numbers };
}

// So many cells of a grid in each direction, on the unit square of so many a side.
function drawGrid(ax, rows, cells, side, { shades, cells: { NOTHING, MISSED } }, kit) {
  if (!cells) return;
  const end = cells / side;
  const filled = rows.slice(0, cells).map((row) => row.slice(0, cells));
  ax.image(filled, { colors: kit.ramp(shades), lo: NOTHING, hi: MISSED, extent: [[0, end], [0, end]] });
  for (let i = 0; i <= cells; i++) {
    ax.line([0, end], [i / side, i / side], { color: "GREY", lw: 0.8 });
    ax.line([i / side, i / side], [0, end], { color: "GREY", lw: 0.8 });
  }
}

export function draw(canvas, frame, data, kit) {
  const { k, s, side, out, row, column } = frame;
  const { ends, titles, formulas } = data;
  const panels = canvas.panels([1, 1], { below: 24 });
  const [left, right] = panels.map((panel) => panel.axes({ ...ends, equal: true, off: true, title: "" }));
  [left, right].forEach((ax, i) => ax.title(titles[i], { size: 13 }));
  drawGrid(left, frame.left, side, side, data, kit);
  drawGrid(right, frame.right, out, side, data, kit);
  const square = (y, x, wide) => [[x / side, (x + wide) / side], [y / side, (y + wide) / side]];
  if (out) left.rect(...square(row * s, column * s, k), { color: "ORANGE", lw: 3 });
  if (out) right.rect(...square(row, column, 1), { fill: "SKY", color: "BLUE", lw: 3 });
  canvas.caption(kit.fill(out ? formulas.places : formulas.none, frame));
}
