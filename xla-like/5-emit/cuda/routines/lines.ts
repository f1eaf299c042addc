/** Arrays as lines along one dimension. */
import type { DType } from "../../../hlo/dtype.js";
import { sizeOf } from "../../../hlo/shape.js";
import type { Int } from "../../elements/frame.js";
import { isHalf } from "../../scalar/half.js";
import type { GridKernel } from "../grid-kernel.js";

export class Lines {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;

  constructor(dims: readonly number[], dimension: number) {
    this.outer = sizeOf(dims.slice(0, dimension));
    this.length = dims[dimension];
    this.inner = sizeOf(dims.slice(dimension + 1));
  }

  get count(): number {
    return this.outer * this.inner;
  }

  /** Where an element of a line lies. */
  at({ ints }: GridKernel, line: Int, place: Int): Int {
    const { inner, length } = this;
    if (inner === 1) return ints.add(ints.mul(line, length), place);
    const first = ints.add(ints.mul(ints.div(line, inner), length * inner), ints.rem(line, inner));
    return ints.add(first, ints.mul(place, inner));
  }
}

/** The type that elements are moved as, so that their bits stay what they are. */
export const movedAs = (dtype: DType): DType => (isHalf(dtype) ? "uint16" : dtype);
