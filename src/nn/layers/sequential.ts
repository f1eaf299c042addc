import { evalShape, type ShapeDtypeStruct } from "../../api/shape-dtype-struct.js";
import type { ArrayLike } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { ArgumentError } from "../../prelude/errors.js";
import { prod } from "../../prelude/numbers.js";
import { describeType } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import * as random from "../../random/index.js";
import { checkApply, fromFunction, inputStruct, type Layer } from "./layer.js";

// biome-ignore lint/suspicious/noExplicitAny: layers with parameters of any type in one list
type AnyLayer = Layer<any>;

type ParamsOfAll<L extends readonly AnyLayer[]> = { [I in keyof L]: L[I] extends Layer<infer P> ? P : never };

const isLayer = (x: unknown): x is AnyLayer =>
  typeof x === "object" &&
  x !== null &&
  typeof (x as AnyLayer).init === "function" &&
  typeof (x as AnyLayer).apply === "function";

/**
 * Layers one after the other. Each is made for what the one before it gives, and gets a key of its own.
 * @returns parameters: an array with those of each layer, null for layers without
 * @throws ArgumentError CT003 for an argument that is no layer
 * @example
 * const model = nn.sequential(nn.flatten(), nn.dense(128), nn.fn(nn.relu), nn.dropout(0.1), nn.dense(10));
 * const params = model.init(random.key(0), [32, 28, 28]);
 * const logits = model.apply(params, np.zeros([32, 28, 28]), { key: random.key(1) });
 * logits.shape; // [32, 10]
 */
export function sequential<const L extends readonly AnyLayer[]>(...layers: L): Layer<ParamsOfAll<L>> {
  const wrong = layers.findIndex((layer) => !isLayer(layer));
  if (wrong >= 0) {
    throw new ArgumentError(
      "CT003",
      `nn.sequential: argument ${wrong} is ${describeType(layers[wrong])}, but it must be a layer. Wrap functions with nn.fn.`,
    );
  }
  const keysFor = (key: Tensor): Tensor[] => (layers.length === 0 ? [] : np.unstack(random.split(key, layers.length)));
  return {
    init(key, input) {
      const keys = keysFor(key);
      let struct: ShapeDtypeStruct = inputStruct("nn.sequential", input);
      const params = layers.map((layer, i) => {
        const own: unknown = layer.init(keys[i], struct);
        struct = evalShape((own: unknown, x: Tensor) => layer.apply(own, x), own, struct) as ShapeDtypeStruct;
        return own;
      });
      return params as ParamsOfAll<L>;
    },
    apply(params, input, options = {}) {
      checkApply("sequential", options);
      const keys = options.key === undefined ? [] : keysFor(options.key);
      const own = params as readonly unknown[];
      let x: ArrayLike = input;
      layers.forEach((layer, i) => {
        x = layer.apply(own[i], x, keys.length === 0 ? {} : { key: keys[i] });
      });
      return np.asarray(x);
    },
  };
}

/**
 * A function as a layer without parameters.
 * @example nn.fn(nn.gelu);
 */
export function fn(f: (x: Tensor) => Tensor): Layer<null> {
  if (typeof f !== "function") {
    throw new ArgumentError("CT014", `nn.fn: needs a function, but got ${describeType(f)}.`);
  }
  return fromFunction("fn", (x) => f(x));
}

/**
 * The last axes as one.
 * @param keep how many leading axes stay as they are; 1 by default, the batch
 */
export const flatten = (keep = 1): Layer<null> =>
  fromFunction("flatten", (x) => p.reshape(x, [...x.shape.slice(0, keep), prod(x.shape.slice(keep))]));
