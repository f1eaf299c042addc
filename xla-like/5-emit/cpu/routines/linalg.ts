/** The linear algebra of custom-calls: LAPACK's decompositions, over batches of matrices. */
import type { CustomCallTarget, DType, Instr } from "../../../hlo/index.js";
import { dtypeCode } from "../../dtype-code.js";
import { type RoutineSlots, type RoutineThunk, routineThunkOf, shapeOf } from "./routine.js";

type Config = Instr<"custom-call">["config"];

/** LAPACK is for these types alone. */
const lapackTypes: ReadonlySet<DType> = new Set<DType>(["float32", "float64", "complex64", "complex128"]);
/** Larger workspaces do not fit LAPACK's 32-bit lengths. */
const largestSide = 16384;

interface Matrices {
  readonly rows: number;
  readonly columns: number;
}

/** Flags that are left out have LAPACK's and JAX's defaults, as in the reference evaluator. */
const flag = (config: Config, name: string, otherwise: boolean): number => {
  const value = config[name];
  return Number(typeof value === "boolean" ? value : otherwise);
};

/** What follows dtype and batch in each routine's params. `last` is the last operand's matrices. */
const paramsOf: Partial<Record<CustomCallTarget, (last: Matrices, config: Config) => readonly number[]>> = {
  cholesky: ({ rows }) => [rows],
  "triangular-solve": ({ rows, columns }, config) => [
    rows,
    columns,
    flag(config, "leftSide", true),
    flag(config, "lower", true),
    flag(config, "transposeA", false),
    flag(config, "conjugateA", false),
    flag(config, "unitDiagonal", false),
  ],
  lu: ({ rows, columns }) => [rows, columns],
  qr: ({ rows, columns }, config) => [rows, columns, flag(config, "fullMatrices", false)],
  svd: ({ rows, columns }, config) => [
    rows,
    columns,
    flag(config, "computeUv", true),
    flag(config, "fullMatrices", true),
  ],
  eigh: ({ rows }, config) => [rows, flag(config, "lower", true)],
  eig: ({ rows }, config) => [rows, flag(config, "computeLeft", true), flag(config, "computeRight", true)],
  schur: ({ rows }) => [rows],
  hessenberg: ({ rows }) => [rows],
};

export function linalgThunk(i: Instr<"custom-call">, slots: RoutineSlots): RoutineThunk | undefined {
  const params = paramsOf[i.target];
  // A callback may have no operands at all.
  if (params === undefined) return undefined;
  const { dtype } = shapeOf(i.operands[0]);
  const { dims } = shapeOf(i.operands[i.operands.length - 1]);
  const [rows, columns] = dims.slice(-2);
  if (!lapackTypes.has(dtype) || Math.max(rows, columns) > largestSide) return undefined;
  const batch = dims.slice(0, -2).reduce((n, d) => n * d, 1);
  return routineThunkOf(i.target, slots, [dtypeCode(dtype), batch, ...params({ rows, columns }, i.config)]);
}
