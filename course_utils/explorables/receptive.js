// One unit of a convolutional network, and the pixels that it sees: as receptive.py.

export function frame({ layer: asked, place }, { image, windows, sides, dim }, { clip, roundHalfEven }) {
  const layer = Math.trunc(clip(asked, 1, windows.length));
  const side = sides[layer];
  const at = roundHalfEven((Math.trunc(clip(place, 0, 100)) / 100) * (side ** 2 - 1));
  const [row, column] = [Math.floor(at / side), at % side];
  const regions = [[row, column, 1]];
  let step = 1;
  for (const [k, s] of windows.slice(0, layer).reverse()) {
    const [top, left, size] = regions[0];
    regions.unshift([s * top, s * left, s * (size - 1) + k]);
    step *= s;
  }
  const [top, left, size] = regions[0];
  const sees = (i, j) => i >= top && i < top + size && j >= left && j < left + size;
  const seen = Array.from(image, (inks, i) => Array.from(inks, (ink, j) => (sees(i, j) ? ink : dim * ink)));
  return { layer, row, column, regions, step, seen };
}

export function words({ layer, row, column, regions, step }, { names, sides }) {
  const [top, left, field] = regions[0];
  const numbers = { name: names[layer - 1], row, column, field, pixels: sides[0], top, left, step };
  numbers.bottom = top + field - 1;
  numbers.right = left + field - 1;
  return { name: step === 1 ? "close" : "apart", numbers };
}

// A block of maps: the face of the first one, and the edges of those behind it.
function drawBlock(ax, number, { sides, depths, middles, depth, faces: [face, above, beside] }) {
  const [side, back] = [sides[number], depth * depths[number]];
  const [left, top] = [middles[number] - side / 2, sides[0] / 2 - side / 2];
  const [right, bottom] = [left + side, top + side];
  const color = number ? "BLUE" : "GREY";
  const over = [top, top - back, top - back, top];
  ax.area([left, left + back, right + back, right], over, { fill: above, color, lw: 1 });
  const down = [top, top - back, bottom - back, bottom];
  ax.area([right, right + back, right + back, right], down, { fill: beside, color, lw: 1 });
  ax.rect([left, right], [top, bottom], { fill: face, color, lw: 1 });
}

export function draw(canvas, { regions, seen }, data, kit) {
  const { sides, middles, ends, labels, below, inks } = data;
  const [panel] = canvas.panels([1], canvas.isNarrow ? { shape: [4, 3] } : {}); // with room for words on end
  const ax = panel.axes({ ...ends, equal: true, off: true });
  const size = canvas.isNarrow ? 8 : Math.min(11, (0.125 * canvas.width) / canvas.measure(labels[1].split("\n")[0], 1));
  sides.forEach((_, number) => {
    drawBlock(ax, number, data);
    labels[number].split("\n").forEach((text, line) => {
      const aside = (line - 0.5) * 1.2 * size;
      const standing = { dx: aside, align: "right", turn: -Math.PI / 2 }; // beside each other they would be too small
      ax.text(middles[number], below, text, { size, ...(canvas.isNarrow ? standing : { dy: -aside, align: "center" }) });
    });
  });
  ax.image(seen, { colors: kit.ramp(inks), extent: [[0, sides[0]], [0, sides[0]]] });

  const corners = regions.map(([row, column, wide], number) => {
    const half = sides[number] / 2;
    return [middles[number] - half + column, sides[0] / 2 - half + row, wide];
  });
  corners.slice(1).forEach(([x, y, wide], number) => {
    const [from, top, before] = corners[number];
    ax.line([from + before, x], [top, y], { color: "ORANGE", lw: 1.2 });
    ax.line([from + before, x], [top + before, y + wide], { color: "ORANGE", lw: 1.2 });
  });
  for (const [x, y, wide] of corners) {
    ax.rect([x, x + wide], [y, y + wide], { fill: "ORANGE", alpha: 0.19 });
    ax.rect([x, x + wide], [y, y + wide], { color: "ORANGE", lw: 2 });
  }
}
