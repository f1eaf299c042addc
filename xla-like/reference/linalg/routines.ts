/** The linear-algebra routines that custom-calls name, over batches of matrices. */
import { type HostArray, hostArray, isComplex } from "../../hlo/dtype.js";
import type { AttentionTarget, CustomCallTarget, Instr } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { operandShape } from "../elementwise/expression.js";
import { decodeTable, encodeFloat } from "../half.js";
import type { Kernel } from "../host.js";
import { decomposeGeneral } from "./eig.js";
import { decomposeHessenberg, decomposeQR } from "./householder.js";
import { decomposeHermitian, decomposeSingular } from "./jacobi.js";
import { decomposeLU } from "./lu.js";
import { Matrix } from "./matrix.js";
import { decomposeSchur } from "./schur.js";
import { cholesky, triangularSolve } from "./triangular.js";

export type LinalgTarget = Exclude<CustomCallTarget, AttentionTarget | "fft" | "callback" | "allocate">;
type Config = Instr<"custom-call">["config"];

const flag = (config: Config, name: string, otherwise: boolean): boolean => {
  const value = config[name];
  return typeof value === "boolean" ? value : otherwise;
};

/** The results of one matrix. Flags that are left out have LAPACK's and JAX's defaults. */
const routine = (target: LinalgTarget, config: Config, [a, b]: readonly Matrix[]): readonly Matrix[] => {
  switch (target) {
    case "cholesky":
      return [cholesky(a)];
    case "triangular-solve":
      return [
        triangularSolve(a, b, {
          leftSide: flag(config, "leftSide", true),
          lower: flag(config, "lower", true),
          transposeA: flag(config, "transposeA", false),
          conjugateA: flag(config, "conjugateA", false),
          unitDiagonal: flag(config, "unitDiagonal", false),
        }),
      ];
    case "lu": {
      const { lu, pivots, permutation } = decomposeLU(a);
      return [lu, pivots, permutation];
    }
    case "qr": {
      const { q, r } = decomposeQR(a, flag(config, "fullMatrices", false));
      return [q, r];
    }
    case "eigh": {
      const { vectors, values } = decomposeHermitian(a, flag(config, "lower", true));
      return [vectors, values];
    }
    case "svd": {
      const { u, s, vt } = decomposeSingular(a, flag(config, "fullMatrices", true));
      return flag(config, "computeUv", true) ? [s, u, vt] : [s];
    }
    case "eig": {
      const { values, left, right } = decomposeGeneral(a);
      const wanted = [flag(config, "computeLeft", true), flag(config, "computeRight", true)];
      return [values, ...(wanted[0] ? [left] : []), ...(wanted[1] ? [right] : [])];
    }
    case "schur": {
      const { t, q } = decomposeSchur(a);
      return [t, q];
    }
    case "hessenberg": {
      const { h, q } = decomposeHessenberg(a);
      return [h, q];
    }
  }
};

const loadMatrix = (i: Instr<"custom-call">, k: number, data: HostArray, batch: number): Matrix => {
  const { dtype, dims } = operandShape(i, k);
  const [rows, columns] = dims.slice(-2);
  const m = new Matrix(rows, columns);
  const start = batch * rows * columns;
  const decode = dtype === "float16" || dtype === "bfloat16" ? decodeTable(dtype) : undefined;
  for (let e = 0; e < rows * columns; e++) {
    if (isComplex(dtype)) {
      m.re[e] = Number(data[2 * (start + e)]);
      m.im[e] = Number(data[2 * (start + e) + 1]);
    } else {
      const x = Number(data[start + e]);
      m.re[e] = decode === undefined ? x : decode[x];
    }
  }
  return m;
};

export const linalgKernel = (i: Instr<"custom-call">, target: LinalgTarget): Kernel => {
  const { dims } = operandShape(i, 0);
  const batches = sizeOf(dims.slice(0, -2));
  const shapes = i.shape.elements;
  const sizes = shapes.map((s) => (batches === 0 ? 0 : sizeOf(s.dims) / batches));

  return (operands) => {
    const outs = shapes.map((s) => hostArray(s.dtype, sizeOf(s.dims)));
    for (let batch = 0; batch < batches; batch++) {
      const inputs = operands.map((x, k) => loadMatrix(i, k, x as HostArray, batch));
      const results = routine(target, i.config, inputs);
      shapes.forEach(({ dtype }, k) => {
        const { re, im } = results[k];
        if (re.length !== sizes[k]) {
          throw new TypeError(`${target}: result ${k} has ${re.length} elements, but its shape has ${sizes[k]}`);
        }
        const out = outs[k];
        const start = batch * sizes[k];
        const encode = dtype === "float16" || dtype === "bfloat16" ? encodeFloat(dtype) : (x: number) => x;
        for (let e = 0; e < re.length; e++) {
          if (isComplex(dtype)) {
            out[2 * (start + e)] = re[e];
            out[2 * (start + e) + 1] = im[e];
          } else out[start + e] = encode(re[e]);
        }
      });
    }
    return outs;
  };
};
