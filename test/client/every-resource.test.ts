import { isMessage } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { type FlyteError, UnsupportedByTransportError } from "../../src/index.js";
import { InMemoryFlyteAdmin } from "../../src/testing.js";
import { type Wire, type WireClient, wires } from "../support/wires.js";
import { prepare, type Step, story } from "./story.js";

/** How a step ended, in a form in which wires can be compared. */
type Told = { readonly value: unknown } | { readonly error: unknown };

async function tell({ call }: Step, client: WireClient): Promise<Told> {
  try {
    return { value: comparable(await call(client.admin)) };
  } catch (error) {
    if (error instanceof UnsupportedByTransportError) return { error: error.transport };
    const { name, code, rpc, attempts, serverMessage, details, message } = error as FlyteError;
    return { error: { name, code, rpc, attempts, serverMessage, details, message } };
  }
}

/** Without what differs from server to server: the address and the signature of signed URLs. */
function comparable(value: unknown): unknown {
  if (typeof value === "string") {
    return value.replace(/^http:\/\/[^/]+(\/[^?]*)\?.*$/s, "signed:$1");
  }
  if (Array.isArray(value)) return value.map(comparable);
  if (value instanceof Uint8Array || typeof value !== "object" || value === null) return value;
  if (isMessage(value) && value.$typeName === "google.protobuf.Timestamp") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      typeof inner === "function" ? "function" : comparable(inner),
    ]),
  );
}

async function open(wire: Wire): Promise<WireClient> {
  const flyte = new InMemoryFlyteAdmin({
    projects: ["flytesnacks"],
    now: () => new Date("2026-01-15T12:00:00Z"),
    random: () => 0.5,
  });
  await prepare(flyte);
  return wire.open(flyte, { retry: false });
}

const [inProcess, ...others] = wires;

describe("the story, in process", () => {
  it("ends each step as it must", async () => {
    const client = await open(inProcess!);
    const codes: Record<string, string> = {};
    for (const step of story) {
      const told = await tell(step, client);
      codes[step.title] = "error" in told ? (told.error as FlyteError).code : "OK";
    }
    expect(codes).toEqual(
      Object.fromEntries(story.map(({ title, code }) => [title, code ?? "OK"])),
    );
    await client.close();
  });
});

describe.each(others)("$name", (wire) => {
  let reference: WireClient;
  let client: WireClient;
  beforeAll(async () => {
    reference = await open(inProcess!);
    client = await open(wire);
  });
  afterAll(async () => {
    await client.close();
    await reference.close();
  });

  // The steps build on each other, so they run in their order.
  it.each(story)("returns what the in-process wire returns: $title", async (step) => {
    const expected = await tell(step, reference);
    const told = await tell(step, client);
    expect(told).toEqual(wire.rest && step.notOverRest === true ? { error: "REST" } : expected);
  });
});
