// How recorded Python calls are written here: per function the Python parameters in order, those after "|" in the options.
const signatures: Readonly<Record<string, string>> = {
  isclose: "a b | rtol atol equal_nan",
  allclose: "a b | rtol atol equal_nan",
  array_equal: "a b | equal_nan",
  round: "a | decimals",
  around: "a | decimals",
  nan_to_num: "x | copy nan posinf neginf",
  angle: "z | deg",
  clip: "a min max",
  unwrap: "p | discont axis period",
  quantile: "a q axis | method keepdims",
  percentile: "a q axis | method keepdims",
  nanquantile: "a q axis | method keepdims",
  nanpercentile: "a q axis | method keepdims",
  cumulative_sum: "x | axis dtype include_initial",
  cumulative_prod: "x | axis dtype include_initial",
  array: "object | dtype copy order ndmin",
  asarray: "a | dtype",
  zeros: "shape | dtype",
  ones: "shape | dtype",
  empty: "shape | dtype",
  full: "shape fill_value | dtype",
  zeros_like: "a | dtype shape",
  ones_like: "a | dtype shape",
  empty_like: "a | dtype shape",
  full_like: "a fill_value | dtype shape",
  eye: "N M | k dtype",
  identity: "n | dtype",
  tri: "N M | k dtype",
  arange: "start stop step | dtype",
  linspace: "start stop num | endpoint retstep dtype axis",
  logspace: "start stop num | endpoint base dtype axis",
  geomspace: "start stop num | endpoint dtype axis",
  indices: "dimensions | dtype sparse",
  fromfunction: "f shape | dtype",
  astype: "x dtype",
  diag: "v k",
  diagflat: "v k",
  diagonal: "a | offset axis1 axis2",
  trace: "a | offset axis1 axis2 dtype",
  tril: "m k",
  triu: "m k",
  vander: "x N | increasing",
  tril_indices: "n k m",
  triu_indices: "n k m",
  diag_indices: "n ndim",
  mask_indices: "n mask_func k",
  nonzero: "a | size fill_value",
  flatnonzero: "a | size fill_value",
  argwhere: "a | size fill_value",
  choose: "a choices | mode",
  compress: "condition a axis | size fill_value",
  extract: "condition arr | size fill_value",
  take: "a indices axis | mode fill_value",
  take_along_axis: "arr indices axis | mode fill_value",
  put_along_axis: "arr indices values axis | mode",
  put: "a ind v | mode",
  fill_diagonal: "a val | wrap",
  ravel_multi_index: "multi_index dims | mode order",
  where: "condition x y | size fill_value",
  ptp: "a axis | keepdims",
  median: "a axis | keepdims",
  nanmedian: "a axis | keepdims",
  count_nonzero: "a axis | keepdims",
  average: "a axis | weights returned keepdims",
  reshape: "a shape | order",
  ravel: "a | order",
  squeeze: "a axis",
  expand_dims: "a axis",
  flip: "m axis",
  roll: "a shift axis",
  repeat: "a repeats axis | total_repeat_length",
  concatenate: "arrays axis | dtype",
  concat: "arrays axis",
  stack: "arrays axis | dtype",
  append: "arr values axis",
  split: "ary indices_or_sections axis",
  array_split: "ary indices_or_sections axis",
  unstack: "x axis",
  insert: "arr obj values axis",
  delete: "arr obj axis | assume_unique_indices",
  trim_zeros: "filt | trim axis",
  trapezoid: "y x | dx axis",
  piecewise: "x condlist funclist",
  sort: "a axis | stable descending",
  argsort: "a axis | stable descending",
  lexsort: "keys axis",
  partition: "a kth axis",
  argpartition: "a kth axis",
  vecdot: "a b axis",
  tensordot: "a b axes",
  "linalg.tensordot": "a b axes",
  "linalg.norm": "x | ord axis keepdims",
  "fft.fftshift": "x axes",
  "fft.ifftshift": "x axes",
  polyint: "p | m k",
  polyder: "p | m",
  cov: "m y | rowvar bias ddof fweights aweights dtype",
};

const reductions = "a axis | dtype keepdims initial where ddof correction mean";
for (const name of ["sum", "prod", "max", "min", "amax", "amin", "mean", "var", "std", "all", "any"]) {
  (signatures as Record<string, string>)[name] = reductions;
  if (!name.startsWith("a")) (signatures as Record<string, string>)[`nan${name}`] = reductions;
}
for (const name of ["argmax", "argmin", "nanargmax", "nanargmin"]) {
  (signatures as Record<string, string>)[name] = "a axis | keepdims";
}
for (const name of ["cumsum", "cumprod", "nancumsum", "nancumprod"]) {
  (signatures as Record<string, string>)[name] = "a axis | dtype";
}

/** The parameters given by position, and all in Python's order. */
export function signatureOf(
  fn: string,
): { readonly positional: readonly string[]; readonly all: readonly string[] } | undefined {
  const text = signatures[fn];
  if (text === undefined) return undefined;
  const [positional, options = ""] = text.split("|").map((part) => part.trim().split(/\s+/).filter(Boolean));
  return { positional, all: [...positional, ...options] };
}

/** `value_and_grad` as `valueAndGrad`. */
export const camelCase = (name: string): string =>
  name.replace(/_$/, "").replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase());
