/** Row-major index arithmetic. */

/** How far apart neighbours along each dimension lie. */
export const rowMajor = (dims: readonly number[]): number[] => {
  const strides = new Array<number>(dims.length);
  let step = 1;
  for (let d = dims.length - 1; d >= 0; d--) {
    strides[d] = step;
    step *= dims[d];
  }
  return strides;
};

/** Linear offsets of all places of a box, in row-major order. */
export const boxOffsets = (dims: readonly number[], strides: readonly number[]): Int32Array => {
  let offsets = new Int32Array([0]);
  dims.forEach((n, d) => {
    const next = new Int32Array(offsets.length * n);
    let at = 0;
    for (const o of offsets) for (let i = 0; i < n; i++) next[at++] = o + i * strides[d];
    offsets = next;
  });
  return offsets;
};

/** Steps through a box in row-major order; false once it has wrapped around. */
export const advance = (index: number[], dims: readonly number[]): boolean => {
  for (let d = dims.length - 1; d >= 0; d--) {
    index[d] += 1;
    if (index[d] < dims[d]) return true;
    index[d] = 0;
  }
  return false;
};

export const dotProduct = (a: readonly number[], b: readonly number[]): number => {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d] * b[d];
  return sum;
};
