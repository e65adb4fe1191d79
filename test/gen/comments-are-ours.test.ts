import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import type protobuf from "protobufjs";
import { commentsIn, copyFinder } from "./comment-text.js";
import { ourFolder, parseProtos, protoPaths, theirFolder } from "./proto-files.js";

const copiedWords = 8;

// They describe some methods only in an option for a documentation generator.
const theirComments = protoPaths(theirFolder).flatMap((path) =>
  commentsIn(read(theirFolder, path), ["description"]),
);
const findCopies = copyFinder(theirComments, copiedWords);

function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), "utf8");
}

describe("the comments of protos/", () => {
  it(`share no run of ${copiedWords} words with a comment of @flyteorg/flyteidl`, () => {
    expect(theirComments.length).toBeGreaterThan(1000);
    for (const path of protoPaths(ourFolder)) {
      const copies = commentsIn(read(ourFolder, path)).flatMap(findCopies);
      expect({ path, copies }).toEqual({ path, copies: [] });
    }
  });

  it("are on every message, field, oneof, enum, value, service and method", () => {
    const declared = parseProtos(ourFolder).flatMap((file) => [
      ...file.messages.flatMap(commentsOfMessage),
      ...file.enums.flatMap(commentsOfEnum),
      ...file.services.flatMap((service) => [
        [service.fullName, service.comment] as const,
        ...service.methodsArray.map((method) => [method.fullName, method.comment] as const),
      ]),
    ]);
    expect(declared.length).toBeGreaterThan(1600);
    expect(
      declared.filter(([, comment]) => (comment ?? "").trim() === "").map(([name]) => name),
    ).toEqual([]);
  });

  it("hold nothing that a documentation page would take for markup", () => {
    for (const path of protoPaths(ourFolder)) {
      const markup = commentsIn(read(ourFolder, path)).filter((text) => /[{}<>@]|\*\//.test(text));
      expect({ path, markup }).toEqual({ path, markup: [] });
    }
  });
});

describe("the search for copies", () => {
  it("finds eight words of theirs, whatever their case, punctuation and line breaks", () => {
    const copy = `message M {
  // Something of ours, then: case of multiple
  // pages of RESULTS, the server-provided
  // token.
  string token = 1;
}`;
    expect(commentsIn(copy).flatMap(findCopies)).toEqual([
      "case of multiple pages of results the server",
      "of multiple pages of results the server provided",
      "multiple pages of results the server provided token",
    ]);
  });

  it.each([
    ["in a trailing comment", "string a = 1; // Indicates the number of resources to be returned."],
    ["in a block comment", "/* Indicates the number of\n * resources to be returned. */"],
    [
      "over two comments of a field",
      "// Indicates the number of\nstring a = 1; // resources to be returned",
    ],
  ])("finds them %s", (_name, copy) => {
    expect(commentsIn(copy).flatMap(findCopies)).not.toEqual([]);
  });

  it("finds what they say in an option of a method", () => {
    expect(findCopies("Retrieves public flyte client info. This endpoint is anonymous")).toEqual([
      "retrieves public flyte client info this endpoint is",
    ]);
  });

  it("lets seven words pass, and eight that are parted by a declaration", () => {
    expect(findCopies("Indicates the number of resources to be")).toEqual([]);
    expect(
      commentsIn(
        "// Indicates the number of\nstring a = 1;\n// resources to be returned\nstring b = 2;",
      ).flatMap(findCopies),
    ).toEqual([]);
  });

  it("does not take a string for a comment", () => {
    expect(commentsIn('option (x) = { get: "/api//v1" body: "*" };')).toEqual([]);
  });
});

function commentsOfMessage(
  message: protobuf.Type,
): (readonly [name: string, comment: string | null])[] {
  return [
    [message.fullName, message.comment],
    ...message.fieldsArray.map((field) => [field.fullName, field.comment] as const),
    ...message.oneofsArray.map((oneof) => [oneof.fullName, oneof.comment] as const),
  ];
}

function commentsOfEnum(type: protobuf.Enum): (readonly [name: string, comment: string | null])[] {
  return [
    [type.fullName, type.comment],
    ...Object.keys(type.values).map(
      (value) => [`${type.fullName}.${value}`, type.comments[value] ?? null] as const,
    ),
  ];
}
