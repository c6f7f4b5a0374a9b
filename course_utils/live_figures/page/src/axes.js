// A pair of axes as matplotlib draws them, and all that can stand in it. Colours are names of the palette, or #rrggbb.

import { scaleLinear, scaleLog } from "d3-scale";
import { isolines } from "./isolines.js";
import { mark } from "./markers.js";
import { clip, sum } from "./maths.js";
import { formatNumber } from "./words.js";

const FAR = 1e5; // pixels: what lies farther is brought near, so that a line still points there
const LABEL = 10; // points, of ticks and labels
const TITLE = 12;
const TICK = 3.5;
const PAD = 4;
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const MORE_LEVELS = { "0": "⁰", "-": "⁻" };

export class Axes {
  // x, y: [first, last]; xlog, ylog: powers of ten; xticks, yticks: their places, or [place, text];
  // grid: true, "x", "y"; equal: one unit is as long across as up; off: neither ticks nor frame;
  // paper: stands on white, also on a dark page, as a heat map needs it; title: room for one, and its words;
  // margins: further room around it in points, { left, right, top, bottom }.
  constructor(canvas, box, options) {
    Object.assign(this, { canvas, options, point: canvas.point });
    this.colors = options.paper ? canvas.themes.light : canvas.theme; // inside
    this.inner = box; // until its ticks are known, which need room
    this.inner = this.#inside(box);
    const { left, top, width, height } = this.inner;
    this.x = (options.xlog ? scaleLog : scaleLinear)(options.x, [left, left + width]);
    this.y = (options.ylog ? scaleLog : scaleLinear)(options.y, [top + height, top]);
    if (options.paper) this.#fill(left, top, width, height, "PAPER");
    if (!options.off) this.#scales();
    if (options.title) this.title(options.title);
  }

  get pen() {
    return this.canvas.pen;
  }

  // Draws what no slider moves: once for such axes, and copied from then on. `given`, an object, is what it shows.
  still(given, work) {
    this.canvas.still(given, [this.inner, this.options.x, this.options.y], work);
  }

  // --- the axes themselves

  #ticks(axis) {
    const { options, point } = this;
    const given = options[`${axis}ticks`];
    if (given) return given.map((tick) => (Array.isArray(tick) ? tick : [tick, formatNumber(tick, "g")]));
    const length = axis === "x" ? this.inner.width : this.inner.height;
    const every = (axis === "x" ? 48 : 28) * point; // pixels
    const log = options[`${axis}log`];
    const scale = (log ? scaleLog : scaleLinear)(options[axis], [0, length]);
    if (log) return powers(options[axis], Math.max(2, Math.floor(length / every)));
    const count = clip(Math.floor(length / every), 2, 9);
    const format = scale.tickFormat(count);
    return scale.ticks(count).map((tick) => [tick, format(tick)]);
  }

  #inside({ left, top, width, height }) {
    const { canvas, options, point } = this;
    const more = { left: 0, right: 0, top: 0, bottom: 0, ...options.margins };
    const label = (text) => (text ? 1.5 * LABEL : 0);
    const room = options.off ? { left: 4, bottom: 4, right: 4, top: 4 } : { left: PAD, bottom: PAD, right: 10, top: 6 };
    if (!options.off) {
      const wide = Math.max(0, ...this.#ticks("y").map(([, text]) => canvas.measure(text, LABEL) / point));
      room.left += label(options.ylabel) + wide + (wide ? TICK + PAD : 0);
      room.bottom += label(options.xlabel) + (options.xticks?.length === 0 ? 0 : LABEL + TICK + PAD);
      const last = this.#ticks("x").at(-1)?.[1] ?? ""; // half of it may stand beside the axes
      room.right = Math.max(room.right, canvas.measure(last, LABEL) / point / 2);
    }
    if (options.title !== undefined) room.top += 1.4 * TITLE;
    for (const side of Object.keys(room)) room[side] = (room[side] + more[side]) * point;
    const inner = {
      left: left + room.left,
      top: top + room.top,
      width: Math.max(width - room.left - room.right, 1),
      height: Math.max(height - room.top - room.bottom, 1),
    };
    return options.equal ? this.#equal(inner) : inner;
  }

  #equal({ left, top, width, height }) {
    const [across, up] = [this.options.x, this.options.y].map(([a, b]) => Math.abs(b - a));
    const unit = Math.min(width / across, height / up);
    const [w, h] = [unit * across, unit * up];
    return { left: left + (width - w) / 2, top: top + (height - h) / 2, width: w, height: h };
  }

  #scales() {
    const { canvas, options, pen, point } = this;
    const { left, top, width, height } = this.inner;
    const [xs, ys] = [this.#ticks("x"), this.#ticks("y")];
    const bottom = top + height;
    const theme = canvas.theme;
    const within = (at, from, to) => at >= from - 0.5 && at <= to + 0.5;
    const widest = Math.max(0, ...xs.map(([, text]) => canvas.measure(text, LABEL)));
    const size = LABEL * Math.min(1, width / xs.length / (widest + PAD * point)); // smaller than meeting their neighbours
    pen.lineWidth = 0.8 * point;
    for (const [at, text] of xs) {
      const x = this.X(at);
      if (!within(x, left, left + width)) continue;
      if (options.grid === true || options.grid === "x") this.#stroke("GRID", [x, top, x, bottom]);
      this.#stroke("BLACK", [x, bottom, x, bottom + TICK * point], theme);
      canvas.write(text, x, bottom + (TICK + PAD) * point, { align: "center", baseline: "top", size });
    }
    for (const [at, text] of ys) {
      const y = this.Y(at);
      if (!within(y, top, bottom)) continue;
      if (options.grid === true || options.grid === "y") this.#stroke("GRID", [left, y, left + width, y]);
      this.#stroke("BLACK", [left, y, left - TICK * point, y], theme);
      canvas.write(text, left - (TICK + PAD) * point, y, { align: "right", baseline: "middle" });
    }
    this.frame();
    this.#labels(ys);
  }

  #labels(ys) {
    const { canvas, options, point } = this;
    const { left, top, width, height } = this.inner;
    const below = top + height + (options.xticks?.length === 0 ? PAD : TICK + 2 * PAD + LABEL) * point;
    canvas.write(options.xlabel ?? "", left + width / 2, below, { align: "center", baseline: "top" });
    const wide = Math.max(0, ...ys.map(([, text]) => canvas.measure(text, LABEL)));
    const beside = left - wide - (wide ? TICK + 2 * PAD : PAD) * point;
    canvas.write(options.ylabel ?? "", beside, top + height / 2, { align: "center", turn: -Math.PI / 2 });
  }

  // The lines around the axes; an image covers half of them, and draws them again.
  frame() {
    const { pen, point, canvas } = this;
    const { left, top, width, height } = this.inner;
    pen.strokeStyle = canvas.theme.BLACK;
    pen.lineWidth = 0.8 * point;
    pen.setLineDash([]);
    pen.strokeRect(left, top, width, height);
  }

  // `share` of the axes' width it may take: where it is longer, its letters are smaller.
  title(text, { align = "left", size = TITLE, color = "BLACK", share = 1 } = {}) {
    const { left, top, width } = this.inner;
    size *= Math.min(1, (share * width) / this.canvas.measure(text, size));
    const x = { left, center: left + width / 2, right: left + width }[align];
    this.canvas.write(text, x, top - 6 * this.point, { align, size, color });
  }

  // --- places and pens

  X = (value) => clip(this.x(value), -FAR, FAR);
  Y = (value) => clip(this.y(value), -FAR, FAR);

  color = (name) => this.colors[name] ?? name;

  #stroke(color, [x0, y0, x1, y1], colors = this.colors) {
    this.pen.strokeStyle = colors[color];
    this.pen.beginPath();
    this.pen.moveTo(x0, y0);
    this.pen.lineTo(x1, y1);
    this.pen.stroke();
  }

  #fill(x, y, width, height, color) {
    this.pen.fillStyle = this.color(color);
    this.pen.fillRect(x, y, width, height);
  }

  // Draws with a pen that is put back afterwards; `cut` off at the axes' edges, or not.
  #draw(cut, work) {
    const { pen } = this;
    const { left, top, width, height } = this.inner;
    pen.save();
    if (cut) {
      pen.beginPath();
      pen.rect(left, top, width, height);
      pen.clip();
    }
    work(pen);
    pen.restore();
  }

  #set({ color = "BLACK", lw = 1.5, dash = [], alpha = 1, cap = "butt" }) {
    const { pen, point } = this;
    pen.strokeStyle = this.color(color);
    pen.lineWidth = lw * point;
    pen.setLineDash(dash.map((part) => part * lw * point)); // in widths of the line, as matplotlib counts
    pen.globalAlpha = alpha;
    pen.lineCap = cap;
  }

  // --- what stands in the axes; x and y are lists, in the axes' units

  // NaN leaves a gap.
  line(xs, ys, style = {}) {
    this.#draw(style.cut ?? true, (pen) => {
      this.#set(style);
      pen.beginPath();
      let gap = true;
      for (let i = 0; i < xs.length; i++) {
        const [x, y] = [this.X(xs[i]), this.Y(ys[i])];
        if (Number.isNaN(x) || Number.isNaN(y)) gap = true;
        else if (gap) pen.moveTo(x, y, (gap = false));
        else pen.lineTo(x, y);
      }
      pen.stroke();
    });
  }

  // Markers as matplotlib names them: o s D ^ v P * x; `size` is their width in points. `fill: false` leaves them open.
  points(xs, ys, { marker = "o", size = 6, color = "BLACK", edge, lw = 1, fill = true, cut = true, alpha = 1 } = {}) {
    this.#draw(cut, (pen) => {
      this.#set({ color: edge ?? color, lw, alpha });
      pen.fillStyle = this.color(color);
      for (let i = 0; i < xs.length; i++) {
        const [x, y] = [this.X(xs[i]), this.Y(ys[i])];
        if (Number.isNaN(x) || Number.isNaN(y)) continue;
        mark(pen, marker, x, y, size * this.point);
        if (fill) pen.fill();
        if (edge || !fill) pen.stroke();
      }
    });
  }

  // Lines across the whole of the axes, at an x or at a y.
  vline(x, style) {
    this.line([x, x], this.options.y, style);
  }

  hline(y, style) {
    this.line(this.options.x, [y, y], style);
  }

  // Words at a place; dx and dy move them, in points, to the right and up. `shares`: x and y are shares of the
  // axes, from the lower left corner, and may lie outside.
  text(x, y, words, { dx = 0, dy = 0, shares = false, align = "left", baseline = "middle", ...style } = {}) {
    const { left, top, width, height } = this.inner;
    const [px, py] = shares ? [left + x * width, top + (1 - y) * height] : [this.X(x), this.Y(y)];
    if (Number.isNaN(px) || Number.isNaN(py)) return;
    const colors = shares ? this.canvas.theme : this.colors;
    this.canvas.write(words, px + dx * this.point, py - dy * this.point, { align, baseline, colors, ...style });
  }

  rect([x0, x1], [y0, y1], { fill, color, lw = 1.5, dash, alpha = 1, cut = true } = {}) {
    this.#draw(cut, (pen) => {
      const box = [this.X(x0), this.Y(y0), this.X(x1) - this.X(x0), this.Y(y1) - this.Y(y0)];
      this.#set({ color, lw, dash, alpha });
      pen.fillStyle = this.color(fill);
      if (fill) pen.fillRect(...box);
      if (color) pen.strokeRect(...box);
    });
  }

  // A face with straight edges, corner by corner.
  area(xs, ys, { fill, color, lw = 0.5 } = {}) {
    this.#draw(true, (pen) => {
      this.#set({ color, lw });
      pen.fillStyle = this.color(fill);
      pen.beginPath();
      for (let i = 0; i < xs.length; i++) pen.lineTo(this.X(xs[i]), this.Y(ys[i]));
      pen.closePath();
      if (fill) pen.fill();
      if (color) pen.stroke();
    });
  }

  // One bar at each x, from 0 (or `from`) to its height; `color` is a name, or a list of them.
  bars(xs, heights, { width = 0.8, color = "BLUE", from = 0 } = {}) {
    xs.forEach((x, i) => {
      const fill = Array.isArray(color) ? color[i] : color;
      this.rect([x - width / 2, x + width / 2], [from, heights[i]], { fill });
    });
  }

  arrow([x0, y0], [x1, y1], { head = 6, ...style } = {}) {
    this.line([x0, x1], [y0, y1], style);
    this.#draw(style.cut ?? true, (pen) => {
      const [x, y] = [this.X(x1), this.Y(y1)];
      const size = head * this.point;
      pen.translate(x, y);
      pen.rotate(Math.atan2(y - this.Y(y0), x - this.X(x0)));
      pen.fillStyle = this.color(style.color ?? "BLACK");
      pen.beginPath();
      pen.moveTo(0, 0);
      pen.lineTo(-size, size / 2.5);
      pen.lineTo(-size, -size / 2.5);
      pen.fill();
    });
  }

  // Rows of numbers as coloured squares. `colors` is a table from kit.ramp, lo … hi its ends; `up`: the first row is
  // the lowest. `extent` is [[x0, x1], [y0, y1]], by default the whole of the axes.
  image(rows, { colors, lo = 0, hi = 1, up = false, extent = [this.options.x, this.options.y], smooth = false, alpha = 1 }) {
    const [height, width] = [rows.length, rows[0].length];
    const sheet = this.canvas.sheet(width, height);
    const small = sheet.getContext("2d");
    const picture = small.createImageData(width, height);
    const { data } = picture;
    const scale = (colors.length - 1) / (hi - lo);
    for (let i = 0, at = 0; i < height; i++) {
      const row = rows[up ? height - 1 - i : i];
      for (let j = 0; j < width; j++, at += 4) {
        const color = colors[Math.round(clip((row[j] - lo) * scale, 0, colors.length - 1))];
        if (!color) continue; // NaN: nothing is drawn
        [data[at], data[at + 1], data[at + 2], data[at + 3]] = [color[0], color[1], color[2], 255];
      }
    }
    small.putImageData(picture, 0, 0);
    this.#draw(true, (pen) => {
      const [[x0, x1], [y0, y1]] = extent.map((ends, i) => ends.map(i ? this.Y : this.X).sort((a, b) => a - b));
      pen.globalAlpha = alpha;
      pen.imageSmoothingEnabled = smooth;
      pen.drawImage(sheet, x0, y0, x1 - x0, y1 - y0);
    });
    if (!this.options.off) this.frame();
  }

  // Lines of equal value over a grid, rows[i][j] at xs[j], ys[i]. `fills`, one for each level, colour what lies above
  // it; `labels` { form, every, color, size } writes every so many levels' value on its line.
  contours(xs, ys, rows, { levels, fills, labels, ...style }) {
    const place = ([j, i]) => [this.X(between(xs, j)), this.Y(between(ys, i))];
    const lines = isolines(rows, levels).map((rings) => rings.map((ring) => ring.map(place)));
    this.#draw(true, (pen) => {
      this.#set(style);
      lines.forEach((rings, k) => {
        pen.beginPath();
        for (const ring of rings) ring.forEach(([x, y], at) => pen[at ? "lineTo" : "moveTo"](x, y));
        pen.fillStyle = fills?.[k] ?? "transparent";
        if (fills) pen.fill("evenodd");
        if (style.lw) pen.stroke();
      });
    });
    if (labels) this.#values(lines, levels, labels);
    this.frame();
  }

  // Each value where its line is farthest from the values written already.
  #values(lines, levels, { form, every = 3, size = 8, ...style }) {
    const { left, top, width, height } = this.inner;
    const edge = 20 * this.point;
    const inside = ([x, y]) => x > left + edge && x < left + width - edge && y > top + edge && y < top + height - edge;
    const written = [[left + width / 2, top + height / 2]];
    for (let k = 0; k < levels.length; k += every) {
      const free = ([x, y]) => Math.min(...written.map(([a, b]) => Math.hypot(x - a, y - b)));
      const places = lines[k].flat().filter(inside);
      if (!places.length) continue;
      const best = places.reduce((a, b) => (free(b) > free(a) ? b : a));
      written.push(best);
      const looks = { size, align: "center", baseline: "middle", halo: "PAPER", colors: this.colors, ...style };
      this.canvas.write(formatNumber(levels[k], form), ...best, looks);
    }
  }

  // What is what: entries { label, and the style of a line (lw, dash) or of a marker (marker, size) }.
  // at: [x, y] in shares of the axes, where the legend's left end stands; down: one below the other. A row that is too
  // long for the picture is smaller.
  legend(entries, { at = [0, 1], down = false, size = LABEL, gap = 14, dy = 9 } = {}) {
    const { canvas } = this;
    const { left, top, width, height } = this.inner;
    let [x, y] = [left + at[0] * width, top + (1 - at[1]) * height - dy * this.point];
    const keys = entries.map(({ marker, size: wide = 6 }) => (marker ? 1.2 * wide : 22)); // points
    const rooms = entries.map(({ label }, i) => canvas.measure(label, size) + (keys[i] + 4 + gap) * this.point);
    const long = down ? Math.max(...rooms) : sum(rooms);
    const share = Math.min(1, (canvas.width - x) / (long - gap * this.point));
    const point = share * this.point;
    entries.forEach(({ label, marker, ...style }, i) => {
      this.#key(x, y, keys[i] * point, marker, style, point);
      canvas.write(label, x + (keys[i] + 4) * point, y, { size: share * size, baseline: "middle" });
      if (down) y += 2 * size * this.point;
      else x += share * rooms[i];
    });
  }

  #key(x, y, width, marker, { color = "BLACK", edge, lw = 1.5, size = 6, fill = true, dash }, point) {
    const theme = this.canvas.theme;
    this.#draw(false, (pen) => {
      this.#set({ lw, dash });
      pen.strokeStyle = theme[edge ?? color] ?? edge ?? color;
      pen.fillStyle = theme[color] ?? color;
      pen.beginPath();
      if (marker) mark(pen, marker, x + width / 2, y, size * point);
      else pen.moveTo(x, y), pen.lineTo(x + width, y);
      if (marker && fill) pen.fill();
      if (!marker || edge || !fill) pen.stroke();
    });
  }

  // A bar of colours at the right of the axes; leave it room: margins: { right: 60 }.
  colorbar({ colors, lo, hi, label }) {
    const { canvas, pen, point } = this;
    const { left, top, width, height } = this.inner;
    const [x, y, wide, high] = [left + width + 10 * point, top + 0.1 * height, 12 * point, 0.8 * height];
    colors.forEach(([r, g, b], i) => {
      pen.fillStyle = `rgb(${r} ${g} ${b})`;
      pen.fillRect(x, y + high * (1 - (i + 1) / colors.length), wide, high / colors.length + 0.6);
    });
    pen.strokeStyle = canvas.theme.BLACK;
    pen.lineWidth = 0.8 * point;
    pen.strokeRect(x, y, wide, high);
    const scale = scaleLinear([lo, hi], [y + high, y]);
    const format = scale.tickFormat(5);
    for (const tick of scale.ticks(5))
      canvas.write(format(tick), x + wide + 5 * point, scale(tick), { baseline: "middle" });
    const widest = Math.max(...scale.ticks(5).map((tick) => canvas.measure(format(tick), LABEL)));
    const beside = x + wide + widest + 18 * point;
    canvas.write(label ?? "", beside, y + high / 2, { align: "center", turn: -Math.PI / 2 });
  }
}

// The value at a place between two of a list.
function between(values, at) {
  const low = clip(Math.floor(at), 0, values.length - 2);
  return values[low] + (at - low) * (values[low + 1] - values[low]);
}

// Powers of ten as ticks, at most so many.
function powers([lo, hi], most) {
  const [first, last] = [Math.ceil(Math.log10(lo) - 1e-9), Math.floor(Math.log10(hi) + 1e-9)];
  const every = Math.ceil((last - first + 1) / most);
  const ticks = [];
  for (let k = first; k <= last; k += every) ticks.push([10 ** k, "10" + superscript(k)]);
  return ticks;
}

function superscript(k) {
  return [...String(k)].map((c) => MORE_LEVELS[c] ?? SUPERSCRIPTS[c]).join("");
}
