export {
  createRestTransport,
  type RestTransportOptions,
  restTransportOptionNames,
} from "./rest-transport.js";
