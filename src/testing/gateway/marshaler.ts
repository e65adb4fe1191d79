import { type DescMessage, fromBinary, type Message, type Registry } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";

import { type FieldNames, readJson, type UnknownMembers, writeJson } from "./json/index.js";

/** A format of bodies. */
export interface Marshaler {
  readonly contentType: string;
  /** Writes an encoded message. */
  write(desc: DescMessage, bytes: Uint8Array): Uint8Array;
  /**
   * Reads a message from a body.
   * @throws Error with the server's text
   */
  read(desc: DescMessage, body: Uint8Array): Message;
}

/** The formats of the gateway: the one that a MIME type names, and the one for every other. */
export interface Marshalers {
  readonly byType: ReadonlyMap<string, Marshaler>;
  readonly fallback: Marshaler;
}

/** The formats that FlyteAdmin registers. */
export function createMarshalers(registry: Registry): Marshalers {
  const fallback = jsonMarshaler(registry, "json", "skip");
  return {
    byType: new Map([
      ["application/octet-stream", binaryMarshaler()],
      ["application/json", jsonMarshaler(registry, "proto", "refuse")],
      ["*", fallback],
    ]),
    fallback,
  };
}

/** Picks the format of the request's body by `Content-Type`, and that of the answer by an exact `Accept`. */
export function chooseMarshalers(
  marshalers: Marshalers,
  accept: readonly string[],
  contentType: string | null,
): { readonly inbound: Marshaler; readonly outbound: Marshaler } {
  const mediaType = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const inbound = marshalers.byType.get(mediaType) ?? marshalers.fallback;
  const asked = accept.find((value) => marshalers.byType.has(value));
  const outbound = asked === undefined ? undefined : marshalers.byType.get(asked);
  return { inbound, outbound: outbound ?? inbound };
}

function binaryMarshaler(): Marshaler {
  return {
    contentType: "application/octet-stream",
    write: (_, bytes) => bytes,
    read(desc, body) {
      try {
        return fromBinary(desc, body);
      } catch {
        throw new Error("proto: cannot parse invalid wire-format data");
      }
    },
  };
}

function jsonMarshaler(
  registry: Registry,
  names: FieldNames,
  unknownMembers: UnknownMembers,
): Marshaler {
  return {
    contentType: "application/json",
    write(desc, bytes) {
      const json = writeJson(desc, fromBinary(desc, bytes), { names, registry });
      return new TextEncoder().encode(JSON.stringify(json));
    },
    read(desc, body) {
      const message = reflect(desc);
      readJson(message, new TextDecoder().decode(body), unknownMembers);
      return message.message;
    },
  };
}
