import {
  authorizationCode,
  clientCredentials,
  deviceCode,
  type DeviceCode,
  type SignInFlow,
} from "../auth/index.js";
import type { OptionNames } from "../internal/validation/index.js";
import { commandToken, loopbackAuthorizer } from "./auth/index.js";
import { readClientSecret } from "./client-secret.js";
import { configError, type FlyteConfig } from "./config/index.js";

/** How a person is spoken to while they sign in. */
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
 * The way to sign in that a configuration says.
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
