// Lines of equal value on a grid.

import { contours } from "d3-contour";

// For each level a list of closed rings of [column, row], the first number of the grid at [0, 0].
export function isolines(rows, levels) {
  const grid = contours().size([rows[0].length, rows.length]);
  const values = rows.flatMap((row) => Array.from(row));
  return levels.map((level) => grid.contour(values, level).coordinates.flat().map(shifted));
}

// d3 counts cells by their corners, half a step off.
const shifted = (ring) => ring.map(([x, y]) => [x - 0.5, y - 0.5]);
