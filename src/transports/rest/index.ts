export type { RestBinding } from "./rest-route.js";
export {
  createRestTransport,
  type RestTransportOptions,
  restTransportOptionNames,
} from "./rest-transport.js";
