export { addEdges, addUpstreamEdges } from "./add-edges.js";
export { branchNodes } from "./branch-nodes.js";
export { checkNode, type CompileSubWorkflow } from "./check-node.js";
