export { otelInterceptor, type OtelOptions } from "./otel/index.js";
