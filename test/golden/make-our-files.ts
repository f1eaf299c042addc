// Files of ours that make_files.py reads with Python's tools. Run: npx tsx test/golden/make-our-files.ts
import { io } from "../../src/index.js";
import { ourArrays, ourTree } from "./our-files.js";

const at = (name: string): string => `test/golden/files/${name}`;

await io.save(at("ours.safetensors"), ourTree(), { metadata: { "made by": "cotangent", ü: "€" } });
await io.saveNpz(at("ours.npz"), ourArrays());
