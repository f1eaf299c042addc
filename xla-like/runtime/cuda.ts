/** NVIDIA's cards, so far only seen: no client runs programs on them yet. */
import { type CudaProbe, loadNative } from "./native.js";

/** Why there is no device `cuda:index`: what is missing, where it was looked for, and what to do. */
export function whyNoCuda(index: number): string {
  const native = loadNative();
  if (!native.ok) return `CUDA needs the native addon: ${native.reason}.`;
  return explain(native.module.cudaProbe(), index);
}

function explain(probe: CudaProbe, index: number): string {
  if (!probe.ok) return `${capitalized(probe.reason)}. Looked in: ${probe.searched.join("; ")}. ${probe.remedy}`;
  const card = probe.cards[index];
  const driver = `The driver (${probe.path}, for CUDA ${probe.version})`;
  if (card === undefined) {
    const count = probe.cards.length;
    return `${driver} sees ${count} ${count === 1 ? "card" : "cards"}, counted from 0. See nvidia-smi and CUDA_VISIBLE_DEVICES.`;
  }
  return (
    `${driver} sees a card with this number, ${card.name}, but this version of cotangent runs no programs on cards yet. ` +
    "Use another device."
  );
}

function capitalized(text: string): string {
  return text.startsWith("lib") || text.startsWith("/") ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
