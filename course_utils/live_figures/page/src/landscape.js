// A cost over two parameters as a map: pale bands, lines of equal cost, and a star at the lowest place.

import { ramp } from "./theme.js";

// The colour of a height; the map stays in the pale half of its colours, so that a path on it can be seen.
export function heightColor(J, levels, fill) {
  const [lowest, highest] = [levels[0], levels.at(-1)];
  return `rgb(${ramp(fill)[Math.round((255 * (J - lowest)) / (2 * (highest - lowest)))]})`;
}

// Draws the map into a pair of axes. `sides` and `heights` are the grid, `levels` the heights of the lines, `best` the
// place of the star, `colours` those of the bands, of the lines and of the numbers on them.
export function landscape(ax, { sides, heights, levels, best, colours: { fill, line, label } }) {
  const bands = Array.from(levels.slice(0, -1), (low, k) => heightColor((low + levels[k + 1]) / 2, levels, fill));
  const [first, ...fills] = bands;
  const labels = { form: ".2f", color: label, halo: fills[3] };
  ax.rect(ax.options.x, ax.options.y, { fill: first });
  ax.contours(...sides, heights, { levels: Array.from(levels.slice(1, -1)), fills, color: line, lw: 0.8, labels });
  ax.points([best[0]], [best[1]], { marker: "*", size: 11 });
}
