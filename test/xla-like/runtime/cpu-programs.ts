/** Programs made by hand as the compiler would make them: what the tests of the runtime run. */
import type { Plan, Slot, SlotHome, Thunk } from "../../../xla-like/5-emit/plan.js";
import {
  type ArrayShape,
  arrayShape,
  type Client,
  HloBuilder,
  type HloModule,
  type HostArray,
} from "../../../xla-like/index.js";
import type { CpuProgram, HostCallback } from "../../../xla-like/pipeline/cpu-program.js";
import { makeCpuClient } from "../../../xla-like/runtime/cpu-client.js";
import type { NativeJit } from "../../../xla-like/runtime/native.js";

/** `args[last][i] = args[0][i] <op> …` for i in [begin, end), on floats: scalar code, but it is only a test. */
export const elementwiseKernel = (symbol: string, body: string, inputs: number): string => `
define void @${symbol}(ptr %args, i64 %begin, i64 %end) {
entry:
${Array.from({ length: inputs + 1 }, (_, k) => `  %a${k} = getelementptr ptr, ptr %args, i64 ${k}\n  %p${k} = load ptr, ptr %a${k}`).join("\n")}
  %some = icmp slt i64 %begin, %end
  br i1 %some, label %loop, label %done
loop:
  %i = phi i64 [ %begin, %entry ], [ %next, %loop ]
${Array.from({ length: inputs }, (_, k) => `  %q${k} = getelementptr float, ptr %p${k}, i64 %i\n  %x${k} = load float, ptr %q${k}`).join("\n")}
${body}
  %q${inputs} = getelementptr float, ptr %p${inputs}, i64 %i
  store float %r, ptr %q${inputs}
  %next = add i64 %i, 1
  %more = icmp slt i64 %next, %end
  br i1 %more, label %loop, label %done
done:
  ret void
}
`;

export const floats = (n: number): ArrayShape => arrayShape("float32", [n]);

/** A module of this signature, which nobody evaluates. */
export const signature = (parameters: readonly ArrayShape[], results: readonly ArrayShape[]): HloModule => {
  const b = new HloBuilder("entry");
  for (const shape of parameters) b.parameter(shape);
  return b.module(
    "by_hand",
    results.map((shape) => b.broadcast(b.constant(shape.dtype, [], zeroOf(shape)), shape.dims, [])),
  );
};

const zeroOf = (shape: ArrayShape): HostArray => {
  if (shape.dtype !== "float32" && shape.dtype !== "int32") throw new Error(`no zero of ${shape.dtype}`);
  return shape.dtype === "float32" ? new Float32Array(1) : new Int32Array(1);
};

export const slot = (home: SlotHome, bytes: number): Slot => ({ home, bytes });

export interface Parts {
  readonly llvm?: string | readonly string[];
  readonly symbols?: readonly string[];
  readonly slots: readonly Slot[];
  readonly thunks: readonly Thunk[];
  readonly parameters: readonly ArrayShape[];
  readonly results: readonly ArrayShape[];
  readonly outputs: Plan["outputs"];
  readonly donated?: readonly number[];
  readonly arenaBytes?: number;
  readonly constants?: Uint8Array;
  readonly cost?: Plan["cost"];
  readonly callbacks?: readonly HostCallback[];
}

export const program = (parts: Parts): CpuProgram => ({
  llvm: parts.llvm ?? [],
  symbols: parts.symbols ?? [],
  callbacks: parts.callbacks ?? [],
  module: signature(parts.parameters, parts.results),
  plan: {
    name: "by_hand",
    slots: parts.slots,
    arenaBytes: parts.arenaBytes ?? 0,
    parameters: parts.parameters.map(
      (_, i) => parts.slots.find((s) => s.home.kind === "parameter" && s.home.index === i)?.bytes ?? 0,
    ),
    donated: parts.donated ?? [],
    outputs: parts.outputs,
    constants: parts.constants ?? new Uint8Array(0),
    thunks: parts.thunks,
    cost: parts.cost ?? { flops: 0, bytes: 0 },
  },
});

/** out[0] = x + y, both of n floats. */
export const addition = (n: number, over: Partial<Parts> = {}): CpuProgram =>
  program({
    llvm: elementwiseKernel("add", "  %r = fadd float %x0, %x1", 2),
    symbols: ["add"],
    parameters: [floats(n), floats(n)],
    results: [floats(n)],
    slots: [
      slot({ kind: "parameter", index: 0 }, 4 * n),
      slot({ kind: "parameter", index: 1 }, 4 * n),
      slot({ kind: "output", index: 0 }, 4 * n),
    ],
    outputs: [{ slot: 2, bytes: 4 * n }],
    thunks: [{ kind: "kernel", symbol: "add", args: [0, 1, 2], units: n, grain: 4096 }],
    ...over,
  });

/** A client that compiles nothing: its programs are given to it. */
export const clientOf = (
  jit: NativeJit,
): { client: Client; load: (p: CpuProgram) => ReturnType<Client["compile"]> } => {
  const programs = new Map<HloModule, CpuProgram>();
  const client = makeCpuClient(jit, (module) => programs.get(module) as CpuProgram);
  return {
    client,
    load: (p) => {
      programs.set(p.module, p);
      return client.compile(p.module, client.devices[0]);
    },
  };
};
