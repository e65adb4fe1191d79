import type { Read } from "./values.js";

/** An address as the configuration writes it, taken apart. */
export interface Endpoint {
  readonly host: string;
  /** `undefined` where none was written. */
  readonly port: number | undefined;
  /** The path, without a slash at its end. */
  readonly path: string;
  /** Whether the scheme asks for TLS; `undefined` without a scheme that says so. */
  readonly isPlain: boolean | undefined;
}

/**
 * Reads an endpoint: `dns:///flyte.example.com`, `flyte.example.com:443`, `localhost:30080`, and an
 * address of a browser.
 */
export function readEndpoint(value: unknown): Read<Endpoint> {
  const wanted = {
    wanted: "write an endpoint such as dns:///flyte.example.com or localhost:30080",
  };
  const text = typeof value === "string" ? value.trim() : "";
  const web = /^(https?):\/\//i.exec(text)?.[1]?.toLowerCase();
  // gRPC's names: dns:///host and dns://server/host, and the like; the target is what comes last.
  const target =
    web === undefined
      ? text.replace(/^(?:dns|passthrough|ipv4|ipv6):(?:\/\/[^/]*\/)?/i, "")
      : text.slice(web.length + 3);
  const address = `http://${target}`;
  if (target === "" || /[\s@?#]/.test(target) || !URL.canParse(address)) return wanted;
  const url = new URL(address);
  const port = /:(\d+)(?:\/|$)/.exec(target.replace(/^\[[^\]]*\]/, ""))?.[1];
  if (url.hostname === "" || /^(?:dns|https?)$/.test(url.hostname)) return wanted;
  return {
    value: {
      host: url.hostname,
      port: port === undefined ? undefined : Number(port),
      path: url.pathname.replace(/\/+$/, ""),
      isPlain: web === undefined ? undefined : web === "http",
    },
  };
}

/**
 * The address of a server.
 * @param isPlain Whether calls go without TLS.
 */
export function baseUrlOf(
  { host, port, path, isPlain: byScheme }: Endpoint,
  isPlain: boolean,
): string {
  // A gRPC name without a port means 443, with TLS or without; an address of a browser, the scheme's own.
  const at = port ?? (isPlain && byScheme === undefined ? 443 : undefined);
  const scheme = isPlain ? "http" : "https";
  return `${scheme}://${host}${at === undefined ? "" : `:${at}`}${path}`;
}
