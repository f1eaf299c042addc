/**
 * The frame of a kernel: nested scopes (the entry, loops, branches), each with a place where code can still be put.
 * Every value knows the depth of the scope it belongs to and is written there, so that what does not change in a loop
 * stands before it, without a pass that moves code.
 */
import { IrBuilder, type IrModule, type IrType, type IrValue, irType, typeText } from "../scalar/ir.js";

export const i1 = irType("i1", 1);
export const i64 = irType("i64", 1);
export const pointerType = irType("ptr", 1);

/** A scalar 64-bit integer: a constant, or a value of some scope. */
export interface Int {
  readonly text: string;
  readonly depth: number;
  readonly constant?: number;
  /** The value is known to be a multiple of this; 0 for 0, which is a multiple of everything. */
  readonly align?: number;
}

export const constantInt = (value: number): Int => ({
  text: String(value),
  depth: 0,
  constant: value,
  align: Math.abs(value),
});

export const alignOf = (x: Int): number => x.align ?? 1;

export function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

export const intOf = (value: Int | number): Int => (typeof value === "number" ? constantInt(value) : value);

/** An IR value and the depth of its scope. */
export interface Placed {
  readonly value: IrValue;
  readonly depth: number;
}

interface Scope {
  /** Where code of this scope goes now: before the innermost loop that is open within it. */
  insert: IrBuilder;
  readonly memo: Map<string, unknown>;
}

/** An open loop: its index, and the values carried from one round to the next. */
export interface Loop {
  readonly index: Int;
  readonly carried: readonly IrValue[];
}

interface OpenLoop extends Loop {
  readonly step: number;
  readonly to: Int;
  readonly head: string;
  readonly exit: string;
  readonly before: IrBuilder;
  readonly outer: IrBuilder;
  readonly holes: readonly string[];
  readonly guardHole: string | undefined;
}

export class Frame {
  private scopes: Scope[];
  /** At the start of the entry block, for stack memory. */
  private readonly top: IrBuilder;

  constructor(readonly module: IrModule) {
    const entry = new IrBuilder(module);
    this.top = entry.fork();
    this.scopes = [{ insert: entry, memo: new Map() }];
    this.root = entry;
  }

  private readonly root: IrBuilder;

  /** The depth of the innermost open scope. */
  get depth(): number {
    return this.scopes.length - 1;
  }

  /** Where code of a scope goes. */
  at(depth: number): IrBuilder {
    return this.scopes[depth]!.insert;
  }

  /** Where code goes that belongs right here. */
  get here(): IrBuilder {
    return this.at(this.depth);
  }

  body(): string {
    return this.root.body();
  }

  recall<T>(key: string): T | undefined {
    for (let d = this.scopes.length - 1; d >= 0; d--) {
      const found = this.scopes[d]!.memo.get(key);
      if (found !== undefined) return found as T;
    }
    return undefined;
  }

  /** Remembers what was made for `key` while the scope it belongs to is open. */
  remember<T>(key: string, depth: number, made: T): T {
    this.scopes[depth]!.memo.set(key, made);
    return made;
  }

  /** A pure operation in the scope of the deepest of what it takes. */
  pure(type: IrType, operation: string, depth: number): Placed {
    const known = this.recall<Placed>(operation);
    if (known !== undefined) return known;
    return this.remember(operation, depth, { value: this.at(depth).pure(type, operation), depth });
  }

  /** Memory of this call, in bytes. */
  alloca(bytes: number, align = 64): Placed {
    return { value: this.top.effectful(pointerType, `alloca [${bytes} x i8], align ${align}`), depth: 0 };
  }

  /** Runs `emit` as if only the scopes up to `depth` were open: whole loops are hoisted so. */
  hoisted<T>(depth: number, emit: () => T): T {
    const all = this.scopes;
    this.scopes = all.slice(0, depth + 1);
    const made = emit();
    this.scopes = all;
    return made;
  }

  /**
   * Opens a loop over [from, to); `to` must be above `from` where `atLeastOnce` says so, and values may be carried only
   * then.
   */
  openLoop(from: Int, to: Int, step: number, atLeastOnce: boolean, inits: readonly IrValue[] = []): Loop {
    const outer = this.here;
    const before = outer.fork();
    this.scopes[this.depth]!.insert = before;
    const [head, exit] = [outer.freshLabel("loop"), outer.freshLabel("done")];
    let guardHole: string | undefined;
    if (atLeastOnce) outer.statement(`br label %${head}`);
    else {
      const any = outer.pure(i1, `icmp slt i64 ${from.text}, ${to.text}`);
      outer.statement(`br i1 ${any.text}, label %${head}, label %${exit}`);
    }
    guardHole = `<before ${head}>`;
    outer.startBlock(head);
    const holes: string[] = [];
    const phi = (type: IrType, init: string) => {
      const hole = `<next ${outer.freshLabel("")}>`;
      holes.push(hole);
      return outer.effectful(type, `phi ${typeText(type)} [ ${init}, %${guardHole} ], [ ${hole} ]`);
    };
    const index = phi(i64, from.text);
    const carried = inits.map((init) => phi(init.type, init.text));
    this.scopes.push({ insert: outer, memo: new Map() });
    const loop: OpenLoop = {
      index: { text: index.text, depth: this.depth, align: greatestCommonDivisor(alignOf(from), step) },
      carried,
      step,
      to,
      head,
      exit,
      before,
      outer,
      holes,
      guardHole,
    };
    return loop;
  }

  /** Closes the innermost loop; `nexts` are what is carried on, and what the loop leaves behind. */
  closeLoop(loop: Loop, nexts: readonly IrValue[] = []): void {
    const { index, step, to, head, exit, before, outer, holes, guardHole, carried } = loop as OpenLoop;
    const b = this.here;
    const next = b.pure(i64, `add nsw i64 ${index.text}, ${step}`);
    const more = b.pure(i1, `icmp slt i64 ${next.text}, ${to.text}`);
    const latch = b.currentBlock;
    b.statement(`br i1 ${more.text}, label %${head}, label %${exit}`);
    [next, ...nexts].forEach((value, k) => b.patch(holes[k]!, `${value.text}, %${latch}`));
    for (let k = 0; k <= carried.length; k++) outer.patch(guardHole!, before.currentBlock);
    this.scopes.pop();
    this.scopes[this.depth]!.insert = outer;
    outer.startBlock(exit);
  }

  /**
   * Two ways to the same values, of which `condition` chooses one. What `yes` computes from values pinned to the new
   * scope is computed only there.
   */
  branch(
    condition: IrValue,
    yes: (depth: number) => readonly IrValue[],
    no: (depth: number) => readonly IrValue[],
  ): readonly IrValue[] {
    const outer = this.here;
    const before = outer.fork();
    this.scopes[this.depth]!.insert = before;
    const [onTrue, onFalse, end] = [outer.freshLabel("yes"), outer.freshLabel("no"), outer.freshLabel("end")];
    outer.statement(`br i1 ${condition.text}, label %${onTrue}, label %${onFalse}`);
    const side = (label: string, emit: (depth: number) => readonly IrValue[]) => {
      outer.startBlock(label);
      this.scopes.push({ insert: outer, memo: new Map() });
      const values = emit(this.depth);
      const last = outer.currentBlock;
      outer.statement(`br label %${end}`);
      this.scopes.pop();
      return { values, last };
    };
    const a = side(onTrue, yes);
    const b = side(onFalse, no);
    this.scopes[this.depth]!.insert = outer;
    outer.startBlock(end);
    return a.values.map((value, k) => {
      const other = b.values[k]!;
      return outer.effectful(
        value.type,
        `phi ${typeText(value.type)} [ ${value.text}, %${a.last} ], [ ${other.text}, %${b.last} ]`,
      );
    });
  }

  /** Runs `emit` only if the condition holds; it leaves nothing behind but what it stores. */
  when(condition: IrValue, emit: (depth: number) => void): void {
    this.branch(
      condition,
      (depth) => {
        emit(depth);
        return [];
      },
      () => [],
    );
  }
}
