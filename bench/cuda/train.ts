/** Trains on the default device for so many steps, and prints what memory was reserved on the way. See host.ts. */
import { blockUntilReady, memory, numpy as np } from "cotangent";
import { trainingSamples } from "./host.js";

const samples = trainingSamples(Number(process.argv[2]), () => {
  blockUntilReady(np.zeros([1]));
  const { bytesReserved, bytesInUse } = memory.stats();
  return { bytesReserved, bytesInUse };
});
console.log(JSON.stringify(samples));
