// Puts the views and the questions of a page where their stored pictures and words stand; those stay for print.
// Each is told in a script of JSON behind what is stored, so that a page opened from a file has it at once.

// A quiz without a kernel: what has been chosen is known as long as the page is open.
function remembered(items) {
  const state = { items, tries: items.map(() => []), said: "" };
  const followers = [];
  return {
    get: (name) => state[name],
    set: (name, value) => (state[name] = value),
    save_changes: () => followers.forEach((follow) => follow()),
    on: (_, follow) => followers.push(follow),
    off() {},
  };
}

async function bring(script) {
  const told = JSON.parse(script.textContent);
  const stored = script.closest(".output") ?? script; // of the site: the picture stands in an output before it
  const moves = document.createElement("div");
  moves.className = "course-moves";
  if (script.dataset.course === "view") await page.mount(moves, told);
  else quiz.render({ model: remembered(told), el: moves });
  const isStored = told.module ? (part) => part.matches("img, figcaption") || part.querySelector("img") : () => true;
  for (const part of stored.parentElement.children) if (isStored(part)) part.classList.add("course-stored");
  stored.after(moves);
}

// What fails keeps its picture.
async function start() {
  const scripts = [...document.querySelectorAll("script[data-course]")];
  await Promise.all(scripts.map((script) => bring(script).catch(console.error)));
}

return { ready: start() };
