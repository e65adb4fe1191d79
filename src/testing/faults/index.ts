export {
  errorOf,
  FaultedAnswer,
  proxyPage,
  spoil,
  waitOut,
  type WireFault,
  wireFaultOf,
} from "./apply.js";
export type {
  BodyFault,
  Fault,
  FaultCandidate,
  FaultEffect,
  FaultOccasion,
  FaultMatch,
  RpcName,
} from "./fault.js";
export { type AddedFault, FaultList } from "./fault-list.js";
