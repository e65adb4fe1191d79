import { homedir } from "node:os";

import { redactText } from "../../errors/index.js";
import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";
import { type AuthType, type SettingName, settings, type SettingValues } from "./settings.js";
import {
  configError,
  type ConfigFile,
  type ConfigSource,
  type Environment,
  readConfigFile,
  sourceText,
  valueAt,
} from "./config-file.js";
import { baseUrlOf } from "./values.js";

/** Values that go before those of the environment and the file, under the names of the settings. */
export interface FlyteConfigInput {
  /** The server's endpoint, such as `"dns:///flyte.example.com"` or `"localhost:30080"`. */
  readonly endpoint?: string | undefined;
  /** Whether calls go without TLS. */
  readonly insecure?: boolean | undefined;
  /** Whether any certificate is accepted. A machine in the middle then reads every token. */
  readonly insecureSkipVerify?: boolean | undefined;
  /** A PEM file with the server's certificate authority. */
  readonly caCertFilePath?: string | undefined;
  /** The way to sign in. */
  readonly authType?: AuthType | undefined;
  /** The id of the OAuth2 client. */
  readonly clientId?: string | undefined;
  /** The secret of the OAuth2 client. */
  readonly clientSecret?: string | undefined;
  /** The environment variable with the client's secret. */
  readonly clientSecretEnvVar?: string | undefined;
  /** The file with the client's secret. */
  readonly clientSecretLocation?: string | undefined;
  /** The OAuth2 scopes to ask for. */
  readonly scopes?: readonly string[] | undefined;
  /** The audience to ask for; an empty one asks for none. */
  readonly audience?: string | undefined;
  /** Whether client credentials ask for the audience that the server publishes, whatever `audience` is. */
  readonly useAudienceFromAdmin?: boolean | undefined;
  /** The HTTP proxy for requests to the issuer alone, such as `http://proxy.example.com:3128`. */
  readonly httpProxyUrl?: string | undefined;
  /** The program, and its arguments, that writes a token. */
  readonly command?: readonly string[] | undefined;
  /** The program, and its arguments, that writes a token for a proxy before the server. */
  readonly proxyCommand?: readonly string[] | undefined;
  /** The token endpoint, where discovery is not to be used. */
  readonly tokenUrl?: string | undefined;
  /** The URL of the issuer, where it is not FlyteAdmin itself. */
  readonly authorizationServerUrl?: string | undefined;
  /** The header for the token, in place of the one that the server publishes. */
  readonly authorizationHeader?: string | undefined;
  /** The project of identifiers that leave it out. */
  readonly project?: string | undefined;
  /** The domain of identifiers that leave it out. */
  readonly domain?: string | undefined;
}

/** The names of {@link FlyteConfigInput}. */
export const configOverrideNames: OptionNames<FlyteConfigInput> = {
  endpoint: true,
  insecure: true,
  insecureSkipVerify: true,
  caCertFilePath: true,
  authType: true,
  clientId: true,
  clientSecret: true,
  clientSecretEnvVar: true,
  clientSecretLocation: true,
  scopes: true,
  audience: true,
  useAudienceFromAdmin: true,
  httpProxyUrl: true,
  command: true,
  proxyCommand: true,
  tokenUrl: true,
  authorizationServerUrl: true,
  authorizationHeader: true,
  project: true,
  domain: true,
};

/** The places that the configuration is read from. */
export interface FlyteConfigOptions {
  /**
   * The YAML file.
   * @defaultValue the one that `FLYTECTL_CONFIG` names, else `~/.flyte/config.yaml` if it is there
   */
  readonly configFile?: string | undefined;
  /**
   * The environment.
   * @defaultValue `process.env`
   */
  readonly env?: Environment | undefined;
  /**
   * The home folder.
   * @defaultValue that of the system
   */
  readonly home?: string | undefined;
}

/** The names of {@link FlyteConfigOptions}. */
export const configPlaceNames: OptionNames<FlyteConfigOptions> = {
  configFile: true,
  env: true,
  home: true,
};

/** One setting in effect: its name, its value in words (a secret's is never shown), and where it was set. */
export interface ExplainedSetting {
  /** The name of the setting. */
  readonly setting: string;
  /** The value in effect; secrets are hidden. */
  readonly value: string;
  /** The source that it comes from: an argument, a variable, a file or the default. */
  readonly source: string;
}

/** A configuration, read and checked. */
export class FlyteConfig {
  readonly #found = new Map<
    SettingName,
    { readonly value: unknown; readonly source: ConfigSource }
  >();
  readonly #environment: Environment;
  readonly #isOfUnion: boolean;
  /** The home folder, which `~` in a path stands for. */
  readonly home: string;
  /** The file that was read, if there was one. */
  readonly file: string | undefined;

  /** @internal */
  constructor(
    overrides: FlyteConfigInput,
    file: ConfigFile | undefined,
    { environment, home }: { readonly environment: Environment; readonly home: string },
  ) {
    this.#environment = environment;
    this.home = home;
    this.file = file?.path;
    this.#isOfUnion =
      valueAt(file?.content ?? {}, "union") !== undefined ||
      unionVariables.some((name) => Boolean(this.#environment[name]));
    // Each setting knows its own name and type; that the keys are names is what `settings` says.
    for (const name of Object.keys(settings) as SettingName[]) this.#find(name, overrides, file);
  }

  /** The value of a setting, or `undefined`. */
  get<Name extends SettingName>(name: Name): SettingValues[Name] | undefined {
    // What was found was read by the setting's own reader.
    return this.#found.get(name)?.value as SettingValues[Name] | undefined;
  }

  /** The place where a setting was set. */
  sourceOf(name: SettingName): ConfigSource {
    return this.#found.get(name)?.source ?? { kind: "default" };
  }

  /** A variable of the environment that the configuration names, such as `clientSecretEnvVar` does. */
  variable(name: string): string | undefined {
    return this.#environment[name];
  }

  /**
   * The server's address.
   * @throws InvalidOptionError when there is no endpoint, or its scheme and `insecure` say different things
   */
  get baseUrl(): string {
    const endpoint = this.get("endpoint");
    if (endpoint === undefined) {
      const looked = this.file ?? "~/.flyte/config.yaml, which is not there,";
      throw configError(
        "endpoint",
        { kind: "option" },
        `there is no endpoint: ${looked} has no admin.endpoint, and FLYTE_PLATFORM_URL is not set. ${this.#isOfUnion ? unionWords : ""}Set one of them, or give the option, such as dns:///flyte.example.com.`,
      );
    }
    const insecure = this.get("insecure");
    if (endpoint.isPlain !== undefined && insecure !== undefined && endpoint.isPlain !== insecure) {
      const scheme = endpoint.isPlain ? "http" : "https";
      throw configError(
        "insecure",
        this.sourceOf("insecure"),
        `it is ${insecure}, while the endpoint (${sourceText(this.sourceOf("endpoint"))}) begins with ${scheme}://. Remove one of the two.`,
      );
    }
    return baseUrlOf(endpoint, endpoint.isPlain ?? insecure ?? false);
  }

  /**
   * The way to sign in. Where nothing says, it is a secret's or a command's flow where there is one. Else a file means
   * `ClientSecret`, as to flytectl, and no file the browser, as to flytekit.
   */
  get authType(): AuthType {
    const said = this.get("authType");
    if (said !== undefined) return said;
    const secrets: readonly SettingName[] = [
      "clientSecret",
      "clientSecretEnvVar",
      "clientSecretLocation",
    ];
    if (secrets.some((name) => this.get(name) !== undefined)) return "ClientSecret";
    if (this.get("command") !== undefined) return "ExternalCommand";
    return this.file === undefined ? "Pkce" : "ClientSecret";
  }

  /** The settings in effect, each with its value and where it was set. Secrets are not shown. */
  explain(): readonly ExplainedSetting[] {
    const explained: ExplainedSetting[] = [];
    for (const [name, { value, source }] of this.#found) {
      explained.push({
        setting: name,
        value: settings[name].isSecret === true ? "(not shown)" : this.#textOf(name, value),
        source: sourceText(source),
      });
    }
    if (!this.#found.has("authType")) {
      explained.push({ setting: "authType", value: this.authType, source: "default" });
    }
    return explained;
  }

  #textOf(name: SettingName, value: unknown): string {
    const endpoint = this.get("endpoint");
    if (name === "endpoint" && endpoint !== undefined) {
      return baseUrlOf(endpoint, endpoint.isPlain ?? this.get("insecure") ?? false);
    }
    return redactText(Array.isArray(value) ? value.join(" ") : String(value));
  }

  #find(name: SettingName, overrides: FlyteConfigInput, file: ConfigFile | undefined): void {
    const { keys, variables, mayBeEmpty } = settings[name];
    const option: unknown = Reflect.get(overrides, name);
    if (option !== undefined) {
      this.#take(name, option, { kind: "option" });
      return;
    }
    for (const variable of variables) {
      const text = this.#environment[variable];
      // An empty variable is how shells unset one.
      if (text === undefined || text === "") continue;
      this.#take(name, text, { kind: "environment", variable });
      return;
    }
    if (file === undefined) return;
    for (const key of keys) {
      const found = valueAt(file.content, key);
      if (found === undefined || (found.value === "" && mayBeEmpty !== true)) continue;
      this.#take(name, found.value, { kind: "file", file: file.path, key: found.key });
      return;
    }
  }

  #take(name: SettingName, value: unknown, source: ConfigSource): void {
    const read = settings[name].read(value);
    if ("wanted" in read) {
      throw configError(name, source, `the value cannot be read: ${read.wanted}.`);
    }
    this.#found.set(name, { value: read.value, source });
  }
}

/** The variables and the section of Union's own platform. */
const unionVariables: readonly string[] = ["FLYTE_API_KEY", "UNION_API_KEY"];
const unionWords =
  "The section union and the variables FLYTE_API_KEY and UNION_API_KEY are of Union's own platform, and FlyteAdmin's client does not read them. ";

/**
 * Reads the configuration of flytectl and flytekit: options first, then the environment, then the
 * YAML file. Keys that are not understood are left alone.
 *
 * @throws InvalidOptionError that names file, key or variable, and what would be right
 */
export async function loadFlyteConfig(
  overrides: FlyteConfigInput = {},
  places: FlyteConfigOptions = {},
): Promise<FlyteConfig> {
  const inPlaces = { argument: "the second argument, the places", names: configPlaceNames };
  requireKnownOptions(overrides, configOverrideNames, "overrides", "an object", inPlaces);
  requireKnownOptions(places, configPlaceNames, "places");
  return readFlyteConfig(overrides, places);
}

/** Reads the configuration as {@link loadFlyteConfig} does, from options that may have other names beside these. */
export async function readFlyteConfig(
  overrides: FlyteConfigInput,
  places: FlyteConfigOptions,
): Promise<FlyteConfig> {
  const { env: environment = process.env, home = homedir() } = places;
  const file = await readConfigFile(places.configFile, environment, home);
  return new FlyteConfig(overrides, file, { environment, home });
}
