// A drawn digit as MNIST has it, and what a network of Dense layers says of it: as pad.py.

const zeros = (rows, columns) => Array.from({ length: rows }, () => new Float64Array(columns));
const round = (value) => Math.ceil(value - 0.5 - 1e-9); // a half goes down

// Covers the pixels whose middle is within half a pen of a line; one at the edge is covered in part.
function addLine(levels, [x0, y0], [x1, y1], reach, { clip }) {
  const low = (a, b) => Math.max(Math.floor(Math.min(a, b) - reach), 0);
  const high = (a, b) => Math.min(Math.ceil(Math.max(a, b) + reach), levels.length);
  const [dx, dy] = [x1 - x0, y1 - y0];
  const square = dx * dx + dy * dy;
  for (let i = low(y0, y1); i < high(y0, y1); i++)
    for (let j = low(x0, x1); j < high(x0, x1); j++) {
      const [x, y] = [j + 0.5 - x0, i + 0.5 - y0];
      const along = square ? clip((x * dx + y * dy) / square, 0, 1) : 0;
      const distance = Math.sqrt((x - along * dx) ** 2 + (y - along * dy) ** 2);
      levels[i][j] = Math.max(levels[i][j], clip(reach - distance, 0, 1));
    }
}

// The ink of strokes by a round pen: rows of numbers, 0 (paper) … 255.
function inkOf(strokes, { side, square, pen }, kit) {
  const levels = zeros(side, side);
  const reach = (pen * side) / square / 2 + 0.5;
  for (const stroke of strokes) {
    const points = stroke.map((point) => point.map((v) => v * (side / square)));
    points.forEach((point, i) => addLine(levels, point, points[i + 1] ?? point, reach, kit));
  }
  return levels.map((row) => row.map((v) => 255 * v));
}

function bounds(inked) {
  return [inked.indexOf(true), inked.lastIndexOf(true) + 1];
}

// The share that each of n pixels has in each cell: a row for each cell.
function areaWeights(n, cell) {
  const share = (i, j) => Math.max(Math.min(cell * (i + 1), j + 1) - Math.max(cell * i, j), 0) / cell;
  return Array.from({ length: Math.ceil(n / cell - 1e-9) }, (_, i) => Array.from({ length: n }, (_, j) => share(i, j)));
}

// Where the box begins along one side, so that its centre of mass is in the middle.
function corner(mass, { middle, side }, kit) {
  const centre = kit.sum(mass.map((m, i) => i * m)) / kit.sum(mass);
  return kit.clip(round(middle - centre), 0, side - mass.length);
}

// Ink in a box of 20 x 20, its centre of mass in the middle of 28 x 28.
function fitToMiddle(ink, mnist, kit) {
  const image = zeros(mnist.side, mnist.side);
  const [top, bottom] = bounds(ink.map((row) => row.some((v) => v > 0)));
  const [left, right] = bounds(Array.from(ink[0], (_, j) => ink.some((row) => row[j] > 0)));
  if (bottom === 0) return image;
  const cell = Math.max(bottom - top, right - left, mnist.smallest * ink.length) / mnist.box;
  const across = areaWeights(right - left, cell);
  const rows = ink.slice(top, bottom).map((row) => across.map((w) => dot(w, row.subarray(left, right))));
  const columns = across.map((_, j) => rows.map((row) => row[j]));
  const box = areaWeights(bottom - top, cell).map((w) => columns.map((column) => dot(w, column)));
  const first = corner(box.map((row) => kit.sum(row)), mnist, kit);
  const start = corner(across.map((_, j) => kit.sum(box.map((row) => row[j]))), mnist, kit);
  box.forEach((row, i) => image[first + i].set(row, start));
  return image;
}

function dot(a, b) {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}

export function frame({ strokes }, { layers, ink, mnist }, kit) {
  const digit = fitToMiddle(inkOf(strokes, ink, kit), mnist, kit);
  const x = digit.flatMap((row) => Array.from(row, (v) => v / 255));
  const drawn = x.some((v) => v > 0);
  const probabilities = drawn ? layers.reduce(kit.dense, x) : Array(10).fill(0);
  return { drawn, digit, probabilities };
}

function twoBest(p) {
  const [first, second] = p.map((_, k) => k).sort((a, b) => p[b] - p[a] || a - b);
  return { first, sure: 100 * p[first], second, less: 100 * p[second] };
}

export function words({ drawn, probabilities }, { limits }) {
  if (!drawn) return { name: "nothing", numbers: {} };
  const numbers = twoBest(probabilities);
  if (numbers.sure >= 100 * limits.sure) return { name: "sure", numbers };
  return { name: numbers.sure >= 100 * limits.likely ? "likely" : "torn", numbers };
}

export function draw(canvas, { drawn, digit, probabilities }, { mnist, titles, shades }, kit) {
  const [left, right] = canvas.panels([1, 1.3]);
  const image = left.squares(mnist.side, mnist.side);
  image.image(digit, { colors: kit.ramp(shades), lo: 0, hi: 255 });
  image.title(titles.digit, { align: "left", size: 12 });
  const classes = probabilities.map((_, k) => k);
  const labels = { xlabel: "digit", ylabel: "probability", xticks: classes, yticks: [0, 0.5, 1], grid: "y" };
  const bars = right.axes({ x: [-0.6, 9.6], y: [0, 1], title: "", ...labels });
  const best = drawn ? kit.argmax(probabilities) : -1;
  bars.bars(classes, probabilities, { width: 0.8, color: classes.map((k) => (k === best ? "ORANGE" : "BLUE")) });
  if (drawn) bars.title(kit.fill(titles.says, twoBest(probabilities)), { align: "left", size: 12 });
}
