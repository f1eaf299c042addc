/**
 * Deferred initialisation: a model says how many features come out of each layer; how many go in is known when the
 * first data are. Run: npx tsx examples/d2l/deferred-init.ts
 */
import { evalShape, jit, nn, random, ShapeDtypeStruct, type Tensor, tree } from "cotangent";
import { whenRun } from "../when-run.js";

const model = nn.sequential(nn.dense(256), nn.fn(nn.relu), nn.dense(10));
type Params = nn.ParamsOf<typeof model>;

/** A model that makes its parameters when it first sees data. */
function deferred(key: Tensor) {
  let params: Params | undefined;
  const apply = jit(model.apply);
  return {
    isInitialized: () => params !== undefined,
    predict(x: Tensor): Tensor {
      params ??= model.init(key, x);
      return apply(params, x);
    },
  };
}

export function main() {
  // The shapes alone, by tracing: nothing is computed and no memory is taken, however large the model.
  const images = new ShapeDtypeStruct([1024, 20], "float32");
  const planned = evalShape((key: Tensor) => model.init(key, images), random.key(0));
  const shapes = tree.leaves(planned).map((leaf) => leaf.shape);

  const net = deferred(random.key(0));
  const before = net.isInitialized();
  const output = net.predict(random.uniform(random.key(1), [2, 20])).shape;
  console.log({ shapes, initialized: { before, after: net.isInitialized() }, output });
  return { shapes, before, after: net.isInitialized(), output };
}

await whenRun(import.meta.url, main);
