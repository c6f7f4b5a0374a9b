// How much of a test score is chance: as score_spread.py.

function frequencies(p, n, lowest) {
  const mode = Math.min(Math.floor((n + 1) * p), n);
  const odds = p / (1 - p);
  const above = [];
  const below = [];
  for (let k = mode, height = 1; k < n; k++) {
    height = ((height * (n - k)) / (k + 1)) * odds;
    if (height < lowest) break;
    above.push(height);
  }
  for (let k = mode, height = 1; k > 0; k--) {
    height = (height * k) / (n - k + 1) / odds;
    if (height < lowest) break;
    below.push(height);
  }
  const heights = [...below.reverse(), 1, ...above];
  return { heights, right: heights.map((_, i) => mode - below.length + i) };
}

export function frame({ accuracy, images }, { lowest }, { sum }) {
  const { right, heights } = frequencies(accuracy, images, lowest);
  const error = 100 * Math.sqrt((accuracy * (1 - accuracy)) / images);
  const percent = 100 * accuracy;
  const scores = right.map((k) => (100 * k) / images);
  const usual = scores.map((score) => Math.abs(score - percent) <= 2 * error);
  const inside = 100 * (sum(heights.filter((_, i) => usual[i])) / sum(heights));
  const [low, high] = [percent - 2 * error, Math.min(percent + 2 * error, 100)];
  return { accuracy, images, error, low, high, inside, scores, heights, usual };
}

export function words({ accuracy, images, error, inside, low, high }) {
  return { name: "spread", numbers: { images, error, inside, low, high, percent: 100 * accuracy } };
}

// A line that stands up at each score.
function drawStems(ax, { scores, heights, usual }, wanted, color) {
  const chosen = scores.map((_, i) => i).filter((i) => usual[i] === wanted);
  const xs = chosen.flatMap((i) => [scores[i], scores[i], NaN]);
  const ys = chosen.flatMap((i) => [0, heights[i], NaN]);
  ax.line(xs, ys, { color, lw: 2 });
}

export function draw(canvas, frame, { ends, titles }, kit) {
  const [panel] = canvas.panels([1]);
  const labels = { xlabel: "score on one test set (%)", ylabel: "how often (largest = 1)", grid: true, title: "" };
  const ax = panel.axes({ x: ends[0], y: ends[1], ...labels });
  drawStems(ax, frame, false, "GREY");
  drawStems(ax, frame, true, "BLUE");
  ax.title(kit.fill(titles.error, frame), { share: 0.54 });
  ax.title(kit.fill(titles.inside, frame), { align: "right", color: "BLUE", share: 0.44 });
}
