// Each page gets the largest type with which all of it fits; deck.css multiplies its sizes by --k.
const LARGEST = 1.45, WITH_PICTURE = 1.15, STEP = 0.05;
const SIGN = 18 * 0.603; // px, the width of a sign in a listing at the smallest type

const fits = (body) =>
  body.scrollHeight <= body.clientHeight &&
  [body, ...body.querySelectorAll("pre, mjx-container, table")].every((box) => box.scrollWidth <= box.clientWidth + 1);

// A listing grows no further than its longest line allows; one too long for the smallest type wraps.
function cap(listing) {
  const longest = Math.max(...listing.textContent.split("\n").map((line) => line.length));
  listing.style.setProperty("--cap", Math.max(1, (listing.clientWidth - 34) / (longest * SIGN)));
}

function enlarge(page) {
  page.querySelectorAll("pre").forEach(cap);
  const body = page.querySelector(".body");
  let k = page.querySelector("figure") ? WITH_PICTURE : LARGEST;
  page.style.setProperty("--k", k);
  while (k > 1 && !fits(body)) {
    k = Math.max(1, k - STEP);
    page.style.setProperty("--k", k);
  }
}

// A view gets the largest scale with which its controls, words and picture fit into what the page has left. Controls and
// words take the whole width at any scale: in a narrow column they would need the height that the picture wants.
const LARGEST_VIEW = 1.4, SMALLEST_VIEW = 0.5;

function fitView(moves) {
  const figure = moves.parentElement;
  for (let z = LARGEST_VIEW; z >= SMALLEST_VIEW; z -= STEP) {
    moves.style.setProperty("--wide", `${figure.clientWidth / z}px`);
    moves.style.setProperty("--z", z);
    if (moves.getBoundingClientRect().height <= figure.getBoundingClientRect().height) return;
  }
}

// Whoever moves a slider by key, or swipes over it, does not turn the page. What pages forward and back, a presenter's
// remote control among it, does; Esc leaves the slider.
function keepHand(moves) {
  const turns = { PageDown: () => Reveal.next(), PageUp: () => Reveal.prev() };
  moves.dataset.preventSwipe = "";
  moves.addEventListener("keydown", (event) => event.stopPropagation());
  moves.addEventListener("keydown", (event) => {
    const turn = turns[event.key];
    if (!turn && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    document.activeElement.blur();
    turn?.();
  }, { capture: true });
}

async function start() {
  document.body.classList.add("measuring"); // all pages laid out at once
  await Promise.all([MathJax.startup.promise, course.ready]);
  await document.fonts.ready;
  await Promise.all([...document.images].map((image) => image.decode()));
  document.querySelectorAll(".page").forEach(enlarge);
  document.querySelectorAll(".course-moves").forEach(keepHand);
  document.querySelectorAll("figure .course-moves").forEach(fitView);
  document.querySelectorAll(".asked").forEach((asked) => asked.addEventListener("change", () => enlarge(asked.closest(".page"))));
  document.body.classList.remove("measuring");
  await Reveal.initialize({
    width: 1280,
    height: 720,
    margin: 0,
    minScale: 0.1,
    maxScale: 4,
    center: false,
    controls: false,
    hash: true,
    navigationMode: "linear",
    slideNumber: "c/t",
    transition: "none",
    backgroundTransition: "none",
    pdfSeparateFragments: false,
    plugins: [RevealNotes],
  });
  document.body.dataset.ready = "yes";
}
start();
