export { getDynamicNodeWorkflow, readDynamicWorkflow } from "./dynamic-workflow.js";
export { getNodeExecution, listNodeExecutions, listNodeExecutionsForTask } from "./get-node.js";
export { listedNodeMessage, nodeMessage } from "./node-message.js";
