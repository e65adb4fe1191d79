import { inspect } from "node:util";

import { toBinary } from "@bufbuild/protobuf";
import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";

import { type Literal, LiteralSchema } from "../../gen/flyteidl/core/literals_pb.js";
import { SimpleType } from "../../gen/flyteidl/core/types_pb.js";
import { AdminClient, literalToValue, valueToLiteral, NotFoundError } from "../../src/index.js";
import { InMemoryFlyteAdmin, seedAttempts, seedExecution, seedNode } from "../../src/testing.js";
import { stringLiteral } from "../support/literals.js";

const scope = { project: "flytesnacks", domain: "development" };
const deckUri = "s3://my-s3-bucket/decks/n0.html";
const base = "flyte://v1/flytesnacks/development/ran0001";
const nodeOf = (nodeId: string) => ({ executionId: { ...scope, name: "ran0001" }, nodeId });

function integer(value: bigint): Literal {
  return valueToLiteral(value, { type: { case: "simple", value: SimpleType.INTEGER } });
}

function offloaded(uri: string, sizeBytes = 0n): Literal {
  return valueToLiteral({ kind: "offloaded", uri, sizeBytes }, {});
}

function collection(...literals: Literal[]): Literal {
  return {
    ...integer(0n),
    value: {
      case: "collection",
      value: { $typeName: "flyteidl.core.LiteralCollection", literals },
    },
  };
}

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;

/** One execution with nodes that stand for the cases. */
async function seeded(): Promise<void> {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  admin = new AdminClient({ transport: flyte.transport(), fetch: flyte.fetch });
  flyte.putBlob(deckUri, new TextEncoder().encode("<h1>ü</h1>"));
  const executionId = await seedExecution(flyte, { name: "ran0001" });
  const nodes = [
    {
      nodeId: "n0",
      phase: "SUCCEEDED",
      deckUri,
      outputs: { o0: stringLiteral("x"), "o.1": stringLiteral("y") },
    },
    { nodeId: "n1", phase: "SUCCEEDED" },
    { nodeId: "n2", phase: "RUNNING" },
    { nodeId: "n3", phase: "SUCCEEDED", deckUri: "s3://my-s3-bucket/decks/lost.html" },
    { nodeId: "n4", phase: "FAILED" },
    { nodeId: "big", phase: "SUCCEEDED", outputs: { o0: stringLiteral("x".repeat(3_000_000)) } },
    {
      nodeId: "off",
      phase: "SUCCEEDED",
      outputs: {
        plain: integer(1n),
        list: collection(integer(2n), offloaded("s3://my-s3-bucket/off/list")),
        lost: offloaded("s3://my-s3-bucket/off/lost"),
        large: offloaded("s3://my-s3-bucket/off/large", 5_000_000n),
        bad: offloaded("s3://my-s3-bucket/off/bad"),
        chain: offloaded("s3://my-s3-bucket/off/chain"),
        loop: offloaded("s3://my-s3-bucket/off/loop"),
      },
    },
  ] as const;
  for (const node of nodes) await seedNode(flyte, { executionId, ...node });
  await seedAttempts(flyte, {
    nodeExecutionId: {
      $typeName: "flyteidl.core.NodeExecutionIdentifier",
      ...nodeOf("n0"),
      executionId,
    },
    count: 2,
    attempt: (n) =>
      n === 0
        ? { phase: "FAILED" }
        : { phase: "SUCCEEDED", outputs: { o0: stringLiteral("of 1") } },
  });
  const objects: Readonly<Record<string, Literal>> = {
    list: stringLiteral("fetched"),
    chain: collection(offloaded("s3://my-s3-bucket/off/list")),
    loop: offloaded("s3://my-s3-bucket/off/loop"),
  };
  for (const [name, literal] of Object.entries(objects)) {
    flyte.putBlob(`s3://my-s3-bucket/off/${name}`, toBinary(LiteralSchema, literal));
  }
  flyte.putBlob("s3://my-s3-bucket/off/bad", new Uint8Array([255, 255]));
  flyte.putBlob("s3://my-s3-bucket/off/large", new Uint8Array(5_000_000));
}

describe("resolving a flyte:// URL", () => {
  beforeAll(seeded);

  test("of a node's outputs returns them", async () => {
    const result = await admin.dataProxy.resolve(`${base}/n0/o`);
    expect(result).toMatchObject({
      kind: "literals",
      literals: { literals: { o0: {}, "o.1": {} } },
    });
  });

  test("of an attempt's outputs returns those of that attempt", async () => {
    const result = await admin.dataProxy.resolve(`${base}/n0/1/o`);
    expect(result.kind === "literals" && literalToValue(result.literals.literals["o0"]!)).toBe(
      "of 1",
    );
    expect(await admin.dataProxy.resolve(`${base}/n0/0/o`)).toMatchObject({ kind: "error" });
  });

  test("of inputs that were never recorded says so", async () => {
    expect(await admin.dataProxy.resolve(`${base}/n0/i`)).toMatchObject({ kind: "none" });
    expect(await admin.dataProxy.resolve(`${base}/n2/o`)).toMatchObject({ kind: "notTerminal" });
  });

  test("of one literal returns it, also out of outputs that the server does not give", async () => {
    const one = await admin.dataProxy.resolve(`${base}/n0/1/o/o0`);
    expect(one).toMatchObject({ kind: "literal", source: "getData" });
    const big = await admin.dataProxy.resolve(`${base}/big/o/o0`);
    expect(big).toMatchObject({ kind: "literal", source: "signedUrl" });
  });

  test("of a literal that is not there names those that are", async () => {
    expect(await admin.dataProxy.resolve(`${base}/n0/o/nope`)).toEqual({
      kind: "noSuchLiteral",
      name: "nope",
      names: ["o.1", "o0"],
    });
    expect(await admin.dataProxy.resolve(`${base}/n4/o/nope`)).toMatchObject({ kind: "error" });
    expect(await admin.dataProxy.resolve(`${base}/n0/o/__proto__`)).toMatchObject({
      kind: "noSuchLiteral",
    });
  });

  test("of a deck returns the deck", async () => {
    const deck = await admin.dataProxy.resolve(`${base}/n0/d`);
    expect(deck.kind === "deck" && (await deck.html())).toBe("<h1>ü</h1>");
    expect(await admin.dataProxy.resolve(`${base}/n1/d`)).toMatchObject({ kind: "none" });
  });

  test("takes the parts of a URL as well", async () => {
    const url = { nodeExecutionId: nodeOf("n0"), artifact: "outputs" } as const;
    expect(await admin.dataProxy.resolve(url)).toMatchObject({ kind: "literals" });
  });

  test.each(["nope/o", "nope/1/o", "nope/o/o0", "n0/7/o", "n0/7/o/o0", "nope/d"])(
    "of something that is not there (%s) is a NotFoundError",
    async (path) => {
      await expect(admin.dataProxy.resolve(`${base}/${path}`)).rejects.toBeInstanceOf(
        NotFoundError,
      );
    },
  );

  test.each([
    ["", "flyteUrl"],
    ["s3://bucket/key", "flyteUrl"],
    ["flyte://v2/p/d/e/n/o", "flyteUrl"],
    [`${base}/n0/x`, "flyteUrl"],
    [`${base}/n0/o/a/b`, "flyteUrl"],
    [`${base}/n0/0/d`, "retryAttempt"],
    [`${base}/n0/o/o.1`, "literalName"],
    [`${base}/n.0/o`, "nodeExecutionId.nodeId"],
    ["flyte://v1/p.x/d/e/n/o", "nodeExecutionId.executionId.project"],
  ])("that the server could not resolve (%s) is refused before any call", async (url, path) => {
    const before = flyte.calls.length;
    const work = admin.dataProxy.resolve(url);
    await expect(work).rejects.toMatchObject({ name: "InvalidIdentifierError", path });
    expect(flyte.calls).toHaveLength(before);
  });
});

describe("the deck of a node", () => {
  beforeEach(seeded);

  test("is its HTML and a link, which is in no text of it", async () => {
    const deck = await admin.nodeExecutions.deck(nodeOf("n0"), { expiresInSeconds: 60 });
    if (deck.kind !== "deck") throw new Error(deck.kind);
    expect(await deck.html()).toBe("<h1>ü</h1>");
    expect(new URL(deck.url).searchParams.get("X-Amz-Expires")).toBe("60");
    expect(deck.expiresAt).toBeInstanceOf(Date);
    expect(inspect(deck, { depth: 9 }) + JSON.stringify(deck)).not.toContain("X-Amz");
  });

  test("is bounded", async () => {
    const deck = await admin.nodeExecutions.deck(nodeOf("n0"));
    const work = deck.kind === "deck" ? deck.html({ maxBytes: 5 }) : Promise.resolve();
    await expect(work).rejects.toMatchObject({ name: "SignedUrlError", reason: "tooLarge" });
  });

  test("that was not written is none, not yet or lost", async () => {
    const deckOf = (nodeId: string) => admin.nodeExecutions.deck(nodeOf(nodeId));
    expect(await deckOf("n1")).toEqual({ kind: "none", phase: "SUCCEEDED" });
    expect(await deckOf("n2")).toEqual({ kind: "notTerminal", phase: "RUNNING" });
    expect(await deckOf("n3")).toEqual({
      kind: "missing",
      what: "object",
      uri: "s3://my-s3-bucket/decks/lost.html",
    });
    await expect(deckOf("nope")).rejects.toBeInstanceOf(NotFoundError);
  });

  test("of a node that was read before and has none costs no call", async () => {
    const node = await admin.nodeExecutions.get(nodeOf("n1"));
    const before = flyte.calls.length;
    expect(await admin.nodeExecutions.deck(node)).toEqual({ kind: "none", phase: "SUCCEEDED" });
    expect(flyte.calls).toHaveLength(before);
  });

  test("is read on by a new link when the first has expired", async () => {
    const deck = await admin.nodeExecutions.deck(nodeOf("n0"));
    if (deck.kind !== "deck") throw new Error(deck.kind);
    let expired = true;
    const html = await deck.html({
      fetch: (url, init) => {
        if (!expired) return flyte.fetch(url, init);
        expired = false;
        const body =
          "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
        return Promise.resolve(new Response(body, { status: 403 }));
      },
    });
    expect(html).toBe("<h1>ü</h1>");
    expect(flyte.calls.filter(({ rpc }) => rpc === "CreateDownloadLink")).toHaveLength(2);
  });
});

describe("literals that were offloaded", () => {
  beforeAll(seeded);

  test("are references unless they are asked for", async () => {
    const before = flyte.calls.length;
    const result = await admin.nodeExecutions.outputs(nodeOf("off"));
    if (result.kind !== "literals") throw new Error(result.kind);
    expect(literalToValue(result.literals.literals["lost"]!)).toMatchObject({ kind: "offloaded" });
    expect(result.unfetched).toBeUndefined();
    expect(flyte.calls).toHaveLength(before + 1);
  });

  test("come in their places, and what does not come is named with the reason", async () => {
    const options = { fetchOffloaded: true, maxBytes: 1_000_000 };
    const result = await admin.nodeExecutions.outputs(nodeOf("off"), options);
    if (result.kind !== "literals") throw new Error(result.kind);
    const { plain, list, lost, chain } = result.literals.literals;
    expect(literalToValue(plain!)).toBe(1n);
    expect(literalToValue(list!)).toEqual([2n, "fetched"]);
    expect(literalToValue(chain!)).toEqual(["fetched"]);
    expect(literalToValue(lost!)).toMatchObject({ kind: "offloaded" });
    const reasons = Object.fromEntries(
      (result.unfetched ?? []).map(({ path, result: { kind } }) => [path, kind]),
    );
    expect(reasons).toEqual({
      "literals.lost": "missing",
      "literals.large": "tooLarge",
      "literals.bad": "unreadable",
      "literals.loop": "unreadable",
    });
  });

  test("count together against maxBytes", async () => {
    const size = toBinary(LiteralSchema, stringLiteral("fetched")).length;
    const options = { fetchOffloaded: true, maxBytes: size };
    const result = await admin.dataProxy.resolve(`${base}/off/o/list`, options);
    expect(result.kind === "literal" && literalToValue(result.literal)).toEqual([2n, "fetched"]);
    const chained = await admin.dataProxy.resolve(`${base}/off/o/chain`, options);
    expect(chained).toMatchObject({
      kind: "literal",
      unfetched: [{ result: { kind: "tooLarge" } }],
    });
  });
});
