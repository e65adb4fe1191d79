import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { base64Decode } from "@bufbuild/protobuf/wire";
import { describe, expect, it } from "@jest/globals";

import { descriptorText } from "../../scripts/lib/descriptor-text.mjs";
import { descriptorBytes, fileOfText } from "../../src/descriptors/index.js";

const modules = readdirSync("gen", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => {
    const base64 = /fileDesc\("([^"]+)"/.exec(readFileSync(join("gen", name), "utf8"))?.[1] ?? "";
    return { name, base64, text: descriptorText(base64) };
  });

/** Its option is an extension, which the text does not tell: the build leaves it as it is. */
const inBase64 = "google/api/annotations_pb.ts";

describe("the text that the build writes for a descriptor", () => {
  it.each(modules.filter(({ name }) => name !== inBase64))(
    "gives back every byte of $name",
    ({ base64, text }) => {
      expect(Buffer.from(descriptorBytes(text))).toEqual(Buffer.from(base64Decode(base64)));
    },
  );

  it("differs where it cannot tell a descriptor, so that the build sees it", () => {
    const { base64, text } = modules.find(({ name }) => name === inBase64)!;
    expect(Buffer.from(descriptorBytes(text))).not.toEqual(Buffer.from(base64Decode(base64)));
  });

  it("is hydrated as protobuf-es does it", () => {
    const { text } = modules.find(({ name }) => name === "flyteidl/admin/version_pb.ts")!;
    const file = fileOfText(text);
    expect(file.messages.map(({ typeName }) => typeName)).toContain("flyteidl.admin.Version");
    expect(file.messages.flatMap(({ fields }) => fields.map(({ jsonName }) => jsonName))).toContain(
      "controlPlaneVersion",
    );
  });
});
