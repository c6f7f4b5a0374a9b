// What a layer answers, from its weights as they travel.

import { sigmoid, sum } from "./maths.js";

const ACTIVATIONS = {
  linear: (z) => z,
  relu: (z) => z.map((v) => Math.max(v, 0)),
  sigmoid: (z) => z.map(sigmoid),
  tanh: (z) => z.map(Math.tanh),
  softmax(z) {
    const top = Math.max(...z);
    const e = z.map((v) => Math.exp(v - top));
    return e.map((v) => v / sum(e));
  },
};

// One Dense layer: activation(x @ kernel + bias).
export function dense(x, { kernel, bias, activation }) {
  const z = Array.from(bias);
  x.forEach((value, i) => {
    if (value) for (let k = 0; k < z.length; k++) z[k] += value * kernel[i][k];
  });
  return ACTIVATIONS[activation](z);
}
