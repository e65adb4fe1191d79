import { readFileSync } from "node:fs";
import {
  create,
  type DescField,
  type DescMessage,
  type DescMethodUnary,
  type Message,
  ScalarType,
} from "@bufbuild/protobuf";
import { reflect, type ReflectMessage } from "@bufbuild/protobuf/reflect";
import { describe, expect, it } from "@jest/globals";

import { UnsupportedByTransportError } from "../../src/errors/index.js";
import { createRestTransport } from "../../src/transports/rest/index.js";
import { restLimitTexts } from "../../src/transports/rest/query.js";
import { limitRows, restLimitsPage } from "./rest-limits-page.js";

/** Every way to a field of a message, nested ones included; a message of a recursive type is not entered twice. */
function fieldsOf(message: DescMessage, parents: readonly DescField[] = []): DescField[][] {
  return message.fields.flatMap((field) => {
    const way = [...parents, field];
    const inner = field.fieldKind === "message" ? field.message : undefined;
    const isNew = inner !== undefined && parents.every((each) => each.message !== inner);
    return [way, ...(isNew ? fieldsOf(inner, way) : [])];
  });
}

/** A request whose texts, numbers and enums are all set, at the parts that routes need. */
function filled(method: DescMethodUnary): ReflectMessage {
  const request = reflect(method.input);
  for (const way of fieldsOf(method.input)) {
    const leaf = way.at(-1);
    if (leaf?.fieldKind === "scalar" && leaf.scalar === ScalarType.STRING) setAt(request, way, "x");
  }
  return request;
}

function setAt(request: ReflectMessage, way: readonly DescField[], value: unknown): void {
  let at = request;
  for (const field of way.slice(0, -1)) {
    if (field.fieldKind !== "message") return;
    if (!at.isSet(field)) at.set(field, reflect(field.message));
    at = at.get(field);
  }
  const leaf = way.at(-1);
  if (leaf === undefined || (leaf.oneof !== undefined && value === "x")) return;
  if (leaf.fieldKind === "message") at.set(leaf, reflect(leaf.message, create(leaf.message)));
  else at.set(leaf, value);
}

/** Returns the transport's refusal of a request, without a server; `undefined` when it sends it. */
async function refusalOf(method: DescMethodUnary, request: Message): Promise<string | undefined> {
  const transport = createRestTransport({
    baseUrl: "http://flyte.test",
    fetch: () => Promise.reject(new TypeError("sent")),
  });
  try {
    await transport.unary(method, undefined, undefined, undefined, request);
  } catch (error) {
    return error instanceof UnsupportedByTransportError ? error.reason : undefined;
  }
  return undefined;
}

/** Requests that probe one field, each with the value that a path or a query may not be able to carry. */
function probes(way: readonly DescField[]): unknown[] {
  const leaf = way.at(-1);
  if (leaf?.fieldKind === "scalar" && leaf.scalar === ScalarType.STRING) return ["a/b", ".", ".."];
  if (leaf?.fieldKind === "enum") return [4_321];
  return leaf?.fieldKind === "message" ? [undefined] : [];
}

describe.each(limitRows)("the limits of $method.name over REST", ({ method, cannot }) => {
  it("are those that follow from its route, found by trying each field of the request", async () => {
    const found = new Set<string>();
    for (const way of fieldsOf(method.input)) {
      for (const value of probes(way)) {
        const request = filled(method);
        setAt(request, way, value);
        const reason = await refusalOf(method, request.message);
        if (reason !== undefined) found.add(reason.slice(reason.indexOf(": ") + 2));
      }
      const { message } = way.at(-1) ?? {};
      if (message?.typeName === "google.protobuf.Duration") {
        const request = filled(method);
        setAt(request, [...way, ...message.fields.slice(0, 1)], 10n ** 11n);
        const reason = await refusalOf(method, request.message);
        if (reason !== undefined) found.add(reason.slice(reason.indexOf(": ") + 2));
      }
    }
    expect([...found].sort()).toEqual(cannot.map((reason) => restLimitTexts[reason]).sort());
  });
});

describe("docs/rest-limits.md", () => {
  it("lists the limits that the routes have (npm run update)", () => {
    expect(readFileSync("docs/rest-limits.md", "utf8")).toBe(restLimitsPage());
  });
});
