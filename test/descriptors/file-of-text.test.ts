import {
  create,
  createFileRegistry,
  equals,
  fromBinary,
  getOption,
  toBinary,
} from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "@jest/globals";

import { file_google_api_annotations, http } from "../../gen/google/api/annotations_pb.js";
import { HttpRuleSchema } from "../../gen/google/api/http_pb.js";
import { descriptorText } from "../../tools/lib/descriptor-text.mjs";
import { expectSameFile } from "../../tools/lib/same-descriptor.mjs";
import { fileOfText } from "../../src/descriptors/index.js";
import { filesInBothForms, methodsOf } from "./hydrated.js";

const files = await filesInBothForms();

function formsOf(name: string) {
  const forms = files.find(({ own }) => own.name === name);
  if (forms === undefined) throw new Error(`no file ${name}`);
  return forms;
}

/** The file with something else in its text. */
function changed(name: string, from: string, to: string) {
  const { own, text, hydrated } = formsOf(name);
  expect(text).toContain(from);
  return {
    own,
    other: fileOfText(
      text.replace(from, () => to),
      hydrated.dependencies,
    ),
  };
}

describe("a file that is made of the build's text", () => {
  it("is there for each file of ours and for the well-known types that they import", () => {
    expect(files.length).toBeGreaterThan(40);
    expect(files.map(({ own }) => own.name)).toEqual(
      expect.arrayContaining([
        "flyteidl/service/admin",
        "google/protobuf/struct",
        "google/protobuf/timestamp",
        "google/protobuf/wrappers",
      ]),
    );
  });

  it.each(files.map((forms) => [forms.own.name, forms] as const))(
    "has all that protobuf's form of %s has",
    (_name, { own, hydrated }) => {
      expect(() => {
        expectSameFile(own, hydrated);
      }).not.toThrow();
    },
  );

  it.each(
    files
      .filter(({ own }) => !own.name.startsWith("google/protobuf/"))
      .map((forms) => [forms.own.name, forms] as const),
  )("has the compiled descriptor of %s, byte for byte", (_name, { own, hydrated }) => {
    const expected = fromBinary(
      FileDescriptorProtoSchema,
      toBinary(FileDescriptorProtoSchema, own.proto),
    );
    expected.dependency = expected.dependency.filter((name) => !name.includes("annotations"));
    expect(equals(FileDescriptorProtoSchema, hydrated.proto, expected)).toBe(true);
    expect(toBinary(FileDescriptorProtoSchema, hydrated.proto)).toEqual(
      toBinary(FileDescriptorProtoSchema, expected),
    );
  });

  it("is enough to make the files anew, as a server's reflection is", () => {
    const set = create(FileDescriptorSetSchema, {
      file: files.map(({ hydrated }) => hydrated.proto),
    });
    const bytes = toBinary(FileDescriptorSetSchema, set);
    const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, bytes));
    for (const { own } of files) {
      const made = registry.getFile(`${own.name}.proto`);
      expect(made?.messages.map(String)).toEqual(own.messages.map(String));
      expect(made?.services.map(String)).toEqual(own.services.map(String));
    }
  });

  it("tells the HTTP rules of its methods to whoever has the option", () => {
    const own = methodsOf(files.map((each) => each.own));
    const hydrated = methodsOf(files.map((each) => each.hydrated));
    expect(hydrated).toHaveLength(66);
    expect(
      hydrated.filter((method, at) =>
        equals(HttpRuleSchema, getOption(method, http), getOption(own[at] ?? method, http)),
      ),
    ).toHaveLength(66);
    const rule = getOption(
      hydrated.find(({ name }) => name === "ListTasks")!,
      http,
    );
    expect(rule.pattern).toEqual({
      case: "get",
      value: "/api/v1/tasks/{id.project}/{id.domain}/{id.name}",
    });
    expect(rule.additionalBindings).toHaveLength(1);
  });

  it("needs the imports that it was written for", () => {
    const { text } = formsOf("flyteidl/core/tasks");
    expect(() => fileOfText(text)).toThrow("no type Duration");
    expect(() => fileOfText("a/b;<E;ZERO;};(S;Do E E;}")).toThrow("E is an enum");
  });
});

describe("the comparison that a build makes", () => {
  it.each([
    ["a number", "flyteidl/admin/version", "Version", "Version=9"],
    ["a name", "flyteidl/core/identifier", "domain", "domaine"],
    ["a scalar's type", "flyteidl/core/tasks", "container_port m", "container_port e"],
    [
      "a message's type",
      "flyteidl/admin/execution",
      "id WorkflowExecutionIdentifier",
      "id Identifier",
    ],
    ["a list", "flyteidl/admin/execution", "*Execution", "Execution"],
    ["a map", "flyteidl/core/literals", "%Literal", "*Literal"],
    ["what a map holds", "flyteidl/core/literals", "%Literal", "%Primitive"],
    ["a deprecation", "flyteidl/admin/execution", " !", ""],
    ["a oneof's name", "flyteidl/core/tasks", "|target", "|goal"],
    ["where a oneof ends", "flyteidl/core/tasks", "|target", "|target;none;|;|target"],
    ["the number of an enum's value", "flyteidl/core/execution", "QUEUED", "QUEUED=7"],
    ["a reserved range", "flyteidl/core/tasks", "^10 11", "^10 12"],
    ["a method's request", "flyteidl/service/signal", "SignalListRequest", "SignalSetRequest"],
    ["a route", "flyteidl/service/signal", "2/api/v1/signals", "2/api/v1/signal"],
    ["a body", "flyteidl/service/signal", "4/api/v1/signals+", "4/api/v1/signals"],
    ["a file's name", "flyteidl/core/errors", "core/errors", "core/error"],
  ])("notices %s", (_what, name, from, to) => {
    const { own, other } = changed(name, from, to);
    expect(() => {
      expectSameFile(own, other);
    }).toThrow(own.name);
  });

  it("notices an extension, which the text cannot tell", () => {
    const file = fileOfText(
      descriptorText(file_google_api_annotations),
      file_google_api_annotations.dependencies,
    );
    expect(() => {
      expectSameFile(file_google_api_annotations, file);
    }).toThrow("google/api/annotations");
  });
});
