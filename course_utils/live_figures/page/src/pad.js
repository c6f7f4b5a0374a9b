// A square to draw on. Its value is a list of strokes, and a stroke a list of points [x, y] in whole numbers.

import { make } from "./make.js";
import { clip } from "./maths.js";

const CRISP = 2; // pixels of the square for each of the page
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 10; // of the pen by a key

export function pad({ name, label, start, side, pen: width, hint }, moved) {
  const canvas = make("canvas", { width: CRISP * side, height: CRISP * side, tabIndex: 0, aria: { role: "application", label: `${label}. ${hint}` } });
  const pen = canvas.getContext("2d");
  const clear = make("button", { type: "button", textContent: "Clear", title: "an empty square" });
  const first = JSON.stringify(start);
  let strokes = [];
  let finger = null; // the pointer that draws; others are left alone
  let keys = null; // where the pen is that the keys move
  let down = false; // whether it draws

  function paint() {
    pen.setTransform(CRISP, 0, 0, CRISP, 0, 0);
    pen.clearRect(0, 0, side, side);
    Object.assign(pen, { lineWidth: width, lineCap: "round", lineJoin: "round", strokeStyle: "black" });
    for (const [from, ...rest] of strokes) {
      pen.beginPath();
      pen.moveTo(...from);
      for (const point of rest.length ? rest : [from]) pen.lineTo(...point);
      pen.stroke();
    }
    if (!keys || document.activeElement !== canvas) return;
    Object.assign(pen, { lineWidth: 2, strokeStyle: down ? "#D55E00" : "#767676" });
    pen.beginPath();
    pen.arc(...keys, width / 2, 0, 2 * Math.PI);
    pen.stroke();
  }

  function put(now, done) {
    strokes = now;
    paint();
    moved(name, strokes, { done });
  }

  // A first stroke takes the place of what stood there at first.
  const isAsAtFirst = () => JSON.stringify(strokes) === first;
  const begin = (point) => put([...(isAsAtFirst() ? [] : strokes), [point]], false);

  function extend(points, done = false) {
    if (!strokes.length || isAsAtFirst()) begin(points[0]); // Clear or Reset came while the pen was down
    const stroke = [...strokes.at(-1)];
    for (const point of points) if (String(point) !== String(stroke.at(-1))) stroke.push(point);
    put([...strokes.slice(0, -1), stroke], done);
  }

  function at({ clientX, clientY }) {
    const square = canvas.getBoundingClientRect();
    const [x, y] = [(clientX - square.left) / square.width, (clientY - square.top) / square.height];
    return [x, y].map((share) => clip(Math.round(share * side), 0, side));
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (finger !== null || event.button !== 0) return;
    event.preventDefault();
    finger = event.pointerId;
    canvas.setPointerCapture(finger);
    [keys, down] = [null, false];
    begin(at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== finger) return;
    const moves = event.getCoalescedEvents?.() ?? [];
    extend((moves.length ? moves : [event]).map(at));
  });
  for (const end of ["pointerup", "pointercancel"])
    canvas.addEventListener(end, (event) => {
      if (event.pointerId !== finger) return;
      finger = null;
      put(strokes, true);
    });

  canvas.addEventListener("keydown", (event) => {
    const way = WAYS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (way) {
      keys = (keys ?? [side / 2, side / 2]).map((v, i) => clip(v + STEP * way[i], 0, side));
      if (down) extend([keys], true);
    } else if (event.key === " ") {
      keys ??= [side / 2, side / 2];
      down = !down;
      if (down) begin(keys);
    } else if (event.key === "Backspace" || event.key === "Delete") {
      down = false;
      put(strokes.slice(0, -1), true);
    } else return;
    event.preventDefault();
    paint();
  });
  canvas.addEventListener("focus", paint);
  canvas.addEventListener("blur", () => {
    down = false;
    paint();
  });
  clear.addEventListener("click", () => {
    [keys, down] = [null, false];
    put([], true);
  });

  function show(value) {
    if (value === strokes) return;
    strokes = value;
    if (!strokes.length || isAsAtFirst()) down = false;
    paint();
  }

  return { element: make("div", { className: "control pad" }, canvas, make("small", { textContent: hint }), clear), show };
}
