// Numbers and sentences, to the letter as course_utils/formatting.py and live_figures/sentences.py write them.

const MINUS = "−";
const BIGGEST_FIXED = 1e21; // from here on every float is a whole number, and longer than the digits below

// The digits of |value|, exactly, and the power of ten of the first of them.
function decimal(value) {
  const [digits, exponent] = Math.abs(value).toExponential(100).split("e");
  return [digits.replace(".", ""), Number(exponent)];
}

// The first `keep` of these digits as a whole number. A tie goes to the even one, as in Python.
function round(digits, keep) {
  if (keep < 0) return 0n;
  const head = BigInt(digits.slice(0, keep) || "0");
  const rest = digits.slice(keep);
  const half = "5".padEnd(rest.length, "0");
  const up = rest > half || (rest === half && head % 2n === 1n);
  return up ? head + 1n : head;
}

function fixed(value, decimals) {
  const big = Math.abs(value) >= BIGGEST_FIXED;
  const [digits, exponent] = decimal(value);
  const units = big ? BigInt(Math.abs(value)) * 10n ** BigInt(decimals) : round(digits, exponent + 1 + decimals);
  const text = String(units).padStart(decimals + 1, "0");
  const whole = text.slice(0, text.length - decimals);
  return decimals ? `${whole}.${text.slice(-decimals)}` : whole;
}

// Of so many significant digits: the digits, and the power of ten of the first one after rounding.
function significant(value, precision) {
  const [digits, exponent] = decimal(value);
  const text = String(round(digits, precision)).padEnd(precision, "0");
  return text.length > precision ? [text.slice(0, precision), exponent + 1] : [text, exponent];
}

function exponential(digits, exponent) {
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function withoutZeros(text) {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function general(value, precision) {
  if (value === 0) return "0";
  const [digits, exponent] = significant(value, precision);
  if (exponent < -4 || exponent >= precision) return exponential(digits.replace(/0+$/, "") || "0", exponent);
  return withoutZeros(fixed(value, precision - 1 - exponent));
}

function short(value) {
  const size = Math.abs(value);
  if (value !== 0 && !(size >= 0.0005 && size < 1000)) return exponential(...significant(value, 1));
  return withoutZeros(fixed(value, 3));
}

function unsigned(value, form) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return "inf";
  if (form === "short") return short(value);
  const [, comma, precision, kind] = form.match(/^(,)?(?:\.(\d+))?([dfge])?$/);
  const places = precision === undefined ? 6 : Number(precision);
  const written = {
    d: () => String(BigInt(Math.abs(value))),
    f: () => fixed(value, places),
    g: () => general(value, places || 1),
    e: () => exponential(...significant(value, places + 1)),
  };
  const text = written[kind ?? "d"]();
  return comma ? text.replace(/\B(?=(\d{3})+(?!\d))/g, ",") : text;
}

export function formatNumber(value, form = "d") {
  const number = Number(value);
  const text = unsigned(number, form === "(short)" ? "short" : form).replaceAll("-", MINUS);
  const negative = number < 0 && /[^0.]/.test(text);
  const signed = negative ? MINUS + text : text;
  return form === "(short)" && negative ? `(${signed})` : signed;
}

function formatField(value, form) {
  if (typeof value === "string") return value;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value, (one) => formatField(one, form)).join(", ");
  return formatNumber(value, form || "d");
}

// {w:.2f} is a number, {a:.2f} of a sequence all of it, {a[0]:.2f} its first number; {{ is a brace.
export function fill(template, numbers) {
  return template.replace(/\{\{|\}\}|\{([^{}[\]:]+)((?:\[[^\]]+\])*)(?::([^{}]*))?\}/g, (all, name, keys, form) => {
    if (name === undefined) return all[0];
    const path = [...keys.matchAll(/\[([^\]]+)\]/g)].map((found) => found[1]);
    return formatField(path.reduce((value, key) => value[key], numbers[name]), form);
  });
}
