// A canvas that is crisp at any pixel ratio, and its division into panels: beside each other, or below where it is
// narrow. Sizes of words, lines and markers are points, as in matplotlib, on a figure of 100 dots per inch.

import { Axes } from "./axes.js";
import { clip } from "./maths.js";
import { isDark, themes } from "./theme.js";

const POINT = 100 / 72;
const NARROW = 0.66; // of the figure's own width: panels stand below each other
const SMALLEST = 0.85; // words shrink no further with the page
const PRINT = 3; // pixels of the paper for each of the page

// Axes for an image of so many rows and columns of squares, the first row on top.
function squares(rows, columns, { margins } = {}) {
  const ends = { x: [-0.5, columns - 0.5], y: [rows - 0.5, -0.5] };
  return { ...ends, equal: true, paper: true, xticks: [], yticks: [], title: "", margins };
}

export class Canvas {
  constructor(element, [width, height], palette) {
    this.element = element;
    this.pen = element.getContext("2d");
    this.figure = { width, height };
    this.themes = themes(palette);
    this.images = new Map(); // of each size one, to put pixels on
    this.stills = new WeakMap(); // of each thing that is shown the newest
    element.style.cssText = `display:block;width:100%;max-width:${width}px`;
  }

  // Draws a picture anew. A canvas that is not on show has no width, and is left alone.
  paint(draw, { print = false } = {}) {
    const width = this.element.clientWidth || (print ? this.figure.width : 0);
    if (!width) return;
    const stretched = this.element.getBoundingClientRect().width / width || 1; // by a slide that is scaled
    this.ratio = print ? PRINT : devicePixelRatio * stretched;
    this.width = width;
    this.point = POINT * clip(width / this.figure.width, SMALLEST, 1.5);
    this.theme = isDark(this.element) && !print ? this.themes.dark : this.themes.light;
    this.height = 0;
    draw();
  }

  // Whether the page is so narrow that panels stand below each other.
  get isNarrow() {
    return this.width < NARROW * this.figure.width;
  }

  // Gives the canvas its height, clears it, and returns its panels. `widths` are shares, such as [1.25, 1];
  // `below` is room under all of them, in points; `shape` is [width, height] of a picture that is all of one piece,
  // by default that of the figure.
  panels(widths, { below = 0, shape } = {}) {
    const { width, figure } = this;
    const foot = below * this.point;
    const stacked = widths.length > 1 && this.isNarrow;
    const low = Math.min(figure.height, 0.62 * width); // flatter than this a panel cannot be read
    const side = stacked ? Math.min(figure.height, 0.8 * width) : Math.max((figure.height * width) / figure.width, low);
    const each = shape ? (shape[1] * width) / shape[0] : side;
    this.#clear((stacked ? widths.length * each : each) + (stacked ? foot : 0));
    const total = widths.reduce((a, b) => a + b);
    let at = 0;
    return widths.map((share, i) => {
      const box = stacked
        ? { left: 0, top: i * each, width, height: each }
        : { left: at, top: 0, width: (width * share) / total, height: each - foot };
      at += box.width;
      const axes = (options) => new Axes(this, box, options);
      return { ...box, axes, squares: (...size) => axes(squares(...size)) };
    });
  }

  #clear(height) {
    const { element, ratio, width } = this;
    this.height = Math.round(height);
    const pixels = [Math.round(width * ratio), Math.round(this.height * ratio)];
    if (element.width !== pixels[0] || element.height !== pixels[1]) {
      [element.width, element.height] = pixels;
      element.style.height = `${this.height}px`;
    }
    this.#begin(element.getContext("2d"));
    this.pen.clearRect(0, 0, width, this.height);
  }

  // From now on this pen draws, in pixels of the page.
  #begin(pen) {
    const { ratio } = this;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.lineJoin = "round";
    this.pen = pen;
  }

  // Draws what no slider moves on a sheet of its own, and copies that from then on. `given`, an object, is what it
  // shows; it is drawn anew where the size, the pixel ratio, the theme or the place (`where`) has changed.
  still(given, where, work) {
    const { element, pen, ratio, stills, theme, themes } = this;
    const { width, height } = element;
    const key = JSON.stringify([width, height, ratio, theme === themes.dark, where]);
    if (stills.get(given)?.key !== key) {
      const sheet = Object.assign(document.createElement("canvas"), { width, height });
      this.#begin(sheet.getContext("2d"));
      work();
      this.pen = pen;
      stills.set(given, { key, sheet });
    }
    pen.save();
    pen.resetTransform();
    pen.drawImage(stills.get(given).sheet, 0, 0);
    pen.restore();
  }

  // Words in the middle of the figure's foot, as a figure's own label; smaller where they are too long.
  caption(text, { size = 13, color = "BLACK" } = {}) {
    size *= Math.min(1, (0.98 * this.width) / this.measure(text, size));
    this.write(text, this.width / 2, this.height - 0.4 * size * this.point, { size, color, align: "center" });
  }

  font(size, { mono = false, bold = false } = {}) {
    const family = mono ? '"DejaVu Sans Mono", monospace' : '"DejaVu Sans", Verdana, sans-serif';
    return `${bold ? "bold " : ""}${size * this.point}px ${family}`;
  }

  measure(text, size, style) {
    this.pen.font = this.font(size, style);
    return this.pen.measureText(text).width;
  }

  // Words at a place in pixels. `halo` keeps them readable on a line.
  write(text, x, y, { size = 10, align = "left", baseline = "alphabetic", color = "BLACK", halo, turn = 0, ...style } = {}) {
    const { pen } = this;
    const colors = style.colors ?? this.theme;
    pen.save();
    pen.translate(x, y);
    pen.rotate(turn);
    pen.font = this.font(size, style);
    pen.textAlign = align;
    pen.textBaseline = baseline;
    if (halo) {
      pen.lineWidth = 3 * this.point;
      pen.strokeStyle = colors[halo] ?? halo;
      pen.strokeText(text, 0, 0);
    }
    pen.fillStyle = colors[color] ?? color;
    pen.fillText(text, 0, 0);
    pen.restore();
  }

  // A small canvas of so many pixels, for an image that is then stretched.
  sheet(columns, rows) {
    const key = `${columns} ${rows}`;
    if (!this.images.has(key)) {
      const element = Object.assign(document.createElement("canvas"), { width: columns, height: rows });
      this.images.set(key, element);
    }
    return this.images.get(key);
  }
}
