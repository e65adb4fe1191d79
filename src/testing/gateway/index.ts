export { Gateway } from "./gateway.js";
export { percentDecode } from "./percent.js";
export { parseGrpcTimeout } from "./metadata.js";
