/**
 * The inner kernel of matrix products: 4 × 4 tiles over operands packed into panels of four rows, summed in float64.
 * In a panel the four rows' entries for one k lie together, so that a tile reads both panels straight through.
 */

const tile = 4;

export const panelCount = (rows: number): number => Math.ceil(rows / tile);
export const packedLength = (rows: number, depth: number): number => panelCount(rows) * tile * depth;

/** One tile: all sixteen sums over `depth`, from `start` on, written to `sums`. */
const multiplyTile = (
  a: Float64Array,
  b: Float64Array,
  q0: number,
  depth: number,
  start: number,
  sums: Float64Array,
) => {
  let c00 = start;
  let c01 = start;
  let c02 = start;
  let c03 = start;
  let c10 = start;
  let c11 = start;
  let c12 = start;
  let c13 = start;
  let c20 = start;
  let c21 = start;
  let c22 = start;
  let c23 = start;
  let c30 = start;
  let c31 = start;
  let c32 = start;
  let c33 = start;
  const end = tile * depth;
  for (let p = 0, q = q0; p < end; p += tile, q += tile) {
    const y0 = b[q];
    const y1 = b[q + 1];
    const y2 = b[q + 2];
    const y3 = b[q + 3];
    let x = a[p];
    c00 += x * y0;
    c01 += x * y1;
    c02 += x * y2;
    c03 += x * y3;
    x = a[p + 1];
    c10 += x * y0;
    c11 += x * y1;
    c12 += x * y2;
    c13 += x * y3;
    x = a[p + 2];
    c20 += x * y0;
    c21 += x * y1;
    c22 += x * y2;
    c23 += x * y3;
    x = a[p + 3];
    c30 += x * y0;
    c31 += x * y1;
    c32 += x * y2;
    c33 += x * y3;
  }
  sums[0] = c00;
  sums[1] = c01;
  sums[2] = c02;
  sums[3] = c03;
  sums[4] = c10;
  sums[5] = c11;
  sums[6] = c12;
  sums[7] = c13;
  sums[8] = c20;
  sums[9] = c21;
  sums[10] = c22;
  sums[11] = c23;
  sums[12] = c30;
  sums[13] = c31;
  sums[14] = c32;
  sums[15] = c33;
};

/** Packs the rows first … first+count-1 (of `rows` places, the rest is zero) into `panels`. */
export type PackRows = (panels: Float64Array, first: number, count: number) => void;
/** Takes the sum of row m and column n. */
export type StoreSum = (m: number, n: number, sum: number) => void;

/** Packed columns that stay in the second-level cache while all rows pass by. */
const cachedElements = 1 << 17;

/** Sums over `depth`, from `start` on, of every row of the left operand times every column of the right one. */
export const multiplyPacked = (
  rows: number,
  columns: number,
  depth: number,
  start: number,
  packLeft: PackRows,
  packRight: PackRows,
  store: StoreSum,
): void => {
  const blockColumns = Math.max(tile, Math.floor(cachedElements / Math.max(1, depth) / tile) * tile);
  const right = new Float64Array(packedLength(Math.min(columns, blockColumns), depth));
  const left = new Float64Array(packedLength(tile, depth));
  const sums = new Float64Array(tile * tile);
  for (let column = 0; column < columns; column += blockColumns) {
    const columnCount = Math.min(blockColumns, columns - column);
    packRight(right, column, columnCount);
    for (let row = 0; row < rows; row += tile) {
      const rowCount = Math.min(tile, rows - row);
      packLeft(left, row, rowCount);
      for (let c = 0; c < columnCount; c += tile) {
        multiplyTile(left, right, c * depth, depth, start, sums);
        const width = Math.min(tile, columnCount - c);
        for (let i = 0; i < rowCount; i++) {
          for (let j = 0; j < width; j++) store(row + i, column + c + j, sums[i * tile + j]);
        }
      }
    }
  }
};
