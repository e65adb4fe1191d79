export { Edges } from "./edges.js";
export { endNodeId, startNodeId } from "./node-ids.js";
export { walkFrom } from "./walk.js";
