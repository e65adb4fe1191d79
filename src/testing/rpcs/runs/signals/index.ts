export { getOrCreateSignal, listSignals, setSignal } from "./signal-service.js";
