/** The wire that carries the token. */
export type AuthWire = "grpc" | "rest";

/** The key that FlyteAdmin reads tokens from by default, besides `authorization`. */
const flyteAuthorization = "flyte-authorization";

/**
 * The header for the token. gRPC uses the key that the server publishes. On REST the server has a
 * name of its own, published nowhere: with the default key both are the same, and with a renamed
 * key only `authorization` is sure to be read. Never two: the first one hides the other.
 */
export function headerFor(wire: AuthWire, metadataKey: string | undefined): string {
  const key = metadataKey ?? flyteAuthorization;
  return wire === "grpc" || key === flyteAuthorization ? key : "authorization";
}
