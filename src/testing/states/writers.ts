import { type Client, Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";

import { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import { invalidOption, isObject } from "../../internal/validation/index.js";
import { SignalService } from "../../../gen/flyteidl/service/signal_pb.js";

/** The parts of an in-memory FlyteAdmin that the helpers that build states need. */
export interface SeedableServer {
  /** A transport to it. */
  transport(): Transport;
  /** The server's time, which states that do not say when they started go by. */
  readonly now: () => Date;
  /** Stores an object that signed URLs and the data calls read. */
  putBlob(uri: string, bytes: Uint8Array): void;
}

/** The clients that write states, as Flyte's engine writes them. */
export interface StateWriters {
  readonly admin: Client<typeof AdminService>;
  readonly signal: Client<typeof SignalService>;
}

/** The clients of one server. */
export function writersOf(target: SeedableServer): StateWriters {
  const given: unknown = target;
  if (!isObject(given) || !("transport" in given) || typeof given.transport !== "function") {
    throw invalidOption("target", "an InMemoryFlyteAdmin", given);
  }
  const transport = target.transport();
  return {
    admin: createClient(AdminService, transport),
    signal: createClient(SignalService, transport),
  };
}

/** Waits for a write, and takes one that was done before for done. */
export async function unlessThere(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (ConnectError.from(error).code !== Code.AlreadyExists) throw error;
  }
}
