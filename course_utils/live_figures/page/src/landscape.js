// A cost over two parameters: as a map, with pale bands, lines of equal cost, and a star at the lowest place, and as a
// landscape seen from the side.

import { ramp } from "./theme.js";

// What gives the colour of a height; the map stays in the pale half of its colours, so that a path on it can be seen.
function heightColors(levels, fill) {
  const [colors, lowest, highest] = [ramp(fill), levels[0], levels.at(-1)];
  return (J) => `rgb(${colors[Math.round((255 * (J - lowest)) / (2 * (highest - lowest)))]})`;
}

// Draws the map into a pair of axes. `sides` and `heights` are the grid, `levels` the heights of the lines, `best` the
// place of the star, `colours` those of the bands, of the lines and of the numbers on them.
export function landscape(ax, { sides, heights, levels, best, colours: { fill, line, label } }) {
  ax.still(heights, () => {
    const color = heightColors(levels, fill);
    const [first, ...fills] = Array.from(levels.slice(0, -1), (low, k) => color((low + levels[k + 1]) / 2));
    const labels = { form: ".2f", color: label, halo: fills[3] };
    ax.rect(ax.options.x, ax.options.y, { fill: first });
    ax.contours(...sides, heights, { levels: Array.from(levels.slice(1, -1)), fills, color: line, lw: 0.8, labels });
    ax.points([best[0]], [best[1]], { marker: "*", size: 11 });
  });
}

// Where a place (w, b) of height J lies in the landscape from the side; NaN where it is beside the map.
export function lookAside([w, b], J, { sides, relief }) {
  const { turn, tilt, rise, low, high } = relief;
  const [u, v] = [w, b].map((x, i) => (2 * (x - sides[i][0])) / (sides[i].at(-1) - sides[i][0]) - 1);
  if (!(Math.abs(u) <= 1 && Math.abs(v) <= 1)) return [NaN, NaN];
  const x = u * Math.cos(turn) - v * Math.sin(turn);
  const depth = u * Math.sin(turn) + v * Math.cos(turn);
  return [x, depth * Math.sin(tilt) + ((J - low) / (high - low)) * rise * Math.cos(tilt)];
}

// Draws the landscape from the side: its faces, the farthest first, `means` their heights; the star; the edges' names.
export function landscapeAside(ax, { relief, levels, colours: { fill, line } }) {
  ax.still(relief, () => {
    const color = heightColors(levels, fill);
    relief.corners.forEach((face, i) => {
      const [xs, ys] = [0, 1].map((k) => face.filter((_, at) => at % 2 === k));
      ax.area(xs, ys, { fill: color(relief.means[i]), color: line, lw: 0.4 });
    });
    ax.points([relief.star[0]], [relief.star[1]], { marker: "*", size: 11 });
    relief.names.forEach(([name, x, y]) => ax.text(x, y, name, { size: 11, align: "center" }));
  });
}
