export { listen, type ListeningServer, type ListenOptions } from "./listen.js";
export { listenFetch } from "./listen-fetch.js";
