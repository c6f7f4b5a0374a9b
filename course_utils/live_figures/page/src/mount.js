// A view in a page: the strip, the words, and the picture, which is drawn here, or comes from a kernel.

import { Canvas } from "./canvas.js";
import { load } from "./load.js";
import { make } from "./make.js";
import css from "./page.css";
import { strip } from "./strip.js";
import { onTheme } from "./theme.js";

function dress() {
  if (document.getElementById("course-page")) return;
  document.head.append(make("style", { id: "course-page", textContent: css }));
}

// Puts a view into an element. `view` is what Python tells (telling.py, View); without a module in it the picture and the
// words come through `show` and `say`. `moved(values, done)` is called when a hand has moved a control.
export async function mount(element, view, { moved = () => {} } = {}) {
  dress();
  const status = make("div", { className: "words", aria: { role: "status" } });
  const alert = make("div", { className: "words problem", aria: { role: "alert" } });
  const loaded = view.module ? await load(view) : undefined;
  let [note, words] = ["", ""];

  function say(text, problem = false) {
    words = problem ? "" : text;
    write(status, `${note} ${words}`.trim());
    write(alert, problem ? text : "");
  }

  function complain(text) {
    note = text;
    write(status, `${note} ${words}`.trim());
  }

  const controls = strip(view, {
    complain,
    moved(values, done) {
      picture?.paint();
      moved(values, done);
    },
  });
  const picture = loaded ? drawn(view, loaded, controls, say) : undefined;
  const image = loaded || view.bare ? undefined : make("img", { alt: view.alt, className: "picture" });
  if (image) image.style.maxWidth = `${view.size[0]}px`;
  element.classList.add("course-view");
  element.style.setProperty("--accent", view.palette.BLUE);
  if (view.size) element.style.setProperty("--width", `${view.size[0]}px`);
  element.append(controls.element);
  if (!view.bare) element.append(make("div", { className: "shown" }, status, alert, picture?.element ?? image));
  picture?.start();

  return {
    say,
    values: controls.values,
    set(values) {
      controls.set(values);
      picture?.paint();
    },
    show(png) {
      const old = image.src;
      image.src = URL.createObjectURL(new Blob([png], { type: "image/png" }));
      if (old) URL.revokeObjectURL(old);
    },
    close() {
      picture?.stop();
      element.replaceChildren();
    },
  };
}

// A reader of the screen is told what has changed, and nothing that has not.
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// The picture of a view that is drawn in the page: at most once for each picture of the screen.
function drawn(view, { frame, draw, sentence }, controls, say) {
  const element = make("canvas", { className: "picture", aria: { role: "img", label: view.alt } });
  const canvas = new Canvas(element, view.size, view.palette);
  const stops = [];
  let planned = 0;

  function now(options) {
    planned = 0;
    try {
      const shown = frame(controls.values());
      say(sentence(shown));
      canvas.paint(() => draw(canvas, shown), options);
    } catch (error) {
      say(String(error), true);
      console.error(error);
    }
  }

  const paint = () => (planned ||= requestAnimationFrame(() => now()));
  const onPrint = () => now({ print: true });
  let width = 0;
  const resized = new ResizeObserver(() => {
    if (element.clientWidth !== width) paint();
    width = element.clientWidth;
  });

  function start() {
    now();
    resized.observe(element);
    addEventListener("resize", paint); // another pixel ratio, too
    addEventListener("beforeprint", onPrint);
    addEventListener("afterprint", paint);
    document.fonts.ready.then(paint);
    stops.push(onTheme(paint));
  }

  function stop() {
    cancelAnimationFrame(planned);
    resized.disconnect();
    removeEventListener("resize", paint);
    removeEventListener("beforeprint", onPrint);
    removeEventListener("afterprint", paint);
    for (const each of stops) each();
  }

  return { element, paint, start, stop };
}
