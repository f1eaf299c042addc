/**
 * Saves in a loop until it is killed: `file PATH` replaces one file, `manager DIRECTORY` goes on with a training run.
 * A line on the output says which numbers were saved; every element of a tree is the number it was saved as.
 */
import { io, numpy as np, type Tensor } from "cotangent";

const [mode, path, elements] = [process.argv[2], process.argv[3] as string, Number(process.argv[4])];
const say = (n: number | string): void => void process.stdout.write(`${n}\n`);
const treeOf = (n: number) => ({ w: np.full([elements], n), state: [np.full([elements, 2], n), { n }] as const });

const loops = {
  async file() {
    const { state } = await io.load<ReturnType<typeof treeOf>>(path);
    say("ready");
    for (let n = state[1].n + 1; ; n++) {
      await io.save(path, treeOf(n));
      say(n);
    }
  },
  async manager() {
    const manager = new io.CheckpointManager(path, { keep: 2, keepEvery: 10 });
    const latest = manager.latestStep();
    let tree = latest === undefined ? treeOf(0) : await manager.restore<ReturnType<typeof treeOf>>();
    say("ready");
    const add = (x: Tensor): Tensor => x.add(1);
    for (let step = (latest ?? 0) + 1; ; step++) {
      tree = { w: add(tree.w), state: [add(tree.state[0]), { n: step }] };
      await manager.save(step, tree);
      // When a save returns, the one before it is done.
      if (step > (latest ?? 0) + 1) say(step - 1);
    }
  },
};
await loops[mode as keyof typeof loops]();
