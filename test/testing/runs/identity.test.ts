import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "@jest/globals";

import { GetVersionRequestSchema } from "../../../gen/flyteidl/admin/version_pb.js";
import {
  OAuth2MetadataRequestSchema,
  PublicClientAuthConfigRequestSchema,
} from "../../../gen/flyteidl/service/auth_pb.js";
import { UserInfoRequestSchema } from "../../../gen/flyteidl/service/identity_pb.js";
import { authMetadataHandlers, identityHandlers } from "../../../src/testing/rpcs/index.js";
import { errorOf, execution, runServer, startExecution } from "./run-server.js";

describe("a server without authentication", () => {
  it("does not have the identity and auth metadata services", async () => {
    const { state, context } = await runServer();
    const calls = {
      "unknown service flyteidl.service.IdentityService": () =>
        identityHandlers(state).userInfo(create(UserInfoRequestSchema), context),
      "unknown service flyteidl.service.AuthMetadataService": () =>
        authMetadataHandlers(state).getPublicClientConfig(
          create(PublicClientAuthConfigRequestSchema),
          context,
        ),
    };
    for (const [text, call] of Object.entries(calls)) {
      const error = await errorOf(call);
      expect([error.code, error.rawMessage]).toEqual([Code.Unimplemented, text]);
    }
  });
});

describe("a server with authentication", () => {
  const auth = {
    oauth2Metadata: { issuer: "https://issuer" },
    publicClientConfig: { clientId: "flytectl", scopes: ["all"] },
    userInfo: { subject: "u1", name: "Ada" },
  };

  it("answers what it is set up with, and knows its user behind executions", async () => {
    const server = await runServer({ auth });
    const { state, context } = server;
    const identity = identityHandlers(state);
    const metadata = authMetadataHandlers(state);
    expect(await identity.userInfo(create(UserInfoRequestSchema), context)).toMatchObject(
      auth.userInfo,
    );
    expect(
      await metadata.getOAuth2Metadata(create(OAuth2MetadataRequestSchema), context),
    ).toMatchObject(auth.oauth2Metadata);
    expect(
      await metadata.getPublicClientConfig(create(PublicClientAuthConfigRequestSchema), context),
    ).toMatchObject(auth.publicClientConfig);
    await startExecution(server);
    expect((await execution(server)).spec?.metadata?.principal).toBe("u1");
  });
});

describe("the version of a server", () => {
  it("is unknown, as that of a build which was given none", async () => {
    const { admin, context } = await runServer();
    const { controlPlaneVersion } = await admin.getVersion(
      create(GetVersionRequestSchema),
      context,
    );
    expect(controlPlaneVersion).toMatchObject({ Build: "unknown", Version: "unknown" });
    expect(controlPlaneVersion?.BuildTime).toMatch(/^2026-03-01 00:00:00\.000 \+0000 UTC m=/);
  });
});
