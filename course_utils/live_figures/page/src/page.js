// The one engine for the course's views: mounted by a page of the site or a slide, or by JupyterLab as a widget.

import { load } from "./load.js";
import { mount } from "./mount.js";
import { render } from "./widget.js";
import { fill, formatNumber } from "./words.js";

export { fill, formatNumber, load, mount };
export default { render };
