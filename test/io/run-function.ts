// Run in a process of its own, which has none of the source of the function: arguments and result are files.
import { io } from "../../src/index.js";

const [, , program, args, result] = process.argv;
const f = await io.loadFunction(program);
const out = f(...((await io.load(args)) as unknown[]));
await io.save(result, out);
