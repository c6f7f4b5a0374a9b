// Lines of equal value on a grid, found once for each grid and list of levels.

import { contours } from "d3-contour";

const found = new WeakMap();

// For each level a list of closed rings of [column, row], the first number of the grid at [0, 0].
export function isolines(rows, levels) {
  const key = levels.join();
  const known = found.get(rows);
  if (known?.key === key) return known.lines;
  const grid = contours().size([rows[0].length, rows.length]).thresholds(levels);
  const values = rows.flatMap((row) => Array.from(row));
  const lines = levels.map((level) => grid.contour(values, level).coordinates.flat().map(shifted));
  found.set(rows, { key, lines });
  return lines;
}

// d3 counts cells by their corners, half a step off.
const shifted = (ring) => ring.map(([x, y]) => [x - 0.5, y - 0.5]);
