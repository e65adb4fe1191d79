import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { connect, type ConnectOptions, fileTokenStorage } from "../../../src/node.js";
import { staticToken } from "../../../src/index.js";
import {
  FakeIssuer,
  InMemoryFlyteAdmin,
  type ListeningIssuer,
  type ListeningServer,
} from "../../../src/testing.js";
import { browse } from "../flyte.js";
import { caFile, openTlsFront } from "../../support/tls-front.js";

/** A browser that signs in by itself: it follows redirects to the end, as the window would. */
function browser(opened: string[] = []) {
  return async (url: string): Promise<boolean> => {
    opened.push(url);
    const back = await browse(
      url,
      fetch,
      (at) =>
        (new URL(at).pathname === "/callback" && at.includes("scope=")) || at.includes("iss="),
    );
    const page = await fetch(back);
    opened.push(await page.text());
    return true;
  };
}

describe.each(["grpc", "rest"] as const)("connect over %s", (wire) => {
  const issuer = new FakeIssuer();
  const own = new InMemoryFlyteAdmin({ projects: ["flytesnacks"], signIn: {} });
  const external = new InMemoryFlyteAdmin({
    projects: ["flytesnacks"],
    signIn: {
      issuer,
      allowedAudience: ["http://aud.test"],
      publicClient: { audience: "http://aud.test" },
    },
  });
  const open = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  const servers: ListeningServer[] = [];
  const places = { env: {}, home: join(tmpdir(), "no-such-home") };
  const endpointOf = (at: number) => {
    const server = servers[at]!;
    return { endpoint: wire === "grpc" ? server.grpcUrl : server.httpUrl, wire, ...places };
  };
  let issuerServer: ListeningIssuer | undefined;

  beforeAll(async () => {
    for (const flyte of [own, external, open]) servers.push(await flyte.listen());
    issuerServer = await issuer.listen();
  });

  afterAll(async () => {
    await Promise.all([...servers.map((server) => server.close()), issuerServer?.close()]);
  });

  async function projects(options: ConnectOptions): Promise<readonly string[]> {
    using admin = await connect(options);
    return (await admin.projects.list().toArray({ limit: 10 })).map((project) => project.id);
  }

  it("signs a service in with the secret of a file", async () => {
    const file = join(await mkdtemp(join(tmpdir(), "flyte-secret-")), "client_secret");
    await writeFile(file, "foobar\n");
    const options = {
      ...endpointOf(0),
      authType: "ClientSecret",
      clientSecretLocation: file,
    } as const;
    expect(await projects(options)).toEqual(["flytesnacks"]);
  });

  it("signs a service in with a secret of the configuration itself", async () => {
    const options = {
      ...endpointOf(0),
      authType: "ClientSecret",
      clientSecret: " foobar ",
    } as const;
    expect(await projects(options)).toEqual(["flytesnacks"]);
  });

  it("names a command that is one text with its arguments without them", async () => {
    const command = ["no-such-tool --password planted-secret"];
    const options = { ...endpointOf(0), authType: "ExternalCommand", command } as const;
    const error: unknown = await projects(options).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('the command "no-such-tool …"');
    expect(String(error)).toContain("as an entry of a list");
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("planted-secret");
  });

  it("signs a service in at another issuer, for the audience that the server names", async () => {
    const options = {
      ...endpointOf(1),
      useAudienceFromAdmin: true,
      env: { SERVICE_SECRET: "service-secret" },
      authType: "ClientSecret",
      clientId: "service",
      clientSecretEnvVar: "SERVICE_SECRET",
    } as const;
    expect(await projects(options)).toEqual(["flytesnacks"]);
    expect(issuer.requests.at(-1)).toMatchObject({
      audience: "http://aud.test",
      clientId: "service",
    });
  });

  it("signs a person in with the browser at another issuer, on a free port", async () => {
    const opened: string[] = [];
    const shown: string[] = [];
    const options = {
      ...endpointOf(1),
      callbackPort: 0,
      openBrowser: browser(opened),
      show: (text: string) => void shown.push(text),
    };
    using admin = await connect(options);
    expect((await admin.identity.getUserInfo()).subject).toBe("user-1");
    expect(opened[1]).toContain("You may close this window");
    expect(shown.join()).toContain("Sign in with the browser");
  });

  it("signs a person in with the browser at the server's own issuer", async () => {
    using admin = await connect({
      ...endpointOf(0),
      openBrowser: browser(),
      show: () => undefined,
    });
    expect((await admin.identity.getUserInfo()).email).toBe("user-1@example.test");
  });

  it("runs a command for a token", async () => {
    const token = await own.auth!.issueToken(servers[0]!.httpUrl);
    const command = [process.execPath, "-e", `console.log("  ${token}  ")`];
    expect(await projects({ ...endpointOf(0), authType: "ExternalCommand", command })).toEqual([
      "flytesnacks",
    ]);
  });

  it("names a command that fails, without its arguments", async () => {
    const command = [
      process.execPath,
      "-e",
      "console.log('planted-output'); process.exit(3) // planted-argument",
    ];
    const error: unknown = await projects({ ...endpointOf(0), command }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ name: "SignInError" });
    expect(String(error)).toContain("status 3");
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("planted");
  });

  it("sends a given token, and shows no secret of the client", async () => {
    const token = await own.auth!.issueToken(servers[0]!.httpUrl);
    using admin = await connect({ ...endpointOf(0), flow: staticToken(token) });
    await admin.identity.getServerVersion();
    expect(inspect(admin, { depth: 12, showHidden: true })).not.toContain(token);
    expect(JSON.stringify(admin.explain())).not.toContain(token);
  });

  it("sends nothing to a server without authentication", async () => {
    const command = [process.execPath, "-e", "process.exit(1)"];
    expect(await projects({ ...endpointOf(2), command })).toEqual(["flytesnacks"]);
  });

  it("goes over TLS with a private authority, and fails without it", async () => {
    const server = servers[0]!;
    const front = await openTlsFront(
      wire === "grpc" ? server.grpcUrl : server.httpUrl,
      wire === "grpc" ? ["h2"] : ["http/1.1"],
    );
    try {
      const token = await own.auth!.issueToken(server.httpUrl);
      const options = {
        ...places,
        wire,
        endpoint: `localhost:${front.port}`,
        flow: staticToken(token),
        retry: false,
      } as const;
      expect(await projects({ ...options, caCertFilePath: caFile })).toEqual(["flytesnacks"]);
      expect(await projects({ ...options, insecureSkipVerify: true })).toEqual(["flytesnacks"]);
      await expect(projects(options)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    } finally {
      await front.close();
    }
  });

  it("keeps the session in a file for the next run", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "flyte-tokens-")), "tokens.json");
    const opened: string[] = [];
    const options = {
      ...endpointOf(1),
      callbackPort: 0,
      openBrowser: browser(opened),
      show: () => undefined,
      storage: fileTokenStorage(path),
    };
    await projects(options);
    await projects(options);
    expect(opened.filter((each) => each.startsWith("http"))).toHaveLength(1);
  });
});

describe("connect", () => {
  it("says what is missing where nothing is set", async () => {
    await expect(connect({ env: {}, home: join(tmpdir(), "no-such-home") })).rejects.toThrow(
      /FLYTE_PLATFORM_URL/,
    );
  });

  it("takes the timeout and the retries of the configuration", async () => {
    const flyte = new InMemoryFlyteAdmin();
    await using server = await flyte.listen();
    flyte.faults.add({ rpc: "GetVersion", times: 2, code: "UNAVAILABLE" });
    const path = join(await mkdtemp(join(tmpdir(), "flyte-config-")), "config.yaml");
    await writeFile(
      path,
      `admin:\n  endpoint: ${server.grpcUrl}\n  maxRetries: 1\n  perRetryTimeout: 3s\n`,
    );
    using admin = await connect({ configFile: path, env: {}, flow: "none" });
    await expect(admin.identity.getServerVersion()).rejects.toMatchObject({ attempts: 2 });
  });
});
