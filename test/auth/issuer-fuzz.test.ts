import { inspect } from "node:util";

import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { clientCredentials, createAuth, FlyteError } from "../../src/index.js";
import { fuzz } from "../support/fuzz.js";
import { setUp } from "./flyte.js";

const secret = "planted-secret-4711";
const json = { "content-type": "application/json" };
const text = fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: "binary", maxLength: 60 }));
const value = fc.oneof(
  text,
  fc.constantFrom(secret, `${secret}-more`, encodeURIComponent(`${secret}=`), "\u001b[2J", "eyJ"),
  fc.integer(),
  fc.constant(null),
  fc.jsonValue(),
);
const body = fc.oneof(
  fc
    .dictionary(
      fc.constantFrom(
        "access_token",
        "token_type",
        "expires_in",
        "refresh_token",
        "scope",
        "id_token",
        "error",
        "error_description",
        "error_uri",
        "__proto__",
      ),
      value,
    )
    .map((entries) => JSON.stringify(entries)),
  fc.json(),
  text,
);
const answer = fc.record({
  status: fc.constantFrom(200, 201, 204, 302, 400, 401, 403, 404, 429, 500, 501, 502, 503, 599),
  body,
  headers: fc.constantFrom<Record<string, string>>(
    json,
    {},
    { "content-type": "text/html" },
    { ...json, "retry-after": "never" },
    { location: "javascript:alert(1)" },
  ),
});

describe("whatever an issuer answers", () => {
  it("ends in a token or in a FlyteError without secrets and control characters", async () => {
    const { fetch, baseUrl } = setUp({
      flow: clientCredentials({ clientId: "x", clientSecret: "y" }),
    });
    await fc.assert(
      fc.asyncProperty(answer, async (answered) => {
        const auth = createAuth({
          baseUrl,
          tokenUrl: "http://127.0.0.1:30003/token",
          flow: clientCredentials({ clientId: "service", clientSecret: secret }),
          fetch: (url, init) =>
            url.endsWith("/token")
              ? Promise.resolve(
                  new Response(answered.status === 204 ? null : answered.body, answered),
                )
              : fetch(url, init),
        });
        const failure: unknown = await auth.ensureSignedIn().then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        if (failure === undefined) return;
        expect(failure).toBeInstanceOf(FlyteError);
        const shown = inspect(failure, { depth: 9, showHidden: true });
        expect(shown).not.toContain(secret);
        expect((failure as FlyteError).message).not.toMatch(/[^\P{Cc}\n\t]/u);
      }),
      fuzz(500),
    );
  });
});
