// A sheet to draw on. The picture goes to Python as its ink, 0 (paper) to 255, at most one message under way:
// the widgets' own queue keeps the newest state until the kernel has answered the one before.

const FINE = 5; // pixels on the screen for each pixel of the ink that Python reads: crisp
const PEN = 0.085; // of the height: as wide as the strokes of MNIST, when a digit fills it

function sheet(width, height) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  return [canvas, canvas.getContext("2d", { willReadFrequently: true })];
}

function render({ model, el }) {
  const [width, height] = [model.get("width"), model.get("height")];
  const [canvas, pen] = sheet(FINE * width, FINE * height);
  const [copy, small] = sheet(width, height);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", model.get("label"));
  canvas.style.cssText =
    `display:block;box-sizing:border-box;width:${model.get("wide")}px;max-width:100%;aspect-ratio:${width}/${height};background:white;` +
    "border:1px solid #767676;border-radius:3px;cursor:crosshair;touch-action:none;user-select:none";
  el.append(canvas);

  let finger = null; // the pointer that draws; others are left alone
  let foreign = true; // the picture came from Python: the first stroke begins on clean paper
  let sending = false;
  let planned = 0;

  function show() {
    if (sending) return;
    const ink = model.get("ink");
    const picture = small.createImageData(width, height); // black
    for (let i = 0; i < width * height; i++) picture.data[4 * i + 3] = ink.getUint8(i);
    small.putImageData(picture, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(copy, 0, 0, canvas.width, canvas.height);
    foreign = true;
  }

  function send() {
    cancelAnimationFrame(planned);
    planned = 0;
    small.clearRect(0, 0, width, height);
    small.drawImage(canvas, 0, 0, width, height);
    const { data } = small.getImageData(0, 0, width, height);
    sending = true;
    model.set("ink", new DataView(Uint8Array.from({ length: width * height }, (_, i) => data[4 * i + 3]).buffer));
    sending = false;
    model.save_changes();
  }

  function at(event) {
    const shown = canvas.getBoundingClientRect();
    return [event.clientX - shown.left, event.clientY - shown.top].map((way) => (way / shown.width) * canvas.width);
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (finger !== null || event.button !== 0) return;
    event.preventDefault();
    finger = event.pointerId;
    canvas.setPointerCapture(finger);
    if (foreign) pen.clearRect(0, 0, canvas.width, canvas.height);
    foreign = false;
    Object.assign(pen, { lineWidth: PEN * canvas.height, lineCap: "round", lineJoin: "round" });
    pen.beginPath();
    pen.moveTo(...at(event));
    draw(event);
  });

  function draw(event) {
    const moves = event.getCoalescedEvents?.() ?? [];
    for (const move of moves.length ? moves : [event]) pen.lineTo(...at(move));
    pen.stroke();
    planned ||= requestAnimationFrame(send);
  }

  canvas.addEventListener("pointermove", (event) => event.pointerId === finger && draw(event));
  for (const end of ["pointerup", "pointercancel"])
    canvas.addEventListener(end, (event) => {
      if (event.pointerId !== finger) return;
      finger = null;
      send();
    });

  model.on("change:ink", show);
  show();
  return () => model.off("change:ink", show);
}

export default { render };
