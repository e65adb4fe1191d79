import type { FlagParametersForType } from "@stricli/core";

import type { CliContext } from "../cli-context.js";
import { text } from "./parsers.js";

/** The flags that say which server is asked, and for which project and domain. */
export interface ConnectionFlags {
  readonly config?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly insecure?: boolean | undefined;
  readonly project?: string | undefined;
  readonly domain?: string | undefined;
  readonly wire?: "grpc" | "rest" | undefined;
}

/** The flags of {@link ConnectionFlags}. */
export const connectionFlags: FlagParametersForType<ConnectionFlags, CliContext> = {
  config: {
    kind: "parsed",
    parse: text,
    optional: true,
    placeholder: "FILE",
    brief: "The config file [default: $FLYTECTL_CONFIG or ~/.flyte/config.yaml]",
  },
  endpoint: {
    kind: "parsed",
    parse: text,
    optional: true,
    placeholder: "URL",
    brief: "The server, such as dns:///flyte.example.com [default: of the config]",
  },
  insecure: {
    kind: "boolean",
    optional: true,
    withNegated: false,
    brief: "Connect without TLS [default: of the config]",
  },
  project: {
    kind: "parsed",
    parse: text,
    optional: true,
    placeholder: "PROJECT",
    brief: "The project [default: of the config]",
  },
  domain: {
    kind: "parsed",
    parse: text,
    optional: true,
    placeholder: "DOMAIN",
    brief: "The domain [default: of the config]",
  },
  wire: {
    kind: "enum",
    values: ["grpc", "rest"],
    optional: true,
    brief: "Which wire carries the calls [default: grpc]",
  },
};

/** The short names of the connection flags. */
export const connectionAliases = { c: "config", p: "project", d: "domain" } as const;
