// Autodidax: how cotangent works, rebuilt small enough to read in one sitting.
//
// A user's function calls operations. Each operation asks the *current interpreter* what to do. One interpreter
// computes numbers, one carries derivatives along, one works on many examples at once, and one writes the operations
// down instead of doing them. Every transform is one of these, and they stack: that is the whole idea.

// ─── 1. Values ──────────────────────────────────────────────────────────────────────────────────────────────────────
// An array here is a nested JavaScript array. A tracer stands in its place while a function is being transformed.

export type Numbers = number | readonly Numbers[];
export type Value = Numbers | Tracer;
type Shape = readonly number[];

/** Belongs to the interpreter that made it; to all others it is a value like any other. */
abstract class Tracer {
  abstract readonly owner: Interpreter;
  abstract readonly shape: Shape;
}

function shapeOf(x: Value): Shape {
  if (x instanceof Tracer) return x.shape;
  return typeof x === "number" ? [] : [x.length, ...shapeOf(x[0])];
}

/** Applies a function of numbers to arrays of one shape, element by element. */
function elementwise(f: (...xs: number[]) => number, ...xs: Numbers[]): Numbers {
  const [first] = xs;
  if (typeof first === "number") return f(...(xs as number[]));
  return first.map((_, i) => elementwise(f, ...xs.map((x) => (x as Numbers[])[i])));
}

/** Applies `f` to every part of an array that has `rank` axes. */
function inner(x: Numbers, rank: number, f: (part: Numbers) => Numbers): Numbers {
  return shapeOf(x).length === rank ? f(x) : (x as Numbers[]).map((part) => inner(part, rank, f));
}

// ─── 2. Primitives ──────────────────────────────────────────────────────────────────────────────────────────────────
// All there is to know about an operation stands in one place: its value, its shape, and two rules for derivatives.
// `jvp` says how the result moves when the operands move (xs with tangents ts). `transpose` is there for the linear
// ones: the cotangent of the result becomes those of the operands, of which only the ones wanted are computed.

interface Params {
  /** Counted from the end (-1 is the last), so that axes put in front change nothing. */
  readonly axis: number;
  readonly size: number;
}

export interface Primitive {
  readonly name: string;
  evaluate(xs: Numbers[], params: Params): Numbers;
  shape(shapes: Shape[], params: Params): Shape;
  jvp(xs: Value[], ts: Value[], params: Params): Value;
  transpose?(ct: Value, xs: Value[], params: Params): (() => Value)[];
}

const same = ([shape]: Shape[]): Shape => shape;
const bind = (primitive: Primitive, xs: Value[], params: Params = { axis: 0, size: 0 }): Value =>
  current.process(primitive, xs, params);

const negP: Primitive = {
  name: "neg",
  evaluate: (xs) => elementwise((x) => -x, ...xs),
  shape: same,
  jvp: (_, [t]) => neg(t),
  transpose: (ct) => [() => neg(ct)],
};
const addP: Primitive = {
  name: "add",
  evaluate: (xs) => elementwise((x, y) => x + y, ...xs),
  shape: same,
  jvp: (_, [tx, ty]) => add(tx, ty),
  transpose: (ct) => [() => ct, () => ct],
};
const mulP: Primitive = {
  name: "mul",
  evaluate: (xs) => elementwise((x, y) => x * y, ...xs),
  shape: same,
  jvp: ([x, y], [tx, ty]) => add(mul(tx, y), mul(x, ty)),
  // Linear in either operand, not in both: the cotangent of one is a product with the other.
  transpose: (ct, [x, y]) => [() => mul(ct, y), () => mul(x, ct)],
};
const sinP: Primitive = {
  name: "sin",
  evaluate: (xs) => elementwise(Math.sin, ...xs),
  shape: same,
  jvp: ([x], [t]) => mul(cos(x), t),
};
const cosP: Primitive = {
  name: "cos",
  evaluate: (xs) => elementwise(Math.cos, ...xs),
  shape: same,
  jvp: ([x], [t]) => neg(mul(sin(x), t)),
};
const sumP: Primitive = {
  name: "sum",
  evaluate: ([x], { axis }) =>
    inner(x, -axis, (part) => (part as Numbers[]).reduce((a, b) => elementwise((p, q) => p + q, a, b))),
  shape: ([shape], { axis }) => shape.toSpliced(axis, 1),
  jvp: (_, [t], { axis }) => sum(t, axis),
  transpose: (ct, [x], { axis }) => [() => broadcast(ct, shapeOf(x).at(axis) as number, axis)],
};
const broadcastP: Primitive = {
  name: "broadcast",
  evaluate: ([x], { axis, size }) => inner(x, -axis - 1, (part) => Array.from({ length: size }, () => part)),
  shape: ([shape], { axis, size }) => shape.toSpliced(shape.length + axis + 1, 0, size),
  jvp: (_, [t], { axis, size }) => broadcast(t, size, axis),
  transpose: (ct, _, { axis }) => [() => sum(ct, axis)],
};

export const neg = (x: Value): Value => bind(negP, [x]);
export const sin = (x: Value): Value => bind(sinP, [x]);
export const cos = (x: Value): Value => bind(cosP, [x]);
export const add = (x: Value, y: Value): Value => bind(addP, alike(x, y));
export const mul = (x: Value, y: Value): Value => bind(mulP, alike(x, y));
/** The sum over an axis. */
export const sum = (x: Value, axis = -1): Value => bind(sumP, [x], { axis, size: 0 });
/** Repeats x along a new axis, which ends up at `axis`. */
export const broadcast = (x: Value, size: number, axis = -1): Value => bind(broadcastP, [x], { axis, size });

/** The operand of lower rank is repeated along the other's leading axes. */
function alike(x: Value, y: Value): [Value, Value] {
  const [m, n] = [shapeOf(x), shapeOf(y)];
  if (m.length < n.length) return alike(inFront(x, n[n.length - m.length - 1]), y);
  return m.length > n.length ? [x, alike(y, x)[0]] : [x, y];
}
const inFront = (x: Value, size: number): Value => broadcast(x, size, -shapeOf(x).length - 1);
const zeros = (x: Value): Value => shapeOf(x).reduceRight<Numbers>((z, size) => Array(size).fill(z), 0);

// ─── 3. Interpreters ────────────────────────────────────────────────────────────────────────────────────────────────
// The one at the bottom computes. Each of the others rewrites an operation into operations for the interpreter below
// it, so that derivatives of batched derivatives need no code of their own.

interface Interpreter {
  process(primitive: Primitive, xs: Value[], params: Params): Value;
}

let current: Interpreter = {
  process: (primitive, xs, params) => primitive.evaluate(xs as Numbers[], params),
};

function withInterpreter<T>(interpreter: Interpreter, f: () => T): T {
  const saved = current;
  current = interpreter;
  try {
    return f();
  } finally {
    current = saved;
  }
}

// ─── 4. Forward mode: jvp ───────────────────────────────────────────────────────────────────────────────────────────
// A dual number carries a value and its direction of movement. What is not ours does not move: its tangent is zero.
// That is also what keeps nested derivatives apart, each with duals of its own.

class Dual extends Tracer {
  constructor(
    readonly owner: Interpreter,
    readonly primal: Value,
    readonly tangent: Value,
  ) {
    super();
  }
  get shape(): Shape {
    return shapeOf(this.primal);
  }
}

class Jvp implements Interpreter {
  constructor(readonly below: Interpreter) {}

  lift(x: Value): Dual {
    return x instanceof Dual && x.owner === this ? x : new Dual(this, x, zeros(x));
  }
  process(primitive: Primitive, xs: Value[], params: Params): Value {
    const duals = xs.map((x) => this.lift(x));
    const primals = duals.map((d) => d.primal);
    const tangents = duals.map((d) => d.tangent);
    return withInterpreter(
      this.below,
      () => new Dual(this, bind(primitive, primals, params), primitive.jvp(primals, tangents, params)),
    );
  }
}

/** The value of f at x, and its derivative there in the direction t. */
export function jvp(f: (x: Value) => Value, x: Value, t: Value): [Value, Value] {
  const interpreter = new Jvp(current);
  const out = interpreter.lift(withInterpreter(interpreter, () => f(new Dual(interpreter, x, t))));
  return [out.primal, out.tangent];
}

// ─── 5. Many at once: vmap ──────────────────────────────────────────────────────────────────────────────────────────
// A batched value hides its leading axis. As primitives count axes from the end, each works on a batch as it is, once
// all of its operands have the hidden axis. A loop over examples becomes one operation on all of them.

class Batched extends Tracer {
  constructor(
    readonly owner: Interpreter,
    readonly value: Value,
  ) {
    super();
  }
  get shape(): Shape {
    return shapeOf(this.value).slice(1);
  }
}

class Batching implements Interpreter {
  constructor(
    readonly below: Interpreter,
    readonly size: number,
  ) {}

  lift(x: Value): Value {
    return x instanceof Batched && x.owner === this ? x.value : inFront(x, this.size);
  }
  process(primitive: Primitive, xs: Value[], params: Params): Value {
    return withInterpreter(this.below, () => {
      const values = xs.map((x) => this.lift(x));
      return new Batched(this, bind(primitive, values, params));
    });
  }
}

/** f over the leading axis of its argument. */
export const vmap =
  (f: (x: Value) => Value) =>
  (x: Value): Value => {
    const interpreter = new Batching(current, shapeOf(x)[0]);
    const out = withInterpreter(interpreter, () => f(new Batched(interpreter, x)));
    return interpreter.lift(out);
  };

// ─── 6. Writing down: staging ───────────────────────────────────────────────────────────────────────────────────────
// Operations on unknowns become equations; operations on known values alone are done at once. With an unknown argument
// that records a whole function, which a compiler could then work on.

class Unknown extends Tracer {
  constructor(
    readonly owner: Interpreter,
    readonly shape: Shape,
    readonly name: string,
  ) {
    super();
  }
}

interface Equation {
  readonly out: Unknown;
  readonly primitive: Primitive;
  readonly xs: Value[];
  readonly params: Params;
}

/** A function as a list of equations. */
export interface Jaxpr {
  readonly input: Unknown;
  readonly equations: readonly Equation[];
  readonly output: Value;
}

class Staging implements Interpreter {
  readonly equations: Equation[] = [];
  #count = 0;
  constructor(readonly below: Interpreter) {}

  unknown(shape: Shape): Unknown {
    return new Unknown(this, shape, String.fromCharCode(97 + this.#count++));
  }
  process(primitive: Primitive, xs: Value[], params: Params): Value {
    const isKnown = xs.every((x) => !(x instanceof Unknown && x.owner === this));
    if (isKnown) return withInterpreter(this.below, () => bind(primitive, xs, params));
    const out = this.unknown(primitive.shape(xs.map(shapeOf), params));
    this.equations.push({ out, primitive, xs, params });
    return out;
  }
}

/** A jaxpr's result for an argument: its equations, done in order. */
export function evaluate({ input, equations, output }: Jaxpr, x: Value): Value {
  const values = new Map<Value, Value>([[input, x]]);
  const read = (v: Value): Value => values.get(v) ?? v;
  for (const { out, primitive, xs, params } of equations) values.set(out, bind(primitive, xs.map(read), params));
  return read(output);
}

/** What f does to an argument of a shape. */
export function makeJaxpr(f: (x: Value) => Value, shape: Shape): Jaxpr {
  const staging = new Staging(current);
  const input = staging.unknown(shape);
  return { input, output: withInterpreter(staging, () => f(input)), equations: staging.equations };
}

const show = (x: Value): string => (x instanceof Unknown ? x.name : JSON.stringify(x));

/** A jaxpr as text: `a -> b = sin a; c = mul b 2; c`. */
export function print({ input, equations, output }: Jaxpr): string {
  const lines = equations.map(({ out, primitive, xs }) => `${out.name} = ${primitive.name} ${xs.map(show).join(" ")}`);
  return `${input.name} -> ${[...lines, show(output)].join("; ")}`;
}

// ─── 7. Reverse mode: grad ──────────────────────────────────────────────────────────────────────────────────────────
// Nothing new is needed. Run jvp with a known x and an unknown tangent: values are computed, and what is written down
// is the derivative, a linear function of the tangent. Walk its equations backwards, each transposed, and the cotangent
// of the result becomes that of x: the gradient, at the price of a few evaluations of f whatever the size of x.

/** The value of f at x, and the linear function that takes cotangents of f's result to cotangents of x. */
export function vjp(f: (x: Value) => Value, x: Value): [Value, (ct: Value) => Value] {
  let value: Value = 0;
  const derivative = makeJaxpr((t) => {
    const [y, ty] = jvp(f, x, t);
    value = y;
    return ty;
  }, shapeOf(x));
  return [value, (ct) => transpose(derivative, ct)];
}

function transpose({ input, equations, output }: Jaxpr, ct: Value): Value {
  const cotangents = new Map<Value, Value>([[output, ct]]);
  for (const { out, primitive, xs, params } of equations.toReversed()) {
    const ctOut = cotangents.get(out);
    if (ctOut === undefined) continue; // computed, but the result does not depend on it
    if (!primitive.transpose) throw new Error(`${primitive.name} is not linear`);
    const ctsIn = primitive.transpose(ctOut, xs, params);
    xs.forEach((x, i) => {
      if (!(x instanceof Unknown && x.owner === input.owner)) return;
      // A value used twice gets the sum of what its uses give.
      const before = cotangents.get(x);
      cotangents.set(x, before === undefined ? ctsIn[i]() : add(before, ctsIn[i]()));
    });
  }
  return cotangents.get(input) ?? zeros(input);
}

/** The gradient of a function whose result is one number. */
export const grad =
  (f: (x: Value) => Value) =>
  (x: Value): Value =>
    vjp(f, x)[1](1);

// From here to cotangent: typed arrays on devices, pytrees of arguments, some two hundred primitives, symbolic zeros
// in place of computed ones, loops and branches as primitives that contain jaxprs, and a compiler for them.
