import { readFile } from "node:fs/promises";

import { configError, expandHome, type FlyteConfig } from "./config/index.js";
import { codeOf } from "./tls/index.js";

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
