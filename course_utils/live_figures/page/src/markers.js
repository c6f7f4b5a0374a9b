// The outlines of matplotlib's markers, around (x, y), so many pixels wide.

// How examples of class 0 and of class 1 are marked: as CLASSES in plots/boundary.py.
export const CLASSES = [{ color: "ORANGE", marker: "s" }, { color: "BLUE", marker: "o" }];

const polygon = (corners) => (pen, x, y, r) => {
  corners.forEach(([dx, dy], i) => pen[i ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
  pen.closePath();
};

const STAR = Array.from({ length: 10 }, (_, i) => {
  const [far, turn] = [i % 2 ? 0.382 : 1, (i * Math.PI) / 5];
  return [far * Math.sin(turn), -far * Math.cos(turn)];
});
const CROSS = [[-1, -3], [1, -3], [1, -1], [3, -1], [3, 1], [1, 1], [1, 3], [-1, 3], [-1, 1], [-3, 1], [-3, -1], [-1, -1]];

const OUTLINES = {
  o: (pen, x, y, r) => pen.arc(x, y, r, 0, 2 * Math.PI),
  s: polygon([[-1, -1], [1, -1], [1, 1], [-1, 1]]),
  D: polygon([[0, -1.41], [1.41, 0], [0, 1.41], [-1.41, 0]]),
  "^": polygon([[0, -1], [1, 1], [-1, 1]]),
  v: polygon([[0, 1], [1, -1], [-1, -1]]),
  P: polygon(CROSS.map(([x, y]) => [x / 3, y / 3])),
  "*": polygon(STAR),
};

export function mark(pen, marker, x, y, width) {
  pen.beginPath();
  OUTLINES[marker](pen, x, y, width / 2);
}
