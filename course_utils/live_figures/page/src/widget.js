// A view in JupyterLab. The kernel learns the values: of a picture that the page draws when the hand rests, of one
// that the kernel draws at once; the widgets' own queue keeps the newest until the kernel has answered the one before.

import { mount } from "./mount.js";

const REST = 150; // ms

export async function render({ model, el }) {
  const me = Math.random().toString(36).slice(2); // whose move it was: this view's, another's, or the kernel's
  const view = model.get("page");
  let planned = 0;

  function tell() {
    clearTimeout(planned);
    planned = 0;
    model.set("state", { values: page.values(), by: me });
    model.save_changes();
  }

  function moved(_, done) {
    if (done || !view.module) return tell();
    clearTimeout(planned);
    planned = setTimeout(tell, REST);
  }

  const page = await mount(el, view, { moved });
  page.set(model.get("state").values);

  function follow() {
    const { values, by } = model.get("state");
    if (by === me) return;
    clearTimeout(planned);
    page.set(values);
  }

  const handlers = { "change:state": follow };
  if (!view.module && !view.bare) {
    handlers["change:words"] = () => page.say(...model.get("words"));
    handlers["change:picture"] = () => page.show(model.get("picture"));
    handlers["change:words"]();
    handlers["change:picture"]();
  }
  for (const [event, handler] of Object.entries(handlers)) model.on(event, handler);
  return () => {
    for (const [event, handler] of Object.entries(handlers)) model.off(event, handler);
    if (planned) tell();
    page.close();
  };
}
