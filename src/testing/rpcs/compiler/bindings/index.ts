export { checkBindings, discoverInputs } from "./check-bindings.js";
export { outputVariables } from "./output-variables.js";
