import type { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import type { AuthMetadataService } from "../../../gen/flyteidl/service/auth_pb.js";
import type { DataProxyService } from "../../../gen/flyteidl/service/dataproxy_pb.js";
import type { IdentityService } from "../../../gen/flyteidl/service/identity_pb.js";
import type { SignalService } from "../../../gen/flyteidl/service/signal_pb.js";
import type { StatusCode } from "../../errors/index.js";
import type { OptionNames } from "../../internal/validation/index.js";

type NamesOf<S extends { readonly method: object }> = Capitalize<
  Extract<keyof S["method"], string>
>;

/** The name of an RPC, as the IDL writes it, such as `"ListTaskExecutions"`. */
export type RpcName =
  | NamesOf<typeof AdminService>
  | NamesOf<typeof DataProxyService>
  | NamesOf<typeof SignalService>
  | NamesOf<typeof IdentityService>
  | NamesOf<typeof AuthMetadataService>;

/** The target of a fault: an RPC on any wire, a path of the HTTP port, or an object behind a signed URL. */
export type FaultMatch =
  | {
      /** The RPC, on every wire; `"*"` is every RPC. */
      readonly rpc: RpcName | "*";
      readonly path?: undefined;
      readonly blob?: undefined;
    }
  | {
      /** Where the path of a request to the HTTP port begins, or what it matches; it is compared as sent, without the query. */
      readonly path: string | RegExp;
      readonly rpc?: undefined;
      readonly blob?: undefined;
    }
  | {
      /** Where the URI of an object begins, such as `"s3://bucket/key"`; `"s3://"` is every object. */
      readonly blob: string;
      readonly rpc?: undefined;
      readonly path?: undefined;
    };

/** The argument of a fault's predicate. */
export interface FaultCandidate {
  /** The RPC's name; `undefined` for a path or a blob. */
  readonly rpc: string | undefined;
  /** The path of the HTTP request; `undefined` on gRPC and in process. */
  readonly path: string | undefined;
  /** The object's URI; `undefined` where no signed URL is asked for. */
  readonly blob: string | undefined;
  /** How often the fault's target was met before, whether or not the fault struck. */
  readonly seen: number;
}

/** When a fault strikes. Without any of these it strikes always. */
export interface FaultOccasion {
  /** Strikes this often and is spent then. */
  readonly times?: number | undefined;
  /** Strikes with this probability, from 0 to 1. */
  readonly probability?: number | undefined;
  /** Strikes when this says so. */
  readonly when?: ((candidate: FaultCandidate) => boolean) | undefined;
}

/**
 * The effect of a fault on the bytes of an answer: `truncated` ends it half way,
 * `corrupt` sends bytes that do not decode, `empty` sends none, `html` sends a
 * page as a proxy would.
 */
export type BodyFault = "truncated" | "corrupt" | "empty" | "html";

/** The effect of a fault. A delay comes first, whatever follows. */
export interface FaultEffect {
  /** Waits this long before anything else, in milliseconds. */
  readonly delayMs?: number | undefined;
  /** Never answers; the call ends when its caller goes away or its deadline passes. */
  readonly hang?: boolean | undefined;
  /** Fails with this code instead of doing the work. Not for blobs. */
  readonly code?: StatusCode | undefined;
  /**
   * The text of the error.
   * @defaultValue `"injected fault"`
   */
  readonly message?: string | undefined;
  /** Sends `retry-after` with the error, in seconds. */
  readonly retryAfterSeconds?: number | undefined;
  /**
   * The HTTP status, for paths and blobs and for `body: "html"`.
   * @defaultValue `502` for a page, `503` for a blob or a path
   */
  readonly status?: number | undefined;
  /** Spoils the answer. The work is done, but for `html`. */
  readonly body?: BodyFault | undefined;
  /** Breaks the connection instead of answering. */
  readonly reset?: boolean | undefined;
  /** Answers as if the signed URL had expired. Only for blobs. */
  readonly expired?: boolean | undefined;
}

/** A fault: what it strikes, when, and what it does. */
export type Fault = FaultMatch & FaultOccasion & FaultEffect;

/** The names of a {@link Fault}. */
export const faultNames: OptionNames<Fault> = {
  rpc: true,
  path: true,
  blob: true,
  times: true,
  probability: true,
  when: true,
  delayMs: true,
  hang: true,
  code: true,
  message: true,
  retryAfterSeconds: true,
  status: true,
  body: true,
  reset: true,
  expired: true,
};
