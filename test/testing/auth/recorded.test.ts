import { connect, constants } from "node:http2";

import { fromBinary } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { UserInfoResponseSchema } from "../../../gen/flyteidl/service/identity_pb.js";
import {
  OAuth2MetadataResponseSchema,
  PublicClientAuthConfigResponseSchema,
} from "../../../gen/flyteidl/service/auth_pb.js";
import { StatusSchema } from "../../../gen/google/rpc/status_pb.js";
import { sealCookie } from "../../../src/testing/auth/cookies.js";
import { toBase64Url } from "../../../src/testing/issuer/base64url.js";
import { SigningKeys } from "../../../src/testing/issuer/signing-keys.js";
import { FakeIssuer, InMemoryFlyteAdmin, type ListeningServer } from "../../../src/testing.js";
import { type RecordedExchange, type RecordedJwt, recordedExchanges } from "./recorded-auth.js";

/** When the recorded tokens were made, in seconds. */
const recordedAt = 1_795_529_479;

/** Left out, with the reason. */
const leftOut: Readonly<Record<string, string>> = {
  "none.grpc.health-check": "the health service of the double is outside authentication",
  "none.rest.openapi.json": "the document is shortened in the recording",
  "metadata.jwks": "another key",
  "wrong.grpc.blank": "a header of JavaScript has no space at its end",
  "authorize.no-pkce.end": "the request's cookies are not in the recording",
  "authorize.plain-pkce.end": "the request's cookies are not in the recording",
  "session.large-token.2000": "the double has no provider that issues larger tokens",
  "session.large-token.5000": "the double has no provider that issues larger tokens",
  "callback.userinfo-fails": "the double has no provider whose user info fails",
};

const challenge = "KT8hnT2Db3INIOKWtF38DwZrum1e106C_HNe0QuFUW4";

const person = {
  subject: "user-1",
  name: "Test User",
  preferred_username: "tuser",
  given_name: "Test",
  family_name: "User",
  email: "user-1@example.test",
  picture: "http://idp.test/user-1.png",
};

/** An answer in the parts that are compared. */
interface Answer {
  readonly status: number;
  readonly words: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** A server like a recorded one, that exchanges are played to in order. */
class Player {
  readonly answers = new Map<string, Answer>();
  readonly #foreign = new SigningKeys("kid", "foreign");
  #nowSeconds: number;
  readonly #startSeconds: number;
  readonly #flyte: InMemoryFlyteAdmin;
  #server: ListeningServer | undefined;
  readonly #keys: { own: SigningKeys; provider: SigningKeys };
  readonly #issuer: FakeIssuer | undefined;

  constructor(isExternal: boolean) {
    // The recording of the server with an issuer of its own began later.
    this.#startSeconds = isExternal ? recordedAt + 24 : recordedAt;
    this.#nowSeconds = this.#startSeconds;
    const now = () => new Date(this.#nowSeconds * 1000);
    this.#issuer = isExternal ? new FakeIssuer({ now }) : undefined;
    const signIn = {
      issuer: this.#issuer,
      authorizedUris: ["http://flyteadmin.test"],
      allowedAudience: isExternal ? ["http://idp.test"] : undefined,
      clients: {
        flytepropeller: { secret: "foobar", scopes: ["all", "offline", "access_token"] },
        limited: { secret: "foobar", scopes: ["read", "offline", "access_token"] },
      },
    };
    this.#flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"], now, signIn });
    const { auth } = this.#flyte;
    if (auth === undefined) throw new Error("the server has no authentication");
    this.#keys = { own: auth.keys, provider: auth.providerKeys };
  }

  async open(): Promise<void> {
    this.#server = await this.#flyte.listen();
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  async play(exchange: RecordedExchange): Promise<Answer> {
    // The recorded session expired while the recording ran.
    this.#nowSeconds =
      this.#startSeconds + (/^(session|login)\.(expired|refreshes)/.test(exchange.name) ? 4 : 0);
    const tokens = await Promise.all(
      (exchange.request.jwt ?? []).map((jwt) => this.#sign(exchange.name, jwt)),
    );
    const fill = (text: string): string => {
      let filled = text;
      for (const [whole, line = "", field = ""] of text.matchAll(/\{\{([^:}]+):([^}]+)\}\}/g)) {
        filled = filled.replace(whole, fieldOf(this.answers.get(line), field));
      }
      for (const token of tokens) filled = filled.replace("{{jwt}}", token);
      return filled;
    };
    const headers = new Headers();
    for (const [name, value] of Object.entries(exchange.request.headers ?? {})) {
      headers.set(name, await this.#fillCookies(name, fill(value)));
    }
    const answer =
      exchange.transport === "grpc"
        ? await this.#grpc(exchange, headers)
        : await this.#http(exchange, headers, fill);
    this.answers.set(exchange.name, answer);
    return answer;
  }

  /** Cookies that cannot be read in the recording hold an expired session, or the request that began a login. */
  async #fillCookies(name: string, value: string): Promise<string> {
    if (name !== "cookie" || !value.includes("{{encrypted}}")) return value;
    const claims = { iss: "http://idp.test", aud: "flyte-web", sub: "user-1", exp: recordedAt + 3 };
    const idToken = await this.#keys.provider.sign(claims);
    const query = new URLSearchParams({
      response_type: "code",
      client_id: "flytectl",
      redirect_uri: "http://localhost:53593/callback",
      scope: "all offline",
      state: "state-0123456789",
      code_challenge: challenge,
      code_challenge_method: "S256",
    });
    const values: Readonly<Record<string, string>> = {
      flyte_idt: idToken,
      flyte_user_info: JSON.stringify(person),
      flyte_auth_code: query.toString(),
    };
    return value.replaceAll(
      /(\w+)=\{\{encrypted\}\}/g,
      (_, cookie: string) => `${cookie}=${sealCookie(values[cookie] ?? "x")}`,
    );
  }

  async #sign(name: string, { header, claims }: RecordedJwt): Promise<string> {
    const form = name.startsWith("authorize.no-pkce")
      ? {}
      : { code_challenge: challenge, code_challenge_method: "S256" };
    const filled = {
      ...claims,
      ...(typeof claims["form"] === "string" ? { form } : {}),
      ...(claims["user_info"] === "(as in pkce.5-exchange)" && !name.includes("user-info-string")
        ? { user_info: person }
        : {}),
    };
    if (header["alg"] === "none") {
      return `${toBase64Url(JSON.stringify(header))}.${toBase64Url(JSON.stringify(filled))}.`;
    }
    if (/other-key|bad-signature/.test(name)) return this.#foreign.sign(filled);
    const isProvider = header["kid"] !== undefined && this.#issuer === undefined;
    return (isProvider ? this.#keys.provider : this.#keys.own).sign(filled);
  }

  async #http(
    { request }: RecordedExchange,
    headers: Headers,
    fill: (text: string) => string,
  ): Promise<Answer> {
    let path = fill(request.path ?? "");
    // The provider's page is skipped, so its code and state are others.
    const csrf = /flyte_csrf_state=([^;]+)/.exec(headers.get("cookie") ?? "")?.[1];
    if (path.startsWith("/callback?code=idp-code") && csrf !== undefined) {
      const login = [...this.answers.values()].find(
        (each) =>
          each.headers.getSetCookie().some((cookie) => cookie.includes(csrf)) &&
          each.headers.get("location")?.startsWith("/callback") === true,
      );
      path = login?.headers.get("location") ?? path;
    }
    const body = request.bodyText === undefined ? null : fill(request.bodyText);
    const response = await this.#flyte.fetch(`http://flyteadmin.test${path}`, {
      method: request.method,
      headers,
      body,
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return {
      status: response.status,
      headers: response.headers,
      body: bytes,
      words: wordsOf(response.headers, bytes),
    };
  }

  async #grpc({ request }: RecordedExchange, headers: Headers): Promise<Answer> {
    const session = connect(this.#server!.grpcUrl);
    try {
      return await new Promise<Answer>((resolve, reject) => {
        const stream = session.request({
          [constants.HTTP2_HEADER_METHOD]: "POST",
          [constants.HTTP2_HEADER_PATH]: `/${request.rpc ?? ""}`,
          "content-type": "application/grpc",
          te: "trailers",
          ...Object.fromEntries(headers),
        });
        const chunks: Buffer[] = [];
        const fields: Record<string, string | string[] | number | undefined> = {};
        stream.on("response", (got) => void Object.assign(fields, got));
        stream.on("trailers", (got) => void Object.assign(fields, got));
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("error", reject);
        stream.on("end", () => {
          resolve({
            status: Number(fields["grpc-status"]),
            words: decodeURIComponent([fields["grpc-message"] ?? ""].flat().join()),
            headers: new Headers(),
            body: Buffer.concat(chunks).subarray(5),
          });
        });
        const message = Buffer.from(request.bodyBase64 ?? "", "base64");
        const prefix = Buffer.alloc(5);
        prefix.writeUInt32BE(message.length, 1);
        stream.end(Buffer.concat([prefix, message]));
      });
    } finally {
      session.close();
    }
  }
}

/** Returns a value of an answer for later requests: a field of its JSON, a cookie, or the code in its address. */
function fieldOf(answer: Answer | undefined, field: string): string {
  const cookie = answer?.headers
    .getSetCookie()
    .find((each) => each.startsWith(`${field}=`))
    ?.slice(field.length + 1)
    .split(";")[0];
  if (cookie !== undefined) return cookie;
  const location = answer?.headers.get("location") ?? "";
  if (field === "code") return new URL(location).searchParams.get("code") ?? "";
  const body = JSON.parse(new TextDecoder().decode(answer?.body)) as Record<string, string>;
  return body[field] ?? "";
}

function wordsOf(headers: Headers, body: Uint8Array): string {
  const type = headers.get("content-type") ?? "";
  if (body.length === 0) return "";
  if (type.startsWith("application/octet-stream")) {
    try {
      return fromBinary(StatusSchema, body).message;
    } catch {
      return "";
    }
  }
  if (!type.startsWith("application/json")) return new TextDecoder().decode(body);
  const json = JSON.parse(new TextDecoder().decode(body)) as Record<string, string>;
  return json["message"] ?? json["error_description"] ?? "";
}

function recordedAnswer({ transport, response }: RecordedExchange): Answer {
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.headers)) {
    for (const each of [value].flat()) headers.append(name, each);
  }
  const body =
    response.bodyBase64 === undefined
      ? new TextEncoder().encode(response.bodyText ?? "")
      : new Uint8Array(Buffer.from(response.bodyBase64, "base64"));
  if (transport === "grpc") {
    const words = response.trailers?.["grpc-message"] ?? "";
    return { status: response.grpcStatus ?? -1, words, headers, body };
  }
  const status = response.status ?? -1;
  return { status, words: status < 400 ? "" : wordsOf(headers, body), headers, body };
}

/** A text without what differs between two runs. */
function tidy(words: string): string {
  return words
    .replace(/current time [^+]*\+0000 UTC( m=\S+)?/, "current time")
    .replace(/UTC [0-9a-f-]{36}\}\]/, "UTC (jti)}]");
}

function cookiesSet(headers: Headers): readonly string[] {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.replace(/^(\w+)=[^;]+/, "$1=…").replace(/Expires=[^;]+/, "Expires=…"));
}

function placeOf(headers: Headers): string {
  const location = headers.get("location") ?? "";
  if (/^(http:\/\/idp\.test\/authorize|\/callback)\?/.test(location)) return "the provider";
  return location.replace(/code=[^&]+/, "code=…");
}

function compare(exchange: RecordedExchange, got: Answer): void {
  const wanted = recordedAnswer(exchange);
  expect(got.status).toBe(wanted.status);
  const isError = exchange.transport === "grpc" ? got.status !== 0 : got.status >= 400;
  if (isError) expect(tidy(got.words)).toBe(tidy(wanted.words));
  expect(placeOf(got.headers)).toBe(placeOf(wanted.headers));
  expect(cookiesSet(got.headers)).toEqual(cookiesSet(wanted.headers));
  for (const name of ["content-type", "cache-control", "pragma", "www-authenticate"]) {
    if (exchange.transport !== "grpc" && wanted.body.length > 0) {
      const [one, other] = [got, wanted].map(({ headers }) => tidy(headers.get(name) ?? ""));
      expect(`${name}: ${one ?? ""}`).toBe(`${name}: ${other ?? ""}`);
    }
  }
  compareTokens(got, exchange);
  compareMetadata(exchange, got, wanted);
}

/** Token answers: all but the tokens themselves, and of those the scopes and what they may stand for. */
function compareTokens(got: Answer, { request, response }: RecordedExchange): void {
  if (request.method !== "POST" || got.status !== 200) return;
  if (request.path !== "/oauth2/token") return;
  const json = JSON.parse(new TextDecoder().decode(got.body)) as Record<string, unknown>;
  const wanted = JSON.parse(response.bodyText ?? "{}") as Record<string, unknown>;
  expect({ ...json, access_token: 0, refresh_token: json["refresh_token"] !== undefined }).toEqual({
    ...wanted,
    access_token: 0,
    refresh_token: wanted["refresh_token"] !== undefined,
  });
  const recorded =
    response.jwt?.[0]?.claims ??
    (JSON.parse(
      Buffer.from(String(wanted["access_token"]).split(".")[1] ?? "", "base64url").toString(),
    ) as Record<string, unknown>);
  const own = JSON.parse(
    Buffer.from(String(json["access_token"]).split(".")[1] ?? "", "base64url").toString(),
  ) as Record<string, unknown>;
  for (const name of ["scp", "client_id", "aud", "sub", "iss"]) {
    expect({ [name]: own[name] }).toEqual({ [name]: recorded[name] });
  }
}

/** The answers that say who someone is and how to sign in. */
function compareMetadata({ name, request }: RecordedExchange, got: Answer, wanted: Answer): void {
  if (request.rpc?.endsWith("GetPublicClientConfig")) {
    const [one, other] = [got, wanted].map(({ body }) =>
      fromBinary(PublicClientAuthConfigResponseSchema, body),
    );
    expect(one).toEqual(other);
  } else if (request.rpc?.endsWith("GetOAuth2Metadata") && got.status === 0) {
    const [one, other] = [got, wanted].map(({ body }) =>
      fromBinary(OAuth2MetadataResponseSchema, body),
    );
    if (name.startsWith("metadata")) expect(one).toEqual(other);
    else expect(one?.tokenEndpoint).toBe(other?.tokenEndpoint);
  } else if (name.startsWith("metadata.rest") && !name.endsWith("octet")) {
    const [one, other] = [got, wanted].map(
      ({ body }) => JSON.parse(new TextDecoder().decode(body)) as unknown,
    );
    expect(one).toEqual(other);
  } else if (request.rpc?.endsWith("UserInfo") && got.status === 0) {
    const [one, other] = [got, wanted].map(({ body }) => fromBinary(UserInfoResponseSchema, body));
    const { additionalClaims: mine, ...own } = one!;
    const { additionalClaims: theirs, ...recorded } = other!;
    expect(own).toEqual(recorded);
    expect(Object.keys(mine ?? {}).sort()).toEqual(Object.keys(theirs ?? {}).sort());
  }
}

describe.each(["base", "external"])(
  "authentication of an in-memory server, as recorded (%s)",
  (server) => {
    const player = new Player(server === "external");
    const failures = new Map<string, unknown>();
    const exchanges = recordedExchanges(server).filter(
      ({ name }) => leftOut[name] === undefined && !name.includes("provider-404"),
    );

    beforeAll(async () => {
      await player.open();
      // In order: later requests carry what earlier answers held.
      for (const exchange of exchanges) {
        await player.play(exchange).catch((error: unknown) => failures.set(exchange.name, error));
      }
    });

    afterAll(() => player.close());

    it.each(exchanges.map((exchange) => [exchange.name, exchange] as const))(
      "answers %s",
      (name, exchange) => {
        expect(failures.get(name)).toBeUndefined();
        compare(exchange, player.answers.get(name)!);
      },
    );
  },
);
