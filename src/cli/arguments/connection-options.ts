import { group, object } from "@optique/core/constructs";
import { message } from "@optique/core/message";
import { optional } from "@optique/core/modifiers";
import { flag, option } from "@optique/core/primitives";
import { choice } from "@optique/core/valueparser";

import { text } from "./value-parsers.js";

/** Options that choose the server, the project and the domain. */
export interface ConnectionArgs {
  readonly config: string | undefined;
  readonly endpoint: string | undefined;
  readonly insecure: true | undefined;
  readonly project: string | undefined;
  readonly domain: string | undefined;
  readonly wire: "grpc" | "rest" | undefined;
}

/** Parses {@link ConnectionArgs}. */
export const connectionOptions = group(
  "Connection",
  object({
    project: optional(
      option("-p", "--project", text("PROJECT"), {
        description: message`The project. Default: that of the config.`,
      }),
    ),
    domain: optional(
      option("-d", "--domain", text("DOMAIN"), {
        description: message`The domain. Default: that of the config.`,
      }),
    ),
    config: optional(
      option("-c", "--config", text("FILE"), {
        description: message`The config file. Default: the one that FLYTECTL_CONFIG names, or ~/.flyte/config.yaml.`,
      }),
    ),
    endpoint: optional(
      option("--endpoint", text("URL"), {
        description: message`The server, such as dns:///flyte.example.com. Default: that of the config.`,
      }),
    ),
    insecure: optional(flag("--insecure", { description: message`Connect without TLS.` })),
    wire: optional(
      option("--wire", choice(["grpc", "rest"], { metavar: "WIRE" }), {
        description: message`What carries the calls: grpc (the default) or rest.`,
      }),
    ),
  }),
);
