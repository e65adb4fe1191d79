import {
  type Client,
  ConnectError,
  createClient,
  createRouterTransport,
  type ServiceImpl,
} from "@connectrpc/connect";

import { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import { registryHandlers } from "../../../src/testing/rpcs/registry/index.js";
import type { FlyteState } from "../../../src/testing/store/index.js";
import { plainContext } from "../../support/answers.js";
import { emptyState } from "../../support/server-state.js";

/** A client of a server with project `flytesnacks` that has the registry's RPCs only. */
export function registryClient(state: FlyteState = emptyState()): Client<typeof AdminService> {
  const entries = Object.entries(registryHandlers(state)).map(([rpc, handler]) => [
    rpc,
    (request: never) => handler(request, plainContext),
  ]);
  const implementation = Object.fromEntries(entries) as Partial<ServiceImpl<typeof AdminService>>;
  return createClient(
    AdminService,
    createRouterTransport(({ service }) => service(AdminService, implementation)),
  );
}

/** The code and the text that a call fails with. */
export async function failure(call: Promise<unknown>): Promise<[code: number, text: string]> {
  const error = await failureOf(call);
  return [error.code, error.rawMessage];
}

/** The error that a call fails with. */
export async function failureOf(call: Promise<unknown>): Promise<ConnectError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ConnectError) return error;
    throw error;
  }
  throw new Error("the call did not fail");
}
