export { abortError, callAbortError, ClientClosedError } from "./abort-error.js";
export { CancellationGroup } from "./cancellation-group.js";
export {
  abortable,
  type Clock,
  sleep,
  systemWaitingClock,
  untilAborted,
  type WaitingClock,
} from "./clock.js";
export { createDeadline, type Deadline, type DeadlineOptions, withDeadline } from "./deadline.js";
export { type LinkedSignal, linkSignals, onAbort } from "./link-signals.js";
