export { type FlyteUrlTarget, parseFlyteUrl } from "./flyte-urls.js";
export { getExecutionData, getNodeExecutionData, getTaskExecutionData } from "./get-data.js";
