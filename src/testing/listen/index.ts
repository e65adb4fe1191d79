export { listen, type ListeningServer, type ListenOptions } from "./listen.js";
