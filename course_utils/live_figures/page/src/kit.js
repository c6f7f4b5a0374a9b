// What a view's module gets instead of imports.

import { landscape, landscapeAside, lookAside } from "./landscape.js";
import * as maths from "./maths.js";
import { CLASSES } from "./markers.js";
import { dense } from "./network.js";
import { ramp } from "./theme.js";
import { fill, formatNumber } from "./words.js";

const maps = { landscape, landscapeAside, lookAside };
export const kit = { ...maths, ...maps, CLASSES, dense, fill, formatNumber, ramp };
