import { createDownloadLocationMethod } from "../../gen/flyteidl/service/methods.js";
import { callUnary, type Connection } from "../calls/index.js";
import { InvalidOptionError } from "../errors/index.js";
import type { CallOptions } from "../internal/index.js";
import {
  type OptionNames,
  requireKnownOptions,
  requireObject,
} from "../internal/validation/index.js";
import type { BlobRef } from "../values/literals/index.js";
import { requireObjectUri } from "./data-proxy.js";
import {
  expiresIn,
  type Expiry,
  type FetchSignedUrlOptions,
  requireFetchOptions,
  SignedUrlDownload,
  transferOptionNames,
} from "./signed-urls/index.js";

/** Options of a download: those of the call that signs the URL, and those of the transfer. */
export interface DownloadBlobOptions
  extends
    Omit<FetchSignedUrlOptions, "resign">,
    Expiry,
    Pick<CallOptions, "headers" | "contextValues"> {}

const optionNames: OptionNames<DownloadBlobOptions> = {
  ...transferOptionNames,
  maxBytes: true,
  md5: true,
  expiresInSeconds: true,
  headers: true,
  contextValues: true,
};

/**
 * Signs a URL of a file in the storage, and returns its download: whole with `.bytes()`, part by part
 * with `for await`, or as a web stream with `.toReadableStream()`. The URL is signed again once when it
 * has expired.
 *
 * @param ref - a blob among inputs or outputs, as `literalsToValues` returns it, or the storage's own
 *   address, such as `s3://bucket/key`
 * @throws InvalidOptionError before any call, also for a blob of many parts, which is a folder and has
 *   no URL of its own; SignedUrlError, whose `reason` may be `missing`, when the object is read
 */
export async function downloadBlob(
  connection: Connection,
  ref: string | Pick<BlobRef, "uri"> | BlobRef,
  options: DownloadBlobOptions = {},
): Promise<SignedUrlDownload> {
  const { expiresInSeconds, headers, contextValues, ...transfer } = requireKnownOptions(
    options,
    optionNames,
  );
  requireFetchOptions(transfer);
  const nativeUrl = requireSingleBlob(ref);
  const expiry = expiresIn(expiresInSeconds === undefined ? {} : { expiresInSeconds });
  const sign = async (signal: AbortSignal | undefined): Promise<string> => {
    const call = {
      ...(signal && { signal }),
      ...(headers && { headers }),
      ...(contextValues && { contextValues }),
    };
    const request = { nativeUrl, ...expiry };
    const reply = await callUnary(connection, createDownloadLocationMethod, request, call);
    return reply.signedUrl;
  };
  const url = await sign(transfer.signal);
  const { fetch = connection.fetch } = transfer;
  return new SignedUrlDownload(url, { ...transfer, fetch, resign: sign }, connection.closed);
}

function requireSingleBlob(ref: string | Pick<BlobRef, "uri"> | BlobRef): string {
  const blob = typeof ref === "string" ? { uri: ref } : requireObject(ref, "ref", form);
  if ("dimensionality" in blob && blob.dimensionality === "MULTIPART") {
    throw new InvalidOptionError(
      "ref is a blob of many parts, which is a folder: FlyteAdmin cannot list it. Pass the uri of one of its files.",
      { option: "ref" },
    );
  }
  return requireObjectUri("ref", blob.uri);
}

const form = 'a blob such as { uri: "s3://bucket/key" }, or its uri';
