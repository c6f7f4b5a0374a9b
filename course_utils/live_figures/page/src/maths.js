// The few functions of NumPy that the views need, with its results.

export function linspace(first, last, n) {
  const step = (last - first) / (n - 1);
  return Array.from({ length: n }, (_, i) => (i === n - 1 ? last : first + i * step));
}

// Adds as NumPy does, so that the last digits agree: eight sums side by side, and long lists in halves.
export function sum(values, from = 0, n = values.length - from) {
  if (n < 8) {
    let total = 0;
    for (let i = 0; i < n; i++) total += values[from + i];
    return total;
  }
  if (n > 128) {
    const half = n / 2 - ((n / 2) % 8);
    return sum(values, from, half) + sum(values, from + half, n - half);
  }
  const part = Array.from({ length: 8 }, (_, k) => values[from + k]);
  const whole = n - (n % 8);
  for (let i = 8; i < whole; i++) part[i % 8] += values[from + i];
  let total = part[0] + part[1] + (part[2] + part[3]) + (part[4] + part[5] + (part[6] + part[7]));
  for (let i = whole; i < n; i++) total += values[from + i];
  return total;
}

export const mean = (values) => sum(values) / values.length;

export const clip = (value, low, high) => Math.min(Math.max(value, low), high);

export function sigmoid(z) {
  const e = Math.exp(-Math.abs(z));
  return z >= 0 ? 1 / (1 + e) : e / (1 + e);
}

// log(1 + e^z), which never overflows
export const softplus = (z) => (z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z)));

export function argmax(values) {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

export function argmin(values) {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] < values[best]) best = i;
  return best;
}

// A half goes to the even neighbour.
export function roundHalfEven(value) {
  const low = Math.floor(value);
  if (value - low !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}

// A row of numbers as a square of rows, as an image is kept.
export const square = (values, side) =>
  Array.from({ length: side }, (_, i) => values.subarray(i * side, (i + 1) * side));

// Two points of w1 x1 + w2 x2 + b = 0, far apart, on both sides of the middle of the unit square.
export function zeroLine([w1, w2], b) {
  const square = w1 * w1 + w2 * w2;
  if (!square) return [[NaN, NaN], [NaN, NaN]];
  const share = (0.5 * w1 + 0.5 * w2 + b) / square;
  const foot = [0.5 - share * w1, 0.5 - share * w2]; // the point of the line that is nearest to the middle
  const along = [-w2 / Math.sqrt(square), w1 / Math.sqrt(square)];
  return [-3, 3].map((far) => foot.map((x, i) => x + far * along[i]));
}
