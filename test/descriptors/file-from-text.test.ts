import {
  create,
  createFileRegistry,
  equals,
  fromBinary,
  hasOption,
  toBinary,
} from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "@jest/globals";

import { restRoutes } from "../../gen/flyteidl/service/rest_routes.js";
import { file_google_api_annotations, http } from "../../gen/google/api/annotations_pb.js";
import { fileFromText } from "../../src/descriptors/index.js";
import { expectSameFile } from "../../src/descriptors/write/expect-same-file.js";
import { writeFile } from "../../src/descriptors/write/write-file.js";
import { filesInBothForms, methodsOf } from "./both-forms.js";

const files = await filesInBothForms();

function formsOf(name: string) {
  const forms = files.find(({ compiled }) => compiled.name === name);
  if (forms === undefined) throw new Error(`no file ${name}`);
  return forms;
}

/** The file with something else in its text. */
function changed(name: string, from: string, to: string) {
  const { compiled, text, ours } = formsOf(name);
  expect(text).toContain(from);
  return {
    compiled,
    other: fileFromText(
      text.replace(from, () => to),
      ours.dependencies,
    ),
  };
}

describe("a file of gen/ that is made of text", () => {
  it("is there for each file of ours and for the well-known types that they import", () => {
    expect(files.length).toBeGreaterThan(40);
    expect(files.map(({ compiled }) => compiled.name)).toEqual(
      expect.arrayContaining([
        "flyteidl/service/admin",
        "google/protobuf/struct",
        "google/protobuf/timestamp",
        "google/protobuf/wrappers",
      ]),
    );
  });

  it.each(files.map((forms) => [forms.compiled.name, forms] as const))(
    "has all that protobuf-es makes of %s",
    (_name, { compiled, ours }) => {
      expect(() => {
        expectSameFile(compiled, ours);
      }).not.toThrow();
    },
  );

  it.each(
    files
      .filter(({ compiled }) => !compiled.name.startsWith("google/protobuf/"))
      .map((forms) => [forms.compiled.name, forms] as const),
  )("has the compiled descriptor of %s, byte for byte", (_name, { compiled, ours }) => {
    const expected = fromBinary(
      FileDescriptorProtoSchema,
      toBinary(FileDescriptorProtoSchema, compiled.proto),
    );
    expected.dependency = expected.dependency.filter((name) => !name.includes("annotations"));
    for (const method of expected.service.flatMap((service) => service.method)) {
      if (method.options?.deprecated === true) delete method.options.$unknown;
      else delete method.options;
    }
    expect(equals(FileDescriptorProtoSchema, ours.proto, expected)).toBe(true);
    expect(toBinary(FileDescriptorProtoSchema, ours.proto)).toEqual(
      toBinary(FileDescriptorProtoSchema, expected),
    );
  });

  it("is enough to rebuild the files, as a server's reflection is", () => {
    const set = create(FileDescriptorSetSchema, {
      file: files.map(({ ours }) => ours.proto),
    });
    const bytes = toBinary(FileDescriptorSetSchema, set);
    const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, bytes));
    for (const { compiled } of files) {
      const made = registry.getFile(`${compiled.name}.proto`);
      expect(made?.messages.map(String)).toEqual(compiled.messages.map(String));
      expect(made?.services.map(String)).toEqual(compiled.services.map(String));
    }
  });

  it("leaves the HTTP rules of its methods to the table of routes", () => {
    const compiled = methodsOf(files.map((each) => each.compiled));
    const ours = methodsOf(files.map((each) => each.ours));
    const ruled = compiled.filter((method) => hasOption(method, http));
    expect(ruled).toHaveLength(65);
    expect(ours.filter((method) => hasOption(method, http))).toEqual([]);
    for (const { parent, name } of ruled) {
      expect(restRoutes[parent.typeName]?.[name]?.bindings.length).toBeGreaterThan(0);
    }
  });

  it("needs the imports that it was written for", () => {
    const { text } = formsOf("flyteidl/core/tasks");
    expect(() => fileFromText(text)).toThrow("no type Duration");
    expect(() => fileFromText("a/b;<E;ZERO;};(S;Do E E;}")).toThrow("E is an enum");
  });
});

describe("the comparison that npm run generate makes", () => {
  it.each([
    ["a number", "flyteidl/admin/version", "Build;Version", "Build;Version=9"],
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
    [
      "a method's deprecation",
      "flyteidl/service/dataproxy",
      "Response !;CreateDownloadLink",
      "Response;CreateDownloadLink",
    ],
    ["a file's name", "flyteidl/core/errors", "core/errors", "core/error"],
  ])("notices %s", (_what, name, from, to) => {
    const { compiled, other } = changed(name, from, to);
    expect(() => {
      expectSameFile(compiled, other);
    }).toThrow(compiled.name);
  });

  it("notices an extension, which the text cannot tell", () => {
    const file = fileFromText(
      writeFile(file_google_api_annotations),
      file_google_api_annotations.dependencies,
    );
    expect(() => {
      expectSameFile(file_google_api_annotations, file);
    }).toThrow("google/api/annotations");
  });
});
