// The strip of controls: a slider with a box to type in, radio buttons, a list, a switch, a pad, and Reset in the same row.
// Each control has one value. What its handle can show of it is a display, and never taken for a hand's move.

import { make } from "./make.js";
import { pad } from "./pad.js";
import { followPresets, plain, scaleOf, understand } from "./values.js";

const FEW = 3; // options that stand as radio buttons; more are a list
const MANY = 6; // controls; of more, three stand in a row where there is room

// Names that no other control in the page has, though each widget there may have loaded this module anew.
const fresh = () => `course-${Math.random().toString(36).slice(2)}`;

// Each control below: the element to show, and `show(value)`, which moves it and tells nobody.

function slider(told, moved, complain) {
  const { label, name, unit } = told;
  const { last, at, where } = scaleOf(told);
  const id = fresh();
  const range = make("input", { type: "range", id, min: 0, max: last, step: 1 });
  const box = make("input", { type: "text", inputMode: "decimal", className: "number", autocomplete: "off" });
  box.setAttribute("role", "spinbutton");
  for (const [end, value] of [["valuemin", told.lo], ["valuemax", told.hi], ["label", label]]) box.setAttribute(`aria-${end}`, value);
  let value;

  function show(now) {
    value = now;
    const text = plain(now);
    range.value = where(now);
    box.value = text;
    range.setAttribute("aria-valuetext", unit ? `${text} ${unit}` : text);
    box.setAttribute("aria-valuenow", text);
  }

  function take() {
    if (box.value === plain(value)) return;
    const { value: typed, note } = understand(box.value, told);
    show(typed ?? value);
    if (note) complain(note);
    if (typed !== undefined) moved(name, typed, { done: true, note });
  }

  range.addEventListener("input", () => moved(name, at(range.valueAsNumber), {}));
  range.addEventListener("change", () => moved(name, value, { done: true }));
  box.addEventListener("change", take);
  box.addEventListener("keydown", (event) => {
    const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (way) {
      event.preventDefault();
      moved(name, at(Math.min(Math.max(where(value) + way, 0), last)), { done: true });
    }
    if (event.key === "Enter") take();
    if (event.key === "Escape") box.value = plain(value);
  });
  const element = make("div", { className: "control slider" }, make("label", { htmlFor: id, textContent: label }), range, box);
  return { element, show };
}

function radios({ name, label, options }, moved) {
  const group = fresh();
  const title = make("span", { id: `${group}-label`, textContent: label });
  const buttons = options.map((option) => make("input", { type: "radio", name: group, value: option }));
  const rows = buttons.map((button, i) => make("label", {}, button, options[i]));
  for (const button of buttons) button.addEventListener("change", () => moved(name, button.value, { done: true }));
  const aria = { role: "radiogroup", labelledby: title.id };
  const element = make("div", { className: "control radios", aria }, title, ...rows);
  return { element, show: (value) => buttons.forEach((button) => (button.checked = button.value === value)) };
}

function list({ name, label, options }, moved) {
  const id = fresh();
  const select = make("select", { id }, ...options.map((option) => make("option", { value: option, textContent: option })));
  select.addEventListener("change", () => moved(name, select.value, { done: true }));
  const element = make("div", { className: "control list" }, make("label", { htmlFor: id, textContent: label }), select);
  return { element, show: (value) => (select.value = value) };
}

function checkbox({ name, label }, moved) {
  const box = make("input", { type: "checkbox" });
  box.addEventListener("change", () => moved(name, box.checked, { done: true }));
  return { element: make("label", { className: "control switch" }, box, label), show: (value) => (box.checked = value) };
}

const KINDS = { pad, switch: checkbox, slider };
const kindOf = ({ kind, options }) => (kind === "choice" ? (options.length > FEW ? list : radios) : KINDS[kind]);

// Keys that a control understands stay in it: JupyterLab would walk from cell to cell, or cut one. What is pressed
// with Ctrl, Alt or the like goes on to it, and so do Shift+Enter and Escape.
function keepKeys(event) {
  const command = event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape";
  if (!command && !(event.shiftKey && event.key === "Enter")) event.stopPropagation();
}

// Returns { element, values, set }. `moved(values, done)` is called when a hand has moved something; done: and rests.
// `complain(note)` says why something typed was not taken as it stands.
export function strip({ sliders: told, columns, reset = true }, { moved, complain }) {
  const starts = Object.fromEntries(told.map(({ name, start }) => [name, start]));
  let values = { ...starts };

  function put(now) {
    values = now;
    for (const { name } of told) controls[name].show(values[name]);
  }

  function hand(name, value, { done = false, note = "" }) {
    complain(note);
    put(followPresets(told, values, { ...values, [name]: value }));
    moved({ ...values }, done);
  }

  const controls = Object.fromEntries(told.map((one) => [one.name, kindOf(one)(one, hand, complain)]));
  const button = make("button", { type: "button", textContent: "Reset", title: "all back to the start" });
  button.addEventListener("click", () => {
    complain("");
    put({ ...starts });
    moved({ ...values }, true);
  });
  const longest = Math.max(0, ...told.filter(({ kind }) => kind === "slider").map(({ label }) => label.length));
  const element = make("div", { className: "course-strip" }, ...told.map(({ name }) => controls[name].element));
  if (reset) element.append(button);
  element.classList.toggle("many", told.length > MANY && !columns);
  element.classList.toggle("grid", Boolean(columns));
  element.classList.toggle("drawn", told.some(({ kind }) => kind === "pad"));
  element.style.setProperty("--label", `${0.58 * longest + 0.5}em`);
  element.style.setProperty("--columns", columns ?? 1);
  element.addEventListener("keydown", keepKeys);
  put(values);
  return { element, set: (now) => put({ ...values, ...now }), values: () => ({ ...values }) };
}
