// What a view's module gets instead of imports.

import { isolines } from "./isolines.js";
import { heightColor, landscape } from "./landscape.js";
import * as maths from "./maths.js";
import { CLASSES } from "./markers.js";
import { ramp } from "./theme.js";
import { fill, formatNumber } from "./words.js";

export const kit = { ...maths, CLASSES, fill, formatNumber, heightColor, isolines, landscape, ramp };
