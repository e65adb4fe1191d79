/** The node that the inputs of a workflow come from. */
export const startNodeId = "start-node";

/** The node that the outputs of a workflow go to. */
export const endNodeId = "end-node";
