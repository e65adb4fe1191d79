export { expectedInputs } from "./expected-inputs.js";
export { launchPlanHandlers } from "./launch-plan-handlers.js";
export { checkNotifications } from "./notifications.js";
