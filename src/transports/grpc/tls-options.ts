import { createSecureContext, rootCertificates, type SecureContextOptions } from "node:tls";

import { InvalidOptionError } from "../../errors/index.js";
import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";

/** Settings of TLS on Node, the same for gRPC (`createGrpcTransport`) and REST (`createNodeFetch`). */
export interface TlsOptions extends Certificates {
  /** The name that the server's certificate must have, where it is not that of the address. */
  readonly servername?: string | undefined;
  /**
   * Whether any certificate is taken, of anyone. Whoever is in between then reads every token.
   * @defaultValue `false`
   */
  readonly dangerouslyAcceptAnyCertificate?: boolean | undefined;
}

type Certificates = Pick<SecureContextOptions, "ca" | "cert" | "key" | "passphrase">;

/** {@link TlsOptions} as Node's own functions take them. */
export interface NodeTls extends Certificates {
  readonly servername?: string;
  readonly rejectUnauthorized?: false;
}

const optionNames: OptionNames<TlsOptions> = {
  ca: true,
  cert: true,
  key: true,
  passphrase: true,
  servername: true,
  dangerouslyAcceptAnyCertificate: true,
};

/**
 * Checks TLS options, and that the certificates among them can be used.
 *
 * @throws InvalidOptionError for an option that there is not, and for certificates and keys that
 * cannot be read or do not belong together.
 */
export function nodeTlsOf(tls: TlsOptions = {}): NodeTls {
  const { servername, dangerouslyAcceptAnyCertificate: takesAny = false } = tls;
  if ("rejectUnauthorized" in tls) {
    const remedy = "To accept any certificate, write dangerouslyAcceptAnyCertificate: true.";
    throw invalid("tls.rejectUnauthorized", `is not an option. ${remedy}`);
  }
  requireKnownOptions(tls, optionNames, "tls");
  // Callers in plain JavaScript may give anything, and a text such as "false" is true to them.
  if (typeof takesAny !== "boolean") {
    throw invalid("tls.dangerouslyAcceptAnyCertificate", "must be true or false.");
  }
  return {
    ...certificatesOf(tls),
    ...(servername !== undefined && { servername }),
    ...(takesAny && { rejectUnauthorized: false }),
  };
}

/**
 * The TLS options that apply to other hosts than the configured one: its authorities, beside the public ones.
 * Name, certificate and `dangerouslyAcceptAnyCertificate` are for that host alone.
 */
export function nodeTlsElsewhere({ ca }: TlsOptions = {}): NodeTls {
  return ca === undefined ? {} : { ca: [...rootCertificates, ...[ca].flat()] };
}

/**
 * Refuses what {@link TlsOptions} has among Node's own options, so that there is one way to say it.
 *
 * @throws InvalidOptionError that names the option to use.
 */
export function refuseTlsIn(nodeOptions: object | undefined): void {
  const given = Object.entries(nodeOptions ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  const name = given.find(
    (each) => each === "rejectUnauthorized" || Object.hasOwn(optionNames, each),
  );
  if (name === undefined) return;
  const remedy =
    name === "rejectUnauthorized"
      ? "Certificates are checked; to accept any, write tls: { dangerouslyAcceptAnyCertificate: true }."
      : `Write tls: { ${name} }.`;
  throw invalid(`nodeOptions.${name}`, `is not accepted here. ${remedy}`);
}

function certificatesOf({ ca, cert, key, passphrase }: TlsOptions): Certificates {
  if ((cert === undefined) !== (key === undefined)) {
    throw invalid(cert === undefined ? "tls.cert" : "tls.key", "is missing: give both or none.");
  }
  const certificates = {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(passphrase !== undefined && { passphrase }),
  };
  const names = Object.keys(certificates).join(", ");
  if (names === "") return {};
  try {
    createSecureContext(certificates);
    return certificates;
  } catch (error) {
    // Of OpenSSL's text only its reason is shown: the rest may hold what was given.
    const reason: unknown = error instanceof Error ? Reflect.get(error, "reason") : undefined;
    const said = typeof reason === "string" ? ` (${reason})` : "";
    throw invalid(
      "tls",
      `has certificates or keys that cannot be used${said}. Look at ${names}: they are strings in PEM, not paths, and the key must belong to cert.`,
    );
  }
}

function invalid(option: string, words: string): InvalidOptionError {
  return new InvalidOptionError(`${option} ${words}`, { option });
}
