/** A value that could be read, or what would be right. */
export type Read<T> = { readonly value: T } | { readonly wanted: string };

/** Reads a text. Numbers and booleans of YAML are taken as they are written. */
export function readText(value: unknown): Read<string> {
  if (typeof value === "string") return { value };
  if (typeof value === "number" || typeof value === "boolean") return { value: String(value) };
  return { wanted: "write a text" };
}

/** Reads a boolean, as YAML, Go and Python write one. */
export function readBoolean(value: unknown): Read<boolean> {
  if (typeof value === "boolean") return { value };
  const text = String(typeof value === "number" || typeof value === "string" ? value : "")
    .trim()
    .toLowerCase();
  if (["true", "t", "yes", "y", "on", "1"].includes(text)) return { value: true };
  if (["false", "f", "no", "n", "off", "0"].includes(text)) return { value: false };
  return { wanted: "write true or false" };
}

/** Reads a list of texts, which may be one text with commas. */
export function readList(value: unknown): Read<readonly string[]> {
  if (typeof value === "string") {
    const parts = value.split(",").map((part) => part.trim());
    return { value: parts.filter((part) => part !== "") };
  }
  const isList =
    Array.isArray(value) &&
    value.every((each) => ["string", "number", "boolean"].includes(typeof each));
  return isList ? { value: value.map(String) } : { wanted: "write a list of strings" };
}

/**
 * Reads a command: a list of the program and its arguments, or one text. A text is cut at commas, as in flytekit's
 * environment variable, where one comes before any space; else at spaces, as in a shell, with quotes around what
 * belongs together.
 */
export function readCommand(value: unknown): Read<readonly string[]> {
  const isWords = typeof value === "string" && !/^\S*,/.test(value);
  const list = isWords ? wordsOf(value) : readList(value);
  if ("wanted" in list || list.value.length > 0) return list;
  return { wanted: "write the program and each of its arguments as an entry of a list" };
}

const word = /(?:"[^"]*"|'[^']*'|[^\s"'])+/g;

function wordsOf(text: string): Read<readonly string[]> {
  if (text.replace(word, "").trim() !== "") {
    return { wanted: "close the quote, or write the program and its arguments as a list" };
  }
  const words = text.match(word) ?? [];
  return { value: words.map((each) => each.replace(/"([^"]*)"|'([^']*)'/g, "$1$2")) };
}

/** Reads the address of an HTTP proxy. */
export function readProxyUrl(value: unknown): Read<string> {
  const isAddress =
    typeof value === "string" && URL.canParse(value) && new URL(value).protocol === "http:";
  if (isAddress) return { value };
  return { wanted: "write the address of an HTTP proxy, such as http://proxy.example.com:3128" };
}

/** Reads a whole number of at least 0. */
export function readCount(value: unknown): Read<number> {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number) && number >= 0) {
    return { value: number };
  }
  return { wanted: "write a whole number of at least 0" };
}

const unitsMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/** Reads a duration as Go writes one, such as `15s` or `1m30s`, in milliseconds. */
export function readDurationMs(value: unknown): Read<number> {
  const text = typeof value === "string" ? value.trim() : "";
  if (value === 0 || text === "0") return { value: 0 };
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text) {
    // A bare number is nanoseconds to flytectl, which nobody means.
    return { wanted: "write a duration with its unit, such as 15s or 1m30s" };
  }
  let sum = 0;
  for (const [, count, unit] of parts) sum += Number(count) * (unitsMs[unit ?? ""] ?? 0);
  return { value: sum };
}

/** Reads a mapping of texts. */
export function readTexts(value: unknown): Read<Readonly<Record<string, string>>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { wanted: "write a mapping of names to strings" };
  }
  const entries = Object.entries(value);
  if (!entries.every(([, each]) => typeof each === "string" || typeof each === "number")) {
    return { wanted: "write a mapping of names to strings" };
  }
  return { value: Object.fromEntries(entries.map(([name, each]) => [name, String(each)])) };
}

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
