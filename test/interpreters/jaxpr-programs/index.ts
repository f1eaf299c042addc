import { arrayPrograms } from "./arrays.js";
import { controlPrograms } from "./control.js";
import { elementwisePrograms } from "./elementwise.js";
import { nnPrograms } from "./nn.js";
import { productPrograms } from "./products.js";
import { transformPrograms } from "./transforms.js";
import type { Programs } from "./types.js";

export const programs: Programs = {
  ...elementwisePrograms,
  ...arrayPrograms,
  ...productPrograms,
  ...transformPrograms,
  ...controlPrograms,
  ...nnPrograms,
};
