// What the controls say, without the page: one value for each, whatever its handle can show of it.

import { clip } from "./maths.js";

// A slider's stops. The handle stands at the one next to the value; the value itself may lie between two.
export function scaleOf({ lo, hi, step, log, whole, decimals }) {
  const last = Math.ceil((log ? Math.log10(hi / lo) : hi - lo) / step - 1e-6);

  function tidy(value) {
    if (whole) return Math.round(value);
    return Number(log ? value.toPrecision(3) : value.toFixed(decimals));
  }

  function at(stop) {
    if (stop <= 0) return lo;
    if (stop >= last) return hi;
    return tidy(log ? lo * 10 ** (stop * step) : lo + stop * step);
  }

  const where = (value) => Math.round((log ? Math.log10(value / lo) : value - lo) / step);
  return { last, at, where: (value) => clip(where(value), 0, last) };
}

// A number as one types it: neither exponents nor the tails of floating point.
export function plain(value) {
  const text = String(value);
  return text.includes("e") ? value.toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 20 }) : text;
}

// What was typed, as a number; undefined where it is none. A comma is a decimal comma; among whole numbers it may
// stand before three digits.
export function parse(text, whole) {
  const typed = text.trim().replace("−", "-");
  if (whole && /^[-+]?\d{1,3}(,\d{3})+$/.test(typed)) return Number(typed.replaceAll(",", ""));
  const number = /^[-+]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?$/i;
  return number.test(typed) ? Number(typed.replace(",", ".")) : undefined;
}

// The value that is taken of what was typed, and a word where it is another one.
export function understand(text, { label, lo, hi, whole }) {
  const value = parse(text, whole);
  if (value === undefined) return { note: `“${text.trim()}” is not a number.` };
  if (whole && !Number.isInteger(value)) return { note: `${label} takes whole numbers.` };
  if (value < lo || value > hi) return { value: clip(value, lo, hi), note: `${label} goes from ${plain(lo)} to ${plain(hi)}.` };
  return { value };
}

// A choice that has changed sets its sliders; a slider that has changed makes the choice one that sets none.
export function followPresets(told, before, now) {
  const values = { ...now };
  for (const { name, kind, sets } of told) {
    if (kind !== "choice" || !Object.keys(sets).length) continue;
    const preset = sets[values[name]];
    if (values[name] !== before[name]) Object.assign(values, preset);
    else if (Object.entries(preset).some(([other, value]) => values[other] !== value))
      values[name] = Object.keys(sets).find((option) => !Object.keys(sets[option]).length);
  }
  return values;
}
