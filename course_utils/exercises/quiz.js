// The questions of a lesson. A reason appears here at once, also while the kernel is busy with something long;
// Python counts the tries and says the words below.

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// Arrows only walk, the space bar chooses: by keyboard too the first choice is meant. JupyterLab must not see
// these keys, it would walk from cell to cell.
function walk(event) {
  const step = STEPS[event.key];
  if (step && event.target.type === "radio") {
    const radios = [...event.target.closest("fieldset").querySelectorAll("input")];
    radios.at((radios.indexOf(event.target) + step) % radios.length).focus();
    event.preventDefault();
  }
  if (step || event.key === " ") event.stopPropagation();
}

function render({ model, el }) {
  const group = Math.random().toString(36).slice(2); // a second view of the same quiz has radio buttons of its own
  const shows = [];

  function option({ text, reason, right }, i, k) {
    const radio = make("input", { type: "radio", name: `${group}-${i}` });
    const why = make("div", { className: right ? "why right" : "why wrong" });
    why.setAttribute("role", "status");
    radio.addEventListener("change", () => {
      model.set("tries", model.get("tries").map((tried, at) => (at === i ? [...tried, k] : tried)));
      model.save_changes();
    });
    shows.push((tries) => {
      radio.checked = tries[i].at(-1) === k;
      if (tries[i].includes(k) !== Boolean(why.innerHTML)) why.innerHTML = why.innerHTML ? "" : reason;
    });
    return make("div", {}, make("label", {}, radio, make("span", { innerHTML: text })), why);
  }

  function question({ ask, options }, i) {
    const legend = make("legend", { innerHTML: `<b>${i + 1}.</b> ${ask}` });
    return make("fieldset", {}, legend, ...options.map((each, k) => option(each, i, k)));
  }

  const said = make("div", { className: "said" });
  said.setAttribute("role", "status");
  const questions = model.get("items").map(question);

  function show() {
    for (const each of shows) each(model.get("tries"));
    said.textContent = model.get("said");
  }

  el.classList.add("course-quiz");
  el.addEventListener("keydown", walk);
  el.append(...questions, said);
  model.on("change:tries change:said", show);
  show();
  return () => model.off("change:tries change:said", show);
}

export default { render };
