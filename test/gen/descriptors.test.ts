import { beforeAll, describe, expect, it } from "@jest/globals";
import type { DescMessage } from "@bufbuild/protobuf";
import { StatusSchema } from "../../gen/google/rpc/status_pb.js";
import { factsOfOurs } from "./facts-of-ours.js";
import { factsOfTheirs } from "./facts-of-theirs.js";
import { loadOurDescriptors } from "./our-descriptors.js";
import type { OurDescriptors } from "./our-descriptors.js";
import { parseProtos, protobufjsFolder, theirFolder } from "./proto-files.js";
import type { ProtoFile } from "./proto-files.js";
import { reachableFrom } from "./reachable.js";

const services = [
  "AdminService",
  "DataProxyService",
  "SignalService",
  "IdentityService",
  "AuthMetadataService",
].map((name) => `flyteidl.service.${name}`);

/** Theirs alone, and out of reach of the five services. */
const absentFiles = [
  "flyteidl/admin/agent.proto",
  "flyteidl/admin/notification.proto",
  "flyteidl/core/dynamic_job.proto",
  "flyteidl/core/workflow_closure.proto",
  "flyteidl/event/cloudevents.proto",
  "flyteidl/service/agent.proto",
  "flyteidl/service/external_plugin_service.proto",
];
const absentTypes = ["flyteidl.core.ExecutionMetricResult"];

let ours: OurDescriptors;
let theirs: ProtoFile[];

beforeAll(async () => {
  ours = await loadOurDescriptors();
  theirs = parseProtos(theirFolder).filter((file) =>
    /^flyteidl\/(core|admin|event|service)\//.test(file.path),
  );
});

describe("our descriptors against those of @flyteorg/flyteidl", () => {
  it("have the same files, but for those that no service of ours needs", () => {
    const expected = theirs.map((file) => file.path).filter((path) => !absentFiles.includes(path));
    expect(expected).toHaveLength(39);
    expect(ourFlyteFiles()).toEqual(expected);
  });

  it("say the same of every file: names, numbers, types, labels, oneofs, JSON names, enum values, deprecations, methods and HTTP rules", () => {
    for (const path of ourFlyteFiles()) {
      const mine = factsOfOurs(declaredIn(path)).sort();
      const other = theirFacts(path).sort();
      expect({ path, facts: mine }).toEqual({ path, facts: other });
    }
  });

  it("hold everything that the five services of theirs reach", () => {
    const all = theirs
      .flatMap((file) => file.services)
      .filter((service) => services.includes(service.fullName.slice(1)));
    const reached = reachableFrom(all);
    const names = new Set([...ours.messages, ...ours.enums].map((type) => type.typeName));
    expect(all).toHaveLength(5);
    expect(reached.length).toBeGreaterThan(250);
    expect(reached.filter((name) => !names.has(name))).toEqual([]);
  });

  it("leave out nothing that a service reaches", () => {
    const reached = reachableFrom(
      theirs
        .flatMap((file) => file.services)
        .filter((service) => services.includes(service.fullName.slice(1))),
    );
    const absent = theirs
      .filter((file) => absentFiles.includes(file.path))
      .flatMap((file) => [...file.messages, ...file.enums]);
    const names = [...absentTypes, ...absent.map((type) => type.fullName.slice(1))];
    expect(names).toEqual(
      expect.arrayContaining(["flyteidl.admin.EmailMessage", "flyteidl.core.DynamicJobSpec"]),
    );
    expect(names.filter((name) => reached.includes(name))).toEqual([]);
  });

  it("know the five services, with 66 methods and an HTTP rule on every one but GetOrCreateSignal", () => {
    expect(ours.services.map((service) => service.typeName).sort()).toEqual([...services].sort());
    const facts = factsOfOurs({ messages: [], enums: [], services: ours.services });
    const methods = facts
      .filter((fact) => fact.startsWith("rpc "))
      .map((fact) => /^rpc ([\w.]+)/.exec(fact)?.[1]);
    const routed = facts
      .filter((fact) => fact.includes(" 0: "))
      .map((fact) => /^http ([\w.]+)/.exec(fact)?.[1]);
    expect(methods).toHaveLength(56 + 4 + 3 + 1 + 2);
    expect(methods.filter((method) => !routed.includes(method))).toEqual([
      "flyteidl.service.SignalService.GetOrCreateSignal",
    ]);
  });

  it("number the rules of google.api as protobufjs's copy of the official file does", () => {
    const [official] = parseProtos(protobufjsFolder, ["google/api/http.proto"]);
    const mine = factsOfOurs(declaredIn("google/api/http.proto"));
    expect(official?.messages.map((message) => message.name)).toEqual([
      "Http",
      "HttpRule",
      "CustomHttpPattern",
    ]);
    expect(mine).toEqual(expect.arrayContaining(factsOfTheirs(official!)));
    expect(mine.filter((fact) => !factsOfTheirs(official!).includes(fact))).toEqual([
      "field google.api.Http.fully_decode_reserved_expansion = 2: bool, json fullyDecodeReservedExpansion",
      "field google.api.HttpRule.response_body = 12: string, json responseBody",
    ]);
  });

  it("number google.rpc.Status as every gRPC implementation does", () => {
    expect(
      factsOfOurs({ messages: [StatusSchema satisfies DescMessage], enums: [], services: [] }),
    ).toEqual([
      "message google.rpc.Status",
      "field google.rpc.Status.code = 1: int32, json code",
      "field google.rpc.Status.message = 2: string, json message",
      "field google.rpc.Status.details = 3: repeated google.protobuf.Any, json details",
    ]);
  });
});

describe("the comparison itself", () => {
  it("notices a changed number, label, oneof, deprecation, enum value and binding", () => {
    const facts = theirs.flatMap((file) => factsOfTheirs(file));
    expect(facts).toEqual(
      expect.arrayContaining([
        "field flyteidl.admin.WorkflowExecutionGetDataResponse.full_inputs = 3: flyteidl.core.LiteralMap, json fullInputs",
        "field flyteidl.admin.TaskExecutionClosure.output_uri = 1: string in output_result, json outputUri, deprecated",
        "field flyteidl.core.LiteralMap.literals = 1: map<string, flyteidl.core.Literal>, json literals",
        "field flyteidl.admin.TaskExecutionList.task_executions = 1: repeated flyteidl.admin.TaskExecution, json taskExecutions",
        "value flyteidl.core.TaskExecution.Phase.RETRYABLE_FAILED = 8",
        "http flyteidl.service.AdminService.ListTasks 1: get /api/v1/tasks/{id.project}/{id.domain}",
        "http flyteidl.service.SignalService.SetSignal 0: body *, post /api/v1/signals",
        "rpc flyteidl.service.DataProxyService.CreateDownloadLocation(flyteidl.service.CreateDownloadLocationRequest) returns (flyteidl.service.CreateDownloadLocationResponse), deprecated",
      ]),
    );
  });
});

function ourFlyteFiles(): string[] {
  return ours.files
    .map((file) => `${file.name}.proto`)
    .filter((path) => path.startsWith("flyteidl/"))
    .sort();
}

function declaredIn(path: string): OurDescriptors {
  const own = (type: { readonly file: { readonly name: string } }): boolean =>
    `${type.file.name}.proto` === path;
  return {
    files: [],
    messages: ours.messages.filter(own),
    enums: ours.enums.filter(own),
    services: ours.services.filter(own),
  };
}

function theirFacts(path: string): string[] {
  const file = theirs.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`@flyteorg/flyteidl has no ${path}`);
  const wanted = (type: { readonly fullName: string }): boolean =>
    !absentTypes.includes(type.fullName.slice(1));
  return factsOfTheirs({ ...file, messages: file.messages.filter(wanted) });
}
