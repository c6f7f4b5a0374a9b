// A view as Python tells it: its sliders, its sentences, its data, and the source of its module.

import { kit } from "./kit.js";
import { fill } from "./words.js";

const TYPES = { float64: Float64Array, float32: Float32Array, int32: Int32Array, int16: Int16Array, uint8: Uint8Array };
const NUMBERS = { NaN, Infinity, "-Infinity": -Infinity };

// Arrays travel as bytes: from a kernel as such, in a page as base64. Here they are rows of rows of numbers.
function unpack({ dtype, shape, bytes }) {
  const raw = typeof bytes === "string" ? Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)) : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return rows(new TYPES[dtype](raw.slice().buffer), shape);
}

function rows(flat, [first, ...rest]) {
  if (!rest.length) return flat;
  const size = flat.length / first;
  return Array.from({ length: first }, (_, i) => rows(flat.subarray(i * size, (i + 1) * size), rest));
}

function revive(value) {
  if (typeof value === "string") return NUMBERS[value] ?? value;
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== "object") return value;
  if (value.dtype) return unpack(value);
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, revive(entry)]));
}

// A page opened from a file loads no script beside it, so the module comes as text.
async function imported(source) {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

// Returns { frame(values), sentence(frame), draw(canvas, frame) }.
export async function load({ module: source, data: told, sentences }) {
  const module = await imported(source);
  const data = revive(told);
  if (module.prepare) Object.assign(data, module.prepare(data, kit)); // what is worked out once
  return {
    frame: (values) => module.frame(values, data, kit),
    draw: (canvas, frame) => module.draw(canvas, frame, data, kit),
    sentence(frame) {
      const { name, numbers } = module.words(frame, data, kit);
      return fill(sentences[name], numbers);
    },
  };
}
