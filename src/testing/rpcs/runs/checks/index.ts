export { checkCluster, isAnonymousProducer } from "./cluster.js";
export { checkTime, reportedTime } from "./event-time.js";
export {
  checkAttemptId,
  checkExecutionId,
  checkListedExecutionId,
  checkNodeId,
} from "./identifiers.js";
export { checkOutputSize } from "./output-size.js";
