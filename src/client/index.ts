export { AdminClient, type AdminClientOptions, type RpcClients } from "./admin-client.js";
