import { ConnectError } from "@connectrpc/connect";

import { numberOfStatus } from "../../errors/index.js";
import { sleep, untilAborted } from "../../internal/cancellation/index.js";
import type { BodyFault, FaultEffect } from "./fault.js";

/** The part of a fault that a wire must do itself, because only it holds the bytes or the connection. */
export type WireFault = BodyFault | "reset";

/** Waits, or hangs, as the effect says. */
export async function waitOut(effect: FaultEffect, signal: AbortSignal): Promise<void> {
  if (effect.delayMs !== undefined) await sleep(effect.delayMs, signal);
  if (effect.hang === true) await untilAborted(signal);
}

/** The error that an effect makes of a call, if it makes one. */
export function errorOf(effect: FaultEffect): ConnectError | undefined {
  if (effect.code === undefined) return undefined;
  const metadata: Record<string, string> =
    effect.retryAfterSeconds === undefined
      ? {}
      : { "retry-after": String(effect.retryAfterSeconds) };
  return new ConnectError(
    effect.message ?? "injected fault",
    numberOfStatus(effect.code),
    metadata,
  );
}

/** Returns the part of an effect that the wire must do. */
export function wireFaultOf(effect: FaultEffect | undefined): WireFault | undefined {
  return effect?.reset === true ? "reset" : effect?.body;
}

/** Thrown in place of an answer that no handler makes: a broken connection, or a proxy's page. */
export class FaultedAnswer extends Error {
  /** The wire's part. */
  readonly fault: "reset" | "html";
  /** The HTTP status of the page. */
  readonly status: number;

  constructor(fault: "reset" | "html", status: number) {
    super(fault === "reset" ? "the connection was reset" : `HTTP ${status}`);
    this.name = "FaultedAnswer";
    this.fault = fault;
    this.status = status;
  }
}

/** Returns the bytes of a message after a fault. */
export function spoil(
  bytes: Uint8Array,
  fault: Exclude<BodyFault, "html">,
): Uint8Array<ArrayBuffer> {
  switch (fault) {
    case "empty":
      return new Uint8Array();
    case "truncated":
      return new Uint8Array(bytes.subarray(0, bytes.length >> 1));
    case "corrupt":
      // A tag of ones is longer than any varint may be, so that no decoder takes it.
      return new Uint8Array(Math.max(bytes.length, 12)).fill(0xff);
  }
}

/** The page that a proxy sends in place of an answer. */
export function proxyPage(status: number): string {
  return `<html>\n<head><title>${status}</title></head>\n<body><h1>${status}</h1></body>\n</html>\n`;
}
