import { readFile } from "node:fs/promises";

import {
  authorizationCode,
  clientCredentials,
  deviceCode,
  type DeviceCode,
  type SignInFlow,
} from "../auth/index.js";
import type { OptionNames } from "../internal/validation/index.js";
import { commandToken, loopbackAuthorizer } from "./auth/index.js";
import { codeOf, configError, expandHome, type FlyteConfig } from "./config/index.js";

/** The texts and the output for a person who signs in. */
export interface PersonOptions {
  /**
   * Opens the issuer's page.
   * @defaultValue the system's browser
   * @returns whether it could be opened; otherwise the address is shown
   */
  readonly openBrowser?: ((url: string) => Promise<boolean>) | undefined;
  /**
   * Shows a line to the person, such as an address to open and a code to enter.
   * @defaultValue writes to the standard error stream
   */
  readonly show?: ((text: string) => void) | undefined;
  /**
   * The port that the browser comes back to; 0 is any free one, for issuers that allow any.
   * @defaultValue that of the redirect URI that the server registers
   */
  readonly callbackPort?: number | undefined;
}

/** The names of {@link PersonOptions}. */
export const personOptionNames: OptionNames<PersonOptions> = {
  openBrowser: true,
  show: true,
  callbackPort: true,
};

/**
 * Returns the sign-in flow of a configuration.
 * @throws InvalidOptionError when a setting that it needs is not there
 */
export function flowOf(config: FlyteConfig, person: PersonOptions): SignInFlow {
  const show = person.show ?? ((text: string) => void process.stderr.write(`${text}\n`));
  switch (config.authType) {
    case "ClientSecret":
      return clientCredentials({
        // Flytectl's default too.
        clientId: config.get("clientId") ?? "flytepropeller",
        clientSecret: () => readClientSecret(config),
      });
    case "ExternalCommand": {
      const command = config.get("command");
      if (command === undefined) {
        throw configError(
          "command",
          config.sourceOf("authType"),
          "it is ExternalCommand, and there is no command. Set admin.command to the program and its arguments.",
        );
      }
      return commandToken(command);
    }
    case "DeviceFlow":
      return deviceCode({
        timeoutMs: config.get("deviceFlowTimeoutMs"),
        show: (code) => {
          show(deviceText(code));
        },
      });
    case "Pkce":
      return authorizationCode(
        loopbackAuthorizer({
          show,
          openBrowser: person.openBrowser,
          timeoutMs: config.get("pkceTimeoutMs"),
          port: person.callbackPort,
        }),
      );
  }
}

function deviceText({ verificationUri, verificationUriComplete, userCode }: DeviceCode): string {
  const link = verificationUriComplete === undefined ? "" : ` Or open ${verificationUriComplete}.`;
  return `Open ${verificationUri} on any device and enter the code ${userCode}.${link}`;
}

/** The largest secret that is read, in bytes. */
const maxLength = 65_536;

/**
 * Reads the client's secret where the configuration says that it is: given, in an environment variable, or in a
 * file, which flytectl expects at `/etc/secrets/client_secret`. White space around it does not count.
 *
 * @throws InvalidOptionError that names the place, and never the secret
 */
export async function readClientSecret(config: FlyteConfig): Promise<string> {
  const given = config.get("clientSecret")?.trim();
  if (given !== undefined && given !== "") return given;
  const variable = config.get("clientSecretEnvVar");
  if (variable !== undefined) {
    const secret = config.variable(variable)?.trim() ?? "";
    if (secret !== "") return secret;
    throw configError(
      "clientSecretEnvVar",
      config.sourceOf("clientSecretEnvVar"),
      `the environment variable ${variable} is not set. Set it to the client's secret.`,
    );
  }
  const location = config.get("clientSecretLocation") ?? "/etc/secrets/client_secret";
  const path = expandHome(location, config.home);
  const isSaid = config.sourceOf("authType").kind !== "default";
  const browser = isSaid
    ? ""
    : " There is no authType either, which means ClientSecret, as to flytectl: set it to Pkce to sign in with a browser.";
  const fail = (words: string) =>
    configError("clientSecretLocation", config.sourceOf("clientSecretLocation"), words);
  let secret: string;
  try {
    secret = (await readFile(path, "utf8")).trim();
  } catch (error) {
    throw fail(
      `the file ${path} cannot be read${codeOf(error)}. Write the client's secret into it, or set clientSecretEnvVar.${browser}`,
    );
  }
  if (secret === "" || secret.length > maxLength) {
    throw fail(
      `the file ${path} holds no secret. Write the client's secret into it, and nothing else.`,
    );
  }
  return secret;
}
