import { spawn } from "node:child_process";

import { isLoopback } from "../../auth/discovery/index.js";
import { type Authorizer, signInError } from "../../auth/index.js";
import {
  type OptionNames,
  requireInteger,
  requireKnownOptions,
  requireTimeLimit,
} from "../../internal/validation/index.js";
import { CallbackServer } from "./callback-server.js";

/** Options of the authorizer that takes a person to the issuer and back. */
export interface LoopbackOptions {
  /**
   * Opens the issuer's page.
   * @defaultValue the system's browser
   * @returns whether it could be opened; otherwise the address is shown
   */
  readonly openBrowser?: ((url: string) => Promise<boolean>) | undefined;
  /**
   * Shows a line to the person, such as the address to open by hand.
   * @defaultValue writes to the standard error stream
   */
  readonly show?: ((text: string) => void) | undefined;
  /**
   * The longest wait for the person, in milliseconds.
   * @defaultValue 120000 (2 minutes), as flytectl
   */
  readonly timeoutMs?: number | undefined;
  /**
   * The port that the browser comes back to; 0 is any free one, for issuers that allow any
   * (RFC 8252). FlyteAdmin's own issuer allows the registered one alone.
   * @defaultValue that of the registered redirect URI
   */
  readonly port?: number | undefined;
}

const optionNames: OptionNames<LoopbackOptions> = {
  openBrowser: true,
  show: true,
  timeoutMs: true,
  port: true,
};

/**
 * Takes a person to the issuer with the system's browser, and waits on a port of this machine until
 * the browser comes back.
 */
export function loopbackAuthorizer(options: LoopbackOptions = {}): Authorizer {
  requireKnownOptions(options, optionNames);
  requireTimeLimit(options.timeoutMs);
  if (options.port !== undefined) requireInteger(options.port, "port", { min: 0, max: 65_535 });
  const show = options.show ?? ((text: string) => void process.stderr.write(`${text}\n`));
  return {
    async prepare(registered, signal) {
      const redirect = redirectOf(registered);
      const server = await CallbackServer.open(redirect, options.port);
      return {
        redirectUri: server.redirectUri,
        visit(url, state) {
          // A browser that is signed in already is back before the opener has returned.
          const back = server.callback(state, options.timeoutMs ?? 120_000, signal);
          const opening = (options.openBrowser ?? openBrowser)(url).catch(() => false);
          void opening.then((opened) => {
            show(
              opened
                ? "Sign in with the browser that has opened."
                : `Open this address to sign in: ${url}`,
            );
          });
          return back;
        },
        close: () => {
          server.close();
        },
      };
    },
  };
}

function redirectOf(registered: string | undefined): URL {
  const address = registered ?? "http://127.0.0.1:0/callback";
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === "http:" && isLoopback(url.hostname)) return url;
  throw signInError(
    "the server's redirect URI is not on this machine, so a browser cannot come back to this program",
    "Let the server register http://localhost:53593/callback, or set redirectUri.",
    { reason: "unsupported" },
  );
}

/**
 * Opens an address in the person's browser.
 * @returns whether the system took it; a browser may fail to show all the same
 */
function openBrowser(url: string): Promise<boolean> {
  const command = commandFor(process.platform);
  const hasScreen =
    process.platform !== "linux" ||
    Boolean(process.env["DISPLAY"]) ||
    Boolean(process.env["WAYLAND_DISPLAY"]);
  if (command === undefined || !hasScreen) return Promise.resolve(false);
  const [program = "", ...args] = command;
  return new Promise((resolve) => {
    // Without a shell, so that nothing in an address is taken for a command.
    const child = spawn(program, [...args, url], { stdio: "ignore", detached: true });
    child.on("error", () => {
      resolve(false);
    });
    child.on("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}

function commandFor(platform: NodeJS.Platform): readonly string[] | undefined {
  switch (platform) {
    case "darwin":
      return ["open"];
    case "win32":
      return ["rundll32", "url.dll,FileProtocolHandler"];
    case "linux":
    case "freebsd":
    case "openbsd":
      return ["xdg-open"];
    default:
      return undefined;
  }
}
