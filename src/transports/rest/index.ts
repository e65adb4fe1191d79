export type { Fetch } from "../fetch-once.js";
export { createRestTransport, type RestTransportOptions } from "./rest-transport.js";
