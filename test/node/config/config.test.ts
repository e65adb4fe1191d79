import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";

import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import {
  type FlyteConfigInput,
  connect,
  type Environment,
  loadFlyteConfig,
} from "../../../src/node.js";
import { readClientSecret } from "../../../src/node/client-secret.js";
import { readDurationMs } from "../../../src/node/config/values.js";

const folder = fileURLToPath(new URL("files/", import.meta.url));

function load(name: string, env: Environment = {}, overrides: FlyteConfigInput = {}) {
  return loadFlyteConfig(overrides, { configFile: join(folder, name), env });
}

/** Returns the settings in effect. */
async function effective(name: string, env?: Environment, overrides?: FlyteConfigInput) {
  const settings = (await load(name, env, overrides)).explain();
  return Object.fromEntries(settings.map(({ setting, value }) => [setting, value]));
}

async function written(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "flyte-config-")), "config.yaml");
  await writeFile(path, text);
  return path;
}

const expected: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "sandbox.yaml": { endpoint: "http://localhost:30080", insecure: "true", authType: "Pkce" },
  "flytectl-init.yaml": {
    endpoint: "https://flyte.example.com",
    insecure: "false",
    authType: "Pkce",
  },
  "service-account.yaml": {
    endpoint: "https://flyte.example.com:443",
    insecure: "false",
    authType: "ClientSecret",
    clientId: "ci-bot",
    clientSecretLocation: "/etc/secrets/client_secret",
    scopes: "all",
  },
  "secret-in-variable.yaml": {
    endpoint: "https://flyte.example.com",
    authType: "ClientSecret",
    clientId: "ci-bot",
    clientSecretEnvVar: "CI_FLYTE_SECRET",
    scopes: "all offline",
    audience: "https://flyte.example.com",
  },
  "propeller.yaml": {
    endpoint: "http://flyteadmin:81",
    insecure: "true",
    authType: "ClientSecret",
    clientId: "flytepropeller",
    clientSecretLocation: "/etc/secrets/client_secret",
  },
  "external-command.yaml": {
    endpoint: "https://flyte.corp.example",
    authType: "ExternalCommand",
    command: "(not shown)",
  },
  "proxy-command.yaml": {
    endpoint: "https://flyte.example.com",
    authType: "Pkce",
    proxyCommand: "(not shown)",
  },
  "device-flow.yaml": {
    endpoint: "https://flyte.example.com",
    authType: "DeviceFlow",
    deviceFlowTimeoutMs: "300000",
  },
  "private-ca.yaml": {
    endpoint: "https://flyte.internal:8443",
    caCertFilePath: "/etc/ssl/flyte-ca.pem",
    authType: "Pkce",
    pkceTimeoutMs: "90000",
  },
  "skip-verify.yaml": {
    endpoint: "https://flyte.example.com",
    insecure: "false",
    insecureSkipVerify: "true",
    authType: "ClientSecret",
  },
  "timeouts.yaml": {
    endpoint: "https://flyte.example.com",
    perRetryTimeoutMs: "30000",
    maxRetries: "2",
    maxMessageSizeBytes: "10485760",
    authType: "ClientSecret",
  },
  "issuer.yaml": {
    endpoint: "https://flyte.example.com",
    authType: "ClientSecret",
    clientId: "svc",
    clientSecretEnvVar: "SECRET",
    tokenUrl: "https://idp.example.com/oauth2/token",
    authorizationServerUrl: "https://idp.example.com",
    authorizationHeader: "x-flyte-token",
  },
  "defaults.yaml": {
    endpoint: "https://flyte.example.com",
    project: "flytesnacks",
    domain: "development",
    authType: "ClientSecret",
  },
  "booleans-as-text.yaml": {
    endpoint: "https://flyte.example.com",
    insecure: "false",
    insecureSkipVerify: "false",
    authType: "ClientSecret",
  },
  "lower-case-keys.yaml": {
    endpoint: "https://flyte.example.com",
    authType: "Pkce",
    insecureSkipVerify: "false",
    clientId: "someone",
  },
  "browser-address.yaml": { endpoint: "https://flyte.example.com/flyte", authType: "ClientSecret" },
  "ipv6.yaml": { endpoint: "http://[::1]:8089", insecure: "true", authType: "ClientSecret" },
  "headers.yaml": {
    endpoint: "https://flyte.example.com",
    headers: "(not shown)",
    authType: "ClientSecret",
  },
  "anchors.yaml": {
    endpoint: "http://localhost:30081",
    insecure: "true",
    scopes: "all offline",
    authType: "ClientSecret",
  },
  "empty.yaml": { authType: "ClientSecret" },
  "unknown-keys.yaml": { endpoint: "https://flyte.example.com", authType: "ClientSecret" },
};

describe("configuration files", () => {
  it.each(Object.entries(expected))(
    "%s is understood as flytectl and flytekit do",
    async (name, wanted) => {
      expect(await effective(name)).toEqual(wanted);
    },
  );

  it("are all expected", () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(expected).sort());
  });

  it("tell no command, header or secret in any output", async () => {
    for (const name of readdirSync(folder)) {
      const config = await load(name, { FLYTE_CREDENTIALS_CLIENT_SECRET: "planted-secret" });
      const output =
        inspect([config, config.explain()], { depth: 9, showHidden: true }) +
        JSON.stringify(config);
      expect(output).not.toContain("planted");
      expect(output).not.toContain("miniostorage");
    }
  });
});

describe("the places of a setting", () => {
  it("go before each other: option, environment, file", async () => {
    const env = { FLYTE_PLATFORM_URL: "from-env.example.com" };
    const sources = async (overrides: FlyteConfigInput, environment: Environment) =>
      (await load("flytectl-init.yaml", environment, overrides))
        .explain()
        .find(({ setting }) => setting === "endpoint");
    expect(await sources({ endpoint: "from-option.example.com" }, env)).toEqual({
      setting: "endpoint",
      value: "https://from-option.example.com",
      source: "option",
    });
    expect(await sources({}, env)).toMatchObject({
      value: "https://from-env.example.com",
      source: "environment variable FLYTE_PLATFORM_URL",
    });
    expect(await sources({}, {})).toMatchObject({
      source: `admin.endpoint in ${join(folder, "flytectl-init.yaml")}`,
    });
  });

  it("include flytekit's environment variables", async () => {
    const env = {
      FLYTE_PLATFORM_URL: "dns:///flyte.example.com",
      FLYTE_PLATFORM_INSECURE: "True",
      FLYTE_CREDENTIALS_AUTH_MODE: "external_process",
      FLYTE_CREDENTIALS_COMMAND: "print-token,--now",
      FLYTE_CREDENTIALS_SCOPES: "all, offline",
      FLYTE_INTERNAL_PROJECT: "p",
    };
    const config = await loadFlyteConfig({}, { env, home: tmpdir() });
    expect(config.baseUrl).toBe("http://flyte.example.com:443");
    expect(config.get("command")).toEqual(["print-token", "--now"]);
    expect(config.get("scopes")).toEqual(["all", "offline"]);
    expect(config.get("project")).toBe("p");
    expect(config.authType).toBe("ExternalCommand");
  });

  it("include the file that FLYTECTL_CONFIG names, and the one in the home folder", async () => {
    const home = await mkdtemp(join(tmpdir(), "flyte-home-"));
    const named = join(folder, "sandbox.yaml");
    expect((await loadFlyteConfig({}, { env: { FLYTECTL_CONFIG: named }, home })).baseUrl).toBe(
      "http://localhost:30080",
    );
    expect((await loadFlyteConfig({}, { env: {}, home })).file).toBeUndefined();
    const { mkdir } = await import("node:fs/promises");
    await mkdir(join(home, ".flyte"));
    await writeFile(join(home, ".flyte", "config.yaml"), readFileSync(named));
    expect((await loadFlyteConfig({}, { env: {}, home })).baseUrl).toBe("http://localhost:30080");
  });

  it.each([
    [{ FLYTE_CREDENTIALS_CLIENT_SECRET: "s" }, "ClientSecret"],
    [{ FLYTE_CREDENTIALS_COMMAND: "c" }, "ExternalCommand"],
    [{}, "Pkce"],
  ])("decide how to sign in where nothing says so: %j", async (env, authType) => {
    expect((await loadFlyteConfig({}, { env, home: tmpdir() })).authType).toBe(authType);
  });
});

describe("what others write too", () => {
  const of = async (text: string, env: Environment = {}) =>
    loadFlyteConfig({}, { configFile: await written(text), env, home: "/home/someone" });

  it.each([
    ["gcloud auth print-identity-token", ["gcloud", "auth", "print-identity-token"]],
    ["print-token,--now", ["print-token", "--now"]],
    ["bash,-c,echo a b", ["bash", "-c", "echo a b"]],
    ["print --scopes=a,b", ["print", "--scopes=a,b"]],
    [`"/opt/my tools/print" --for='some one' x`, ["/opt/my tools/print", "--for=some one", "x"]],
    ["print", ["print"]],
  ])("a command as one text: %s", async (text, command) => {
    const config = await of(`admin:\n  command: ${JSON.stringify(text)}\n`);
    expect(config.get("command")).toEqual(command);
    const env = { FLYTE_CREDENTIALS_COMMAND: text };
    expect((await loadFlyteConfig({}, { env, home: tmpdir() })).get("command")).toEqual(command);
  });

  it("an empty audience, which counts", async () => {
    expect((await of('admin:\n  audience: ""\n')).get("audience")).toBe("");
    expect((await of("admin:\n  useAudienceFromAdmin: false\n")).get("useAudienceFromAdmin")).toBe(
      false,
    );
  });

  it("a secret in the file, which no output shows", async () => {
    const config = await of("admin:\n  clientId: a\n  clientSecret: planted-secret\n");
    expect(config.get("clientSecret")).toBe("planted-secret");
    expect(config.authType).toBe("ClientSecret");
    expect(inspect([config, config.explain()], { depth: 9, showHidden: true })).not.toContain(
      "planted",
    );
  });

  it("a proxy for the issuer, without its password in any output", async () => {
    const config = await of("admin:\n  httpProxyURL: http://me:planted@proxy.example.com:3128\n");
    expect(config.get("httpProxyUrl")).toContain("proxy.example.com:3128");
    expect(inspect(config.explain())).toContain("proxy.example.com:3128");
    expect(inspect(config.explain())).not.toContain("planted");
    await expect(of("admin:\n  httpProxyURL: socks5://x\n")).rejects.toThrow(
      /admin\.httpProxyURL.*HTTP proxy/,
    );
  });

  it.each([
    ["union:\n  connection:\n    host: dns:///x.union.ai\n", {}],
    ["admin: {}\n", { FLYTE_API_KEY: "planted" }],
    ["admin: {}\n", { UNION_API_KEY: "planted" }],
  ])("the settings of Union's platform, which are named as such: %j %j", async (text, env) => {
    const config = await of(text, env);
    expect(() => config.baseUrl).toThrow(/Union's own platform/);
    expect(() => config.baseUrl).not.toThrow(/planted/);
  });

  it("does not speak of Union where there is none of it", async () => {
    const config = await of("admin: {}\n");
    expect(() => config.baseUrl).not.toThrow(/Union/);
  });

  it("no authType, which is ClientSecret in a file and the browser without one", async () => {
    expect((await of("admin:\n  endpoint: a\n")).authType).toBe("ClientSecret");
    expect((await loadFlyteConfig({ endpoint: "a" }, { env: {}, home: tmpdir() })).authType).toBe(
      "Pkce",
    );
  });
});

describe("a home folder that is given", () => {
  it("is what ~ stands for in caCertFilePath", async () => {
    const places = { env: {}, home: "/home/someone" };
    await expect(
      connect({ ...places, endpoint: "a.example.com", caCertFilePath: "~/ca.pem" }),
    ).rejects.toThrow('"/home/someone/ca.pem" cannot be read');
  });
});

describe("the client's secret", () => {
  it("is read below the home folder that is given", async () => {
    const home = await mkdtemp(join(tmpdir(), "flyte-home-"));
    await writeFile(join(home, "secret"), "from-home\n");
    const config = await loadFlyteConfig({ clientSecretLocation: "~/secret" }, { env: {}, home });
    expect(await readClientSecret(config)).toBe("from-home");
  });

  it("that is in no place names the key and the way to the browser", async () => {
    const configFile = await written("admin:\n  endpoint: a\n");
    const config = await loadFlyteConfig({}, { configFile, env: {} });
    await expect(readClientSecret(config)).rejects.toThrow(
      /^admin\.clientSecretLocation, which is not set: the file \/etc\/secrets\/client_secret cannot be read.*Pkce/,
    );
  });
});

describe("endpoints", () => {
  it.each([
    ["dns:///flyte.example.com", false, "https://flyte.example.com"],
    ["dns:///flyte.example.com:8443", false, "https://flyte.example.com:8443"],
    ["dns://8.8.8.8/flyte.example.com", false, "https://flyte.example.com"],
    ["dns:flyte.example.com", false, "https://flyte.example.com"],
    ["passthrough:///flyte:81", true, "http://flyte:81"],
    ["flyte.example.com", false, "https://flyte.example.com"],
    ["flyteadmin:81", true, "http://flyteadmin:81"],
    ["flyteadmin", true, "http://flyteadmin:443"],
    ["localhost:30080", true, "http://localhost:30080"],
    ["http://localhost:8088", undefined, "http://localhost:8088"],
    ["HTTPS://Flyte.Example.com/", undefined, "https://flyte.example.com"],
    ["[::1]:8089", true, "http://[::1]:8089"],
  ])("%s with insecure %s is %s", async (endpoint, insecure, url) => {
    expect(
      (await loadFlyteConfig({ endpoint, insecure }, { env: {}, home: tmpdir() })).baseUrl,
    ).toBe(url);
  });

  it.each(["", "dns:///", "a b", "user:pass@host", "host?x=1", "://"])(
    "%j is refused with what would be right",
    async (endpoint) => {
      await expect(
        loadFlyteConfig({ endpoint }, { env: {}, home: tmpdir() }).then(({ baseUrl }) => baseUrl),
      ).rejects.toThrow(/endpoint.*dns:\/\/\/flyte\.example\.com/);
    },
  );
});

describe("mistakes", () => {
  it.each([
    [
      "admin:\n  endpoint: x\n  insecure: maybe\n",
      /admin\.insecure in .*config\.yaml.*write true or false/,
    ],
    ["admin:\n  perRetryTimeout: 15\n", /admin\.perRetryTimeout in .*such as 15s/],
    ["admin:\n  authType: Magic\n", /admin\.authType in .*write Pkce, ClientSecret/],
    ["admin:\n  maxRetries: -1\n", /admin\.maxRetries in .*whole number/],
    ["admin:\n  command: []\n", /admin\.command in .*program/],
    ["admin:\n  command: print 'a b\n", /admin\.command in .*close the quote/],
    ["admin:\n  endpoint: a\n endpoint: planted-secret\n", /line \d+ is not YAML/],
    ["admin: [\n", /line \d+ is not YAML/],
    ["- a\n- b\n", /must be a mapping/],
    ["[platform]\nurl = x\n", /INI file of old flytekit/],
  ])("name the place and the remedy: %j", async (text, message) => {
    const configFile = await written(text);
    await expect(loadFlyteConfig({}, { configFile, env: {} })).rejects.toThrow(message);
  });

  it("of a file that is not there name it, and who named it", async () => {
    await expect(
      loadFlyteConfig({}, { env: { FLYTECTL_CONFIG: "/no/such.yaml" } }),
    ).rejects.toThrow(/\/no\/such\.yaml.*FLYTECTL_CONFIG.*ENOENT/);
  });

  it("of a scheme that contradicts insecure name both", async () => {
    const configFile = await written(
      "admin:\n  endpoint: https://x.example.com\n  insecure: true\n",
    );
    await expect(
      loadFlyteConfig({}, { configFile, env: {} }).then(({ baseUrl }) => baseUrl),
    ).rejects.toThrow(/admin\.insecure.*admin\.endpoint/);
  });

  it("never quote a value or a line", async () => {
    const planted = "planted-secret-value";
    const texts = [
      `admin:\n  insecure: ${planted}\n`,
      `admin:\n  command: {a: ${planted}}\n`,
      `admin:\n  x: "${planted}\n`,
      `admin:\n\tendpoint: ${planted}\n`,
      `admin:\n  endpoint: "${planted} @"\n`,
    ];
    for (const text of texts) {
      const configFile = await written(text);
      let output = "";
      try {
        inspect((await loadFlyteConfig({}, { configFile, env: {} })).baseUrl);
      } catch (error) {
        output = inspect(error, { depth: 9, showHidden: true });
      }
      expect(output).not.toBe("");
      expect(output).not.toContain(planted);
    }
  });
});

describe("durations", () => {
  it("are read as Go writes them", () => {
    fc.assert(
      fc.property(
        fc.nat(99),
        fc.nat(59),
        fc.nat(59),
        fc.nat(999),
        (hours, minutes, seconds, ms) => {
          const text = `${hours}h${minutes}m${seconds}s${ms}ms`;
          const value = ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
          expect(readDurationMs(text)).toEqual({ value });
        },
      ),
    );
  });

  it.each(["", "15", "s", "1x", "1s2", "-1s", " ", "1 s"])("%j is none", (text) => {
    expect(readDurationMs(text)).toHaveProperty("wanted");
  });
});
