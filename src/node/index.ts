export { connect, type ConnectedAdminClient, type ConnectOptions } from "./connect.js";
export type { PersonOptions } from "./flow-of-config.js";
