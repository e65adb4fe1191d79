import { InMemoryFlyteAdmin } from "flyte-admin-client/testing";

/** Where a server listens. */
export interface Addresses {
  readonly grpcUrl: string;
  readonly restUrl: string;
}

const server = await new InMemoryFlyteAdmin().listen();
const addresses: Addresses = { grpcUrl: server.grpcUrl, restUrl: server.httpUrl };
process.send?.(addresses);
// The process that started this one is gone: nobody will end it.
process.once("disconnect", () => process.exit());
