export { Cors, type CorsOptions } from "./cors.js";
export { fetchFrom } from "./fetch.js";
export { HttpPort, maxHeaderBytes } from "./http-port.js";
export { type HttpRequest, type HttpResponse, pathOf } from "../http-messages.js";
