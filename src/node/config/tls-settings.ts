import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import { InvalidOptionError } from "../../errors/index.js";
import type { TlsOptions } from "../../transports/grpc/index.js";

/** The check of a server's certificate. */
export interface TlsSettings {
  /** A file with the certificate authorities of the server, in PEM. The public ones stay good. */
  readonly caCertFilePath?: string | undefined;
  /** Whether any certificate is accepted. A machine in the middle then reads every token. */
  readonly insecureSkipVerify?: boolean | undefined;
}

/**
 * Makes the TLS options of the transports.
 * @throws InvalidOptionError when the file cannot be read or holds no certificate
 */
export function tlsOptionsOf(settings: TlsSettings): TlsOptions {
  const { caCertFilePath, insecureSkipVerify } = settings;
  return {
    ...(caCertFilePath === undefined
      ? {}
      : { ca: [...rootCertificates, readCertificates(caCertFilePath)] }),
    ...(insecureSkipVerify === true ? { dangerouslyAcceptAnyCertificate: true } : {}),
  };
}

function readCertificates(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new InvalidOptionError(
      `caCertFilePath: ${JSON.stringify(path)} cannot be read${codeOf(error)}. Give the path of a PEM file with the server's certificate authority.`,
      { option: "caCertFilePath" },
    );
  }
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  throw new InvalidOptionError(
    `caCertFilePath: ${JSON.stringify(path)} holds no certificate. It must have a part that begins with -----BEGIN CERTIFICATE-----.`,
    { option: "caCertFilePath" },
  );
}

/** The system's code of a failed file operation, for messages: ` (ENOENT)`. */
export function codeOf(error: unknown): string {
  const code: unknown =
    typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" ? ` (${code})` : "";
}
