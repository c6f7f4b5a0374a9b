// The colours of course_utils/style.py, as they stand on the page's own background: lighter where it is dark.

const CONTRAST = 5; // of lines and words with the background

const channels = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
const hex = (rgb) => "#" + rgb.map((c) => Math.round(c).toString(16).padStart(2, "0")).join("");
const mix = (a, b, share) => a.map((c, i) => c + (b[i] - c) * share);

function luminance(rgb) {
  const [r, g, b] = rgb.map((c) => (c <= 10 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const WHITE = [255, 255, 255];
const NIGHT = [17, 17, 17]; // JupyterLab's dark paper

function lighten(rgb) {
  let share = 0;
  while (contrast(mix(rgb, WHITE, share), NIGHT) < CONTRAST) share += 0.05;
  return mix(rgb, WHITE, share);
}

// The palette on white paper, and on dark paper; PAPER is what stands behind a marker's edge or a word's halo.
export function themes(palette) {
  const light = { ...palette, PAPER: "#ffffff" };
  const dark = Object.fromEntries(Object.entries(palette).map(([name, color]) => [name, hex(lighten(channels(color)))]));
  Object.assign(dark, { BLACK: "#eeeeee", GRID: hex(mix(NIGHT, WHITE, 0.2)), PAPER: hex(NIGHT) });
  return { light, dark };
}

// Whether the page is dark where the element stands: then its words are light.
export function isDark(element) {
  const written = getComputedStyle(element).color.match(/[\d.]+/g)?.slice(0, 3).map(Number) ?? [0, 0, 0];
  const scale = Math.max(...written) <= 1 && getComputedStyle(element).color.startsWith("color(") ? 255 : 1;
  return luminance(written.map((c) => c * scale)) > 0.25;
}

// Calls back when the page may have become light or dark. A style sheet may come after its name: look again later.
export function onTheme(repaint) {
  const again = () => [0, 300, 1000].forEach((wait) => setTimeout(repaint, wait));
  const observer = new MutationObserver(again);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  for (const root of [document.documentElement, document.body]) observer.observe(root, { attributes: true });
  scheme.addEventListener("change", again);
  return () => {
    observer.disconnect();
    scheme.removeEventListener("change", again);
  };
}

// A table of colours for 0 … 1 from colours given at even distances.
export function ramp(colors) {
  const ends = colors.map(channels);
  return Array.from({ length: 256 }, (_, i) => {
    const at = (i / 255) * (ends.length - 1);
    const low = Math.min(Math.floor(at), ends.length - 2);
    return mix(ends[low], ends[low + 1], at - low);
  });
}
