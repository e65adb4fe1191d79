import { create, toBinary } from "@bufbuild/protobuf";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "@jest/globals";
import { createHash } from "node:crypto";

import {
  NodeExecution_Phase,
  TaskExecution_Phase,
} from "../../../gen/flyteidl/core/execution_pb.js";
import { LiteralMapSchema } from "../../../gen/flyteidl/core/literals_pb.js";
import {
  ArtifactType,
  CreateDownloadLinkRequestSchema,
  CreateDownloadLocationRequestSchema,
  CreateUploadLocationRequestSchema,
  GetDataRequestSchema,
} from "../../../gen/flyteidl/service/dataproxy_pb.js";
import {
  errorOf,
  literals,
  nodeEvent,
  type RunServer,
  runServer,
  scope,
  serverDay,
  startExecution,
  taskEvent,
  text,
} from "./run-server.js";

const { RUNNING, SUCCEEDED } = NodeExecution_Phase;
const digest = new Uint8Array(createHash("md5").update("hello").digest());
const bytes = new TextEncoder().encode("hello");

const upload = (server: RunServer, request: object) =>
  server.dataProxy.createUploadLocation(
    create(CreateUploadLocationRequestSchema, { ...scope, ...request }),
    server.context,
  );
const location = (server: RunServer, request: object) =>
  server.dataProxy.createDownloadLocation(
    create(CreateDownloadLocationRequestSchema, request),
    server.context,
  );
const link = (server: RunServer, request: object = {}) =>
  server.dataProxy.createDownloadLink(
    create(CreateDownloadLinkRequestSchema, {
      artifactType: ArtifactType.DECK,
      source: {
        case: "nodeExecutionId",
        value: { nodeId: "n0", executionId: { ...scope, name: "run1" } },
      },
      ...request,
    }),
    server.context,
  );
const data = (server: RunServer, flyteUrl: string) =>
  server.dataProxy.getData(create(GetDataRequestSchema, { flyteUrl }), server.context);

async function refusal(call: () => unknown) {
  const error = await errorOf(call);
  return [error.code, error.rawMessage];
}

describe("an upload", () => {
  const base = "s3://my-s3-bucket/flytesnacks/development";

  it("goes under the digest in base32, or under the root that is given", async () => {
    const server = await runServer();
    const hashed = await upload(server, { contentMd5: digest, filename: "a.zip" });
    expect(hashed.nativeUrl).toBe(`${base}/LVAUAKV4JMVHNOLRTWIRAF6FSI======/a.zip`);
    const rooted = await upload(server, { filenameRoot: "root/sub", filename: "a/b.zip" });
    expect(rooted.nativeUrl).toBe(`${base}/root/sub/a/b.zip`);
    const unnamed = await upload(server, { contentMd5: digest, org: "acme" });
    expect(unnamed.nativeUrl).toMatch(
      /^s3:\/\/my-s3-bucket\/acme\/flytesnacks\/development\/LVAUAKV4JMVHNOLRTWIRAF6FSI======\/[a-z0-9]{20}$/,
    );
  });

  it("has the headers to send, with a length that is the digest text's", async () => {
    const server = await runServer();
    const md5 = "XUFAKrxLKna5cZ2REBfFkg==";
    const plain = await upload(server, { contentMd5: digest });
    expect(plain.headers).toEqual({ "Content-MD5": md5, "Content-Length": "24" });
    const request = { contentMd5: digest, addContentMd5Metadata: true };
    expect((await upload(server, request)).headers).toMatchObject({
      "x-amz-meta-flyteContentMD5": md5,
    });
    const without = await upload(server, { filenameRoot: "r" });
    expect(without.headers).toEqual({ "Content-MD5": "", "Content-Length": "0" });
  });

  it("reads the file's name as a relative URL", async () => {
    const server = await runServer();
    const path = async (filename: string) => {
      const { nativeUrl, signedUrl } = await upload(server, { filenameRoot: "r", filename });
      return [nativeUrl.replace(`${base}/`, ""), new URL(signedUrl).pathname.split("/").at(-1)];
    };
    expect(await path("a b.zip")).toEqual(["r/a%20b.zip", "a%20b.zip"]);
    expect(await path("a%20b.zip")).toEqual(["r/a%20b.zip", "a%20b.zip"]);
    expect(await path("a?x#y")).toEqual(["r/a?x#y", "a"]);
    expect(await path("../up.zip")).toEqual(["up.zip", "up.zip"]);
    const bad = await refusal(() => upload(server, { filenameRoot: "r", filename: "50%.zip" }));
    expect(bad[0]).toBe(Code.Internal);
  });

  it("is refused where another file is, and allowed where the same one is", async () => {
    const server = await runServer();
    server.state.blobs.put(`${base}/r/a.txt`, bytes);
    const place = { filenameRoot: "r", filename: "a.txt" };
    const taken = [
      Code.AlreadyExists,
      `file already exists at location [${base}/r/a.txt], specify a matching hash if you wish to rewrite`,
    ];
    expect(await refusal(() => upload(server, place))).toEqual(taken);
    expect(
      await refusal(() => upload(server, { ...place, contentMd5: new Uint8Array(16) })),
    ).toEqual(taken);
    const same = await upload(server, { ...place, contentMd5: digest });
    expect(same.nativeUrl).toBe(`${base}/r/a.txt`);
  });

  it("needs a scope, a digest or a root, and a life of at most an hour", async () => {
    const server = await runServer();
    const invalid = Code.InvalidArgument;
    expect(await refusal(() => upload(server, { project: "" }))).toEqual([
      invalid,
      "project and domain are required parameters",
    ]);
    expect(await refusal(() => upload(server, { filename: "a" }))).toEqual([
      invalid,
      "content_md5 or filename_root is a required parameter",
    ]);
    const expiring = (seconds: bigint) => ({ filenameRoot: "r", expiresIn: { seconds } });
    expect(await refusal(() => upload(server, expiring(3601n)))).toEqual([
      invalid,
      "expiresIn [1h0m1s] cannot exceed max allowed expiration [1h0m0s]",
    ]);
    expect((await refusal(() => upload(server, expiring(0n))))[0]).toBe(Code.Internal);
    const { expiresAt } = await upload(server, expiring(60n));
    expect(expiresAt && timestampDate(expiresAt).getTime()).toBe(serverDay.getTime() + 60_000);
  });
});

describe("a download location", () => {
  it("is signed whether or not the object exists, whatever its scheme, without its query", async () => {
    const server = await runServer();
    const paths = await Promise.all(
      ["s3://b/none.pb", "gs://b/x", "s3://b/k?versionId=1#f"].map(async (nativeUrl) => {
        const { signedUrl } = await location(server, { nativeUrl });
        return new URL(signedUrl).pathname;
      }),
    );
    expect(paths).toEqual(["/b/none.pb", "/b/x", "/b/k"]);
  });

  it("is refused without a bucket, and for a life that is negative or too long", async () => {
    const server = await runServer();
    const of = (expiresIn: object) => ({ nativeUrl: "s3://b/k", expiresIn });
    const signer = "failed to create a signed url. Error:";
    for (const [nativeUrl, count, fields] of [
      ["nonsense", 1, ["Bucket"]],
      ["s3://b", 1, ["Key"]],
      ["", 2, ["Bucket", "Key"]],
    ] as const) {
      const lines = fields.map((field) => `- minimum field size of 1, GetObjectInput.${field}.\n`);
      expect(await refusal(() => location(server, { nativeUrl }))).toEqual([
        Code.Internal,
        `${signer} InvalidParameter: ${count} validation error(s) found.\n${lines.join("")}`,
      ]);
    }
    expect(await refusal(() => location(server, { nativeUrl: "s3://b/a%zz" }))).toEqual([
      Code.InvalidArgument,
      "error while validating request: failed to parse native_url [s3://b/a%zz]",
    ]);
    expect(await refusal(() => location(server, of({})))).toEqual([
      Code.Internal,
      `${signer} InvalidPresignExpireError: presigned URL requires an expire duration greater than 0`,
    ]);
    expect(await refusal(() => location(server, of({ seconds: -1n })))).toEqual([
      Code.InvalidArgument,
      "error while validating request: expiresIn is invalid. Error: input duration [-1s] should not less than 0",
    ]);
    expect((await refusal(() => location(server, of({ seconds: 3601n }))))[0]).toBe(
      Code.InvalidArgument,
    );
    const { signedUrl } = await location(server, of({ nanos: 500_000_000 }));
    expect(new URL(signedUrl).searchParams.get("X-Amz-Expires")).toBe("0");
  });
});

describe("a name that makes no address", () => {
  it.each([
    ["50%.zip", 'invalid URL escape "%.z"'],
    ["a%b", 'invalid URL escape "%b"'],
    ["a\u0001b", "net/url: invalid control character in URL"],
  ])("%j is refused with the reason that storage has", async (filename, reason) => {
    const server = await runServer();
    const parts = { filenameRoot: "/r/s/", filename };
    const address = JSON.stringify(`/flytesnacks/development/r/s/${filename}`);
    expect(await refusal(() => upload(server, parts))).toEqual([
      Code.Internal,
      "failed to create storage location, Error: failed to construct datastore reference. Error: " +
        `Reference is of an invalid format [s3://my-s3-bucket]: parse ${address.replace("\\u0001", "\\x01")}: ${reason}`,
    ]);
  });

  it("is refused for the offloaded output of a node", async () => {
    const server = await runServer();
    await startExecution(server);
    const output = { case: "outputData" as const, value: literals({ o0: text("a") }) };
    const error = await errorOf(() =>
      nodeEvent(server, { phase: SUCCEEDED, outputResult: output }, "n%"),
    );
    expect(error.code).toBe(Code.Internal);
    expect(error.rawMessage).toMatch(
      /^Failed to construct data reference for \[\[flytesnacks development run1 n% offloaded_outputs\]\] with err: /,
    );
  });
});

describe("a download link", () => {
  async function withDeck(deckUri: string): Promise<RunServer> {
    const server = await runServer();
    await startExecution(server);
    await nodeEvent(server, { phase: RUNNING, deckUri });
    return server;
  }

  it("signs a node's deck, and says so twice", async () => {
    const server = await withDeck("s3://my-s3-bucket/deck.html");
    server.state.blobs.put("s3://my-s3-bucket/deck.html", bytes);
    const answer = await link(server);
    expect(answer.signedUrl).toHaveLength(1);
    expect(answer.preSignedUrls?.signedUrl).toEqual(answer.signedUrl);
    expect(answer.preSignedUrls?.expiresAt).toEqual(answer.expiresAt);
  });

  it("answers NOT_FOUND without a deck or its object, and INVALID_ARGUMENT without the node", async () => {
    const server = await withDeck("");
    expect((await refusal(() => link(server)))[0]).toBe(Code.NotFound);
    server.state.blobs.put("s3://my-s3-bucket/other", bytes);
    await nodeEvent(server, { phase: SUCCEEDED, deckUri: "s3://my-s3-bucket/late.html" });
    const late = await refusal(() => link(server));
    expect(late).toEqual([Code.NotFound, "object not found"]);
    const nowhere = await withDeck("s3://nowhere/deck.html");
    expect((await refusal(() => link(nowhere)))[0]).toBe(Code.Internal);
    const value = { nodeId: "zz", executionId: { ...scope, name: "run1" } };
    const unknown = await refusal(() =>
      link(server, { source: { case: "nodeExecutionId", value } }),
    );
    expect(unknown[0]).toBe(Code.InvalidArgument);
  });

  it("finds no deck for another type of artifact", async () => {
    const server = await withDeck("s3://my-s3-bucket/deck.html");
    const [code, text] = await refusal(() => link(server, { artifactType: 7 }));
    expect(code).toBe(Code.NotFound);
    expect(text).toMatch(/^no deckUrl found for request \[artifact_type:7 /);
  });

  it("needs a type, a source and a life that is not zero", async () => {
    const server = await withDeck("s3://my-s3-bucket/deck.html");
    server.state.blobs.put("s3://my-s3-bucket/deck.html", bytes);
    const prefix = "error while validating request. Error:";
    expect(await refusal(() => link(server, { artifactType: ArtifactType.UNDEFINED }))).toEqual([
      Code.InvalidArgument,
      `${prefix} invalid artifact type [ARTIFACT_TYPE_UNDEFINED]`,
    ]);
    expect(await refusal(() => link(server, { source: { case: undefined } }))).toEqual([
      Code.InvalidArgument,
      `${prefix} source is required. Provided nil`,
    ]);
    expect((await refusal(() => link(server, { expiresIn: {} })))[0]).toBe(Code.Internal);
    await link(server, { expiresIn: { seconds: 3600n } });
  });
});

describe("a flyte:// URL", () => {
  const url = "flyte://v1/flytesnacks/development/run1/n0";

  async function finished(): Promise<RunServer> {
    const server = await runServer();
    await startExecution(server);
    const stored = toBinary(LiteralMapSchema, literals({ o: text("node") }));
    server.state.blobs.put("s3://my-s3-bucket/o.pb", stored);
    server.state.blobs.put("s3://my-s3-bucket/deck.html", bytes);
    const outputResult = { case: "outputUri" as const, value: "s3://my-s3-bucket/o.pb" };
    await nodeEvent(server, { phase: RUNNING });
    await taskEvent(server, {
      phase: TaskExecution_Phase.SUCCEEDED,
      retryAttempt: 1,
      outputResult,
    });
    const deckUri = "s3://my-s3-bucket/deck.html";
    await nodeEvent(server, { phase: SUCCEEDED, outputResult, deckUri });
    return server;
  }

  it("stands for all literals, one literal, or the deck", async () => {
    const server = await finished();
    expect((await data(server, `${url}/o`)).data).toEqual({
      case: "literalMap",
      value: literals({ o: text("node") }),
    });
    expect((await data(server, `${url}/1/o/o`)).data).toEqual({
      case: "literal",
      value: text("node"),
    });
    expect((await data(server, `${url}/i`)).data).toEqual({
      case: "literalMap",
      value: literals({}),
    });
    expect((await data(server, `${url}/d`)).data.case).toBe("preSignedUrls");
  });

  it("is refused with INVALID_ARGUMENT when it names no attempt, no literal, or an attempt's deck", async () => {
    const server = await finished();
    const invalid = Code.InvalidArgument;
    expect((await refusal(() => data(server, `${url}/7/o`)))[0]).toBe(invalid);
    expect(await refusal(() => data(server, `${url}/o/zz`))).toEqual([
      invalid,
      expect.stringMatching(/^name \[zz\] not found in node execution \[node_id:"n0"/),
    ]);
    expect(await refusal(() => data(server, `${url}/1/d`))).toEqual([
      invalid,
      "deck type cannot be specified with a retry attempt, just use the node instead",
    ]);
    expect((await refusal(() => data(server, url.replace("n0", "zz") + "/o")))[0]).toBe(
      Code.NotFound,
    );
  });

  it.each([
    "flyte://v1/a.b/d/e/n/o",
    "flyte://v1/p/d/e/n/x",
    "flyte://v1/p/d/e/n/o/",
    "flyte://v2/p/d/e/n/o",
  ])("is refused when it is %s", async (bad) => {
    const server = await runServer();
    expect(await refusal(() => data(server, bad))).toEqual([
      Code.InvalidArgument,
      `failed to parse artifact url Error: failed to parse [${bad}]`,
    ]);
  });
});
