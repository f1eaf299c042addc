/**
 * Pytrees: nested arrays, plain objects, Maps and registered classes, with anything else as leaves.
 * @module tree
 */
export { at } from "./at.js";
export { flatten, flattenWithPath, leaves, leavesWithPath, structure, unflatten } from "./flatten.js";
export { fromJSON, type TreeDefJson, toJSON } from "./json.js";
export { type KeystrOptions, keystr } from "./keystr.js";
export { all, map, mapWithPath, reduce, transpose } from "./map.js";
export { broadcast, broadcastPrefix, flattenUpTo, type PrefixNames, type PrefixOptions } from "./prefix.js";
export { type Class, type NodeHandlers, register } from "./registry.js";
export { TreeDef } from "./treedef.js";
export {
  type DefaultLeaf,
  type FlattenOptions,
  type IsLeaf,
  type KeyEntry,
  type KeyPath,
  type LeafOf,
  type LeafTypes,
  MapKey,
  type MapLeaves,
  type Tree,
  type TreeOf,
} from "./types.js";
