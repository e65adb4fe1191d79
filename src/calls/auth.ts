import type { Interceptor } from "@connectrpc/connect";

import { type FlyteError, toFlyteError } from "../errors/index.js";
import { requireHeaders } from "../internal/validation/index.js";
import type { Call } from "./call.js";

/** The call to sign. */
export interface AuthCall {
  /** The service's full name, such as `"flyteidl.service.AdminService"`. */
  readonly service: string;
  /** The RPC's name, such as `"ListTaskExecutions"`. */
  readonly rpc: string;
}

/** The credentials of one call, and the step to take when the server refuses them. */
export interface CallCredentials {
  /** Names and values of headers. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /**
   * Called when the server answered UNAUTHENTICATED.
   * @param isLast Whether the call has been tried twice, and is not tried again.
   * @returns what to try once more with, or `undefined` when the refusal is final
   * @throws what the caller gets in place of the refusal
   */
  refused(refusal: FlyteError, isLast: boolean): Promise<CallCredentials | undefined>;
}

/** Signs calls, such as `createAuth` makes it. */
export interface CallAuth {
  /** The credentials for a call; `undefined` for none. */
  credentialsFor(call: AuthCall): Promise<CallCredentials | undefined>;
  /**
   * The missing part of a sign-in in flight, such as `"the issuer at idp.example.com had not answered"`. It
   * explains a call whose time ends while it waits for credentials.
   */
  signInState?(): string | undefined;
}

/**
 * Signs each attempt, and tries a refused call once more with other credentials. What a call
 * carries as its own `authorization` stays as it is: the server reads one header only.
 */
export function authInterceptor(call: Call, auth: CallAuth): Interceptor {
  return (next) => async (request) => {
    if (request.header.has("authorization")) return next(request);
    const { rpc } = call;
    const wait = async <T>(credentials: Promise<T>): Promise<T> => {
      call.signInState = () => auth.signInState?.();
      try {
        return await credentials;
      } finally {
        call.signInState = undefined;
      }
    };
    const first = await wait(auth.credentialsFor({ service: request.service.typeName, rpc }));
    if (first === undefined) return next(request);
    const send = (credentials: CallCredentials) => {
      const header = new Headers(request.header);
      const signed = requireHeaders(Object.fromEntries(credentials.headers));
      for (const [name, value] of signed) header.set(name, value);
      return next({ ...request, header });
    };
    const second = await send(first).catch(async (thrown: unknown) => {
      const refusal = toFlyteError(thrown, call);
      if (refusal.code !== "UNAUTHENTICATED") throw refusal;
      const other = await wait(first.refused(refusal, false));
      if (other === undefined) throw refusal;
      return { other };
    });
    if (!("other" in second)) return second;
    return send(second.other).catch(async (thrown: unknown) => {
      const refusal = toFlyteError(thrown, call);
      if (refusal.code === "UNAUTHENTICATED") await second.other.refused(refusal, true);
      throw refusal;
    });
  };
}
