export { otelInterceptor, type OtelOptions } from "./otel-interceptor.js";
