/**
 * Loops whose turns are short: condition and body as one function that calls their kernels, so that a turn costs a few
 * calls and the runtime sees one kernel. What it does with slots is what the runtime does with a `while` thunk; now and
 * then it asks the run's `Control`, which comes after the arguments of all kernels (plan.h), whether to end.
 */
import type { SlotId, Thunk } from "../plan.js";

type While = Extract<Thunk, { readonly kind: "while" }>;
type Kernel = Extract<Thunk, { readonly kind: "kernel" }>;
type Copy = Extract<Thunk, { readonly kind: "copy" }>;

/** Longer copies are the runtime's. */
const longestCopy = 4096;
const mostThunks = 64;

const isShort = (t: Thunk): t is Kernel | Copy =>
  (t.kind === "kernel" && t.units <= t.grain) || (t.kind === "copy" && t.bytes <= longestCopy);

export interface LoopFunction {
  readonly text: string;
  /** What the function's arguments are. */
  readonly args: readonly SlotId[];
  /** The kernels that it calls. */
  readonly callees: readonly string[];
}

/** The loop as a function, if all it does is to run small kernels. It asks whether to end every 2 ** `patience` turns. */
export function loopFunction(
  symbol: string,
  loop: While,
  bytesOf: (slot: SlotId) => number,
  patience: number,
): LoopFunction | undefined {
  const { condition, body, predicate, swaps } = loop;
  const thunks = [...condition, ...body];
  if (thunks.length > mostThunks || !thunks.every(isShort)) return undefined;
  return new Writer(loop, bytesOf, patience).write(
    symbol,
    condition as (Kernel | Copy)[],
    body as (Kernel | Copy)[],
    predicate,
    swaps,
  );
}

class Writer {
  readonly #slots: SlotId[] = [];
  readonly #swapped: ReadonlySet<SlotId>;
  readonly #lines: string[] = [];
  readonly #callees = new Set<string>();
  /** Where each slot's pointer stands in the kernels' argument lists. */
  readonly #places = new Map<SlotId, string[]>();
  #names = 0;

  constructor(
    loop: While,
    private readonly bytesOf: (slot: SlotId) => number,
    private readonly patience: number,
  ) {
    this.#swapped = new Set(loop.swaps.flat());
  }

  write(
    symbol: string,
    condition: readonly (Kernel | Copy)[],
    body: readonly (Kernel | Copy)[],
    predicate: SlotId,
    swaps: While["swaps"],
  ): LoopFunction {
    const calls = new Map<Kernel, string>();
    const kernels = [...condition, ...body].filter((t) => t.kind === "kernel");
    for (const kernel of kernels) calls.set(kernel, this.#argumentList(kernel));
    for (const slot of this.#swapped) {
      this.#line(`%cell${slot} = alloca ptr`);
      this.#line(`store ptr ${this.#home(slot)}, ptr %cell${slot}`);
    }
    for (const t of [...condition, ...body]) if (t.kind === "copy") [t.from, t.to].forEach((s) => this.#home(s));
    this.#home(predicate);
    this.#line("br label %turn");
    this.#label("turn");
    this.#line("%turns = phi i64 [ 0, %entry ], [ %next, %body ], [ %next, %ask ]");
    this.#run(condition, calls);
    const flag = this.#value(`load i8, ptr ${this.#pointer(predicate)}`);
    const goesOn = this.#value(`icmp ne i8 ${flag}, 0`);
    this.#line(`br i1 ${goesOn}, label %body, label %done`);
    this.#label("body");
    this.#run(body, calls);
    for (const [a, b] of swaps) this.#swap(a, b);
    this.#line("%next = add i64 %turns, 1");
    const left = this.#value(`and i64 %next, ${2 ** this.patience - 1}`);
    const goesOnUnasked = this.#value(`icmp ne i64 ${left}, 0`);
    this.#line(`br i1 ${goesOnUnasked}, label %turn, label %ask`);
    this.#label("ask");
    const ended = this.#value("load ptr, ptr %control");
    this.#line(`br i1 ${this.#value(`call i1 ${ended}(ptr %control)`)}, label %done, label %turn`);
    this.#label("done");
    for (const [a] of swaps) this.#bringHome(a);
    this.#line("ret void");

    const heads = this.#slots.flatMap((slot, k) => [
      `  %at${slot} = getelementptr ptr, ptr %args, i64 ${k}`,
      `  %slot${slot} = load ptr, ptr %at${slot}`,
    ]);
    heads.push(`  %last = getelementptr ptr, ptr %args, i64 ${this.#slots.length}`, "  %control = load ptr, ptr %last");
    const callees = [...this.#callees];
    const text = [
      `define void @${symbol}(ptr %args, i64 %begin, i64 %end) nounwind {`,
      "entry:",
      ...heads,
      ...this.#lines,
      "}",
    ].join("\n");
    return { text, args: this.#slots, callees };
  }

  #line(text: string): void {
    this.#lines.push(`  ${text}`);
  }

  #label(name: string): void {
    this.#lines.push(`${name}:`);
  }

  #value(operation: string): string {
    const name = `%x${this.#names++}`;
    this.#line(`${name} = ${operation}`);
    return name;
  }

  /** The pointer that the slot had when the loop began. */
  #home(slot: SlotId): string {
    if (!this.#slots.includes(slot)) this.#slots.push(slot);
    return `%slot${slot}`;
  }

  #pointer(slot: SlotId): string {
    return this.#swapped.has(slot) ? this.#value(`load ptr, ptr %cell${slot}`) : this.#home(slot);
  }

  #argumentList(kernel: Kernel): string {
    const list = this.#value(`alloca [${kernel.args.length + 1} x ptr]`);
    kernel.args.forEach((slot, k) => {
      const place = this.#value(`getelementptr ptr, ptr ${list}, i64 ${k}`);
      this.#line(`store ptr ${this.#home(slot)}, ptr ${place}`);
      this.#places.set(slot, [...(this.#places.get(slot) ?? []), place]);
    });
    const last = this.#value(`getelementptr ptr, ptr ${list}, i64 ${kernel.args.length}`);
    this.#line(`store ptr %control, ptr ${last}`);
    return list;
  }

  #run(thunks: readonly (Kernel | Copy)[], calls: ReadonlyMap<Kernel, string>): void {
    for (const t of thunks) {
      if (t.kind === "copy") {
        this.#copy(this.#pointer(t.from), this.#pointer(t.to), t.bytes);
        continue;
      }
      this.#callees.add(t.symbol);
      this.#line(`call void @${t.symbol}(ptr ${calls.get(t)}, i64 0, i64 ${t.units})`);
    }
  }

  #copy(from: string, to: string, bytes: number): void {
    this.#line(`call void @llvm.memmove.p0.p0.i64(ptr ${to}, ptr ${from}, i64 ${bytes}, i1 false)`);
  }

  #swap(a: SlotId, b: SlotId): void {
    const [pa, pb] = [this.#pointer(a), this.#pointer(b)];
    for (const [slot, pointer] of [[a, pb], [b, pa]] as const) {
      this.#line(`store ptr ${pointer}, ptr %cell${slot}`);
      for (const place of this.#places.get(slot) ?? []) this.#line(`store ptr ${pointer}, ptr ${place}`);
    } // biome-ignore format: pairs
  }

  /** What a swapped slot holds goes where it was when the loop began. */
  #bringHome(slot: SlotId): void {
    const now = this.#pointer(slot);
    const [away, home] = [`away${slot}`, `home${slot}`];
    const isHome = this.#value(`icmp eq ptr ${now}, ${this.#home(slot)}`);
    this.#line(`br i1 ${isHome}, label %${home}, label %${away}`);
    this.#label(away);
    this.#copy(now, this.#home(slot), this.bytesOf(slot));
    this.#line(`br label %${home}`);
    this.#label(home);
  }
}
