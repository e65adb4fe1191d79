import { describe, expect, test } from "@jest/globals";
import { Code } from "@connectrpc/connect";

import { Resources_ResourceName as Name } from "../../../gen/flyteidl/core/tasks_pb.js";
import { SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import { emptyState } from "../../support/server-state.js";
import { failure, registryClient } from "./client.js";
import { taskRequest, variable } from "./requests.js";

type Entries = readonly (readonly [Name, string])[];

const idText =
  '[resource_type:TASK  project:"flytesnacks"  domain:"development"  name:"t"  version:"v1"]';

function withTarget(target: object) {
  const { id, spec } = taskRequest("t");
  return { id, spec: { template: { ...spec.template, target } } };
}

function withResources(requests: Entries, limits: Entries = []) {
  const entries = (pairs: Entries) => pairs.map(([name, value]) => ({ name, value }));
  const resources = { requests: entries(requests), limits: entries(limits) };
  return withTarget({ case: "container", value: { image: "img", args: ["run"], resources } });
}

function withPod(...containers: object[]) {
  return withTarget({ case: "k8sPod", value: { podSpec: { containers } } });
}

async function refusal(request: object, client = registryClient()): Promise<string> {
  const [code, text] = await failure(client.createTask(request));
  expect(code).toBe(Code.InvalidArgument);
  return text;
}

async function isAccepted(request: object, client = registryClient()): Promise<boolean> {
  await client.createTask(request);
  return true;
}

describe("the resources of a task's container", () => {
  test.each([
    ["", "quantities must match the regular expression"],
    ["abc", "quantities must match the regular expression"],
    ["1 ", "quantities must match the regular expression"],
    ["1ee", "unable to parse quantity's suffix"],
    ["1K", "unable to parse quantity's suffix"],
  ])("are refused when a quantity is %j", async (value, reason) => {
    const text = await refusal(withResources([[Name.CPU, value]]));
    expect(text).toContain(`Parsing of CPU request failed for value ${value} - reason  ${reason}`);
    expect(text).toContain("/docs/concepts/configuration/manage-resources-containers/");
  });

  test.each([
    ["4", "2", "[4] is greater than the limit [2]"],
    ["4000m", "2.0", "[4] is greater than the limit [2]"],
    ["4e3", "1k", "[4e3] is greater than the limit [1k]"],
    ["3500m", "0.5", "[3500m] is greater than the limit [500m]"],
    ["4Mi", "1024", "[4Mi] is greater than the limit [1024]"],
    ["1025", "1Ki", "[1025] is greater than the limit [1Ki]"],
  ])("are refused when %s is requested with a limit of %s", async (request, limit, text) => {
    expect(await refusal(withResources([[Name.CPU, request]], [[Name.CPU, limit]]))).toBe(
      `Requested CPU default ${text}. Please fix your configuration`,
    );
  });

  test("are compared in whole units, rounded up", async () => {
    expect(await isAccepted(withResources([[Name.CPU, "1100m"]], [[Name.CPU, "1001m"]]))).toBe(
      true,
    );
  });

  test("are refused above the limits of the platform", async () => {
    const suffix =
      "Please contact Flyte Admins to change these limits or consult the configuration";
    expect(await refusal(withResources([[Name.CPU, "4000"]], [[Name.CPU, "4000"]]))).toBe(
      `Requested CPU limit [4k] is greater than current limit set in the platform configuration [2]. ${suffix}`,
    );
    expect(await refusal(withResources([[Name.MEMORY, "2Gi"]]))).toBe(
      `Requested MEMORY default [2Gi] is greater than current limit set in the platform configuration [1Gi]. ${suffix}`,
    );
    // Only requests are looked at: a limit without a request passes, and so does storage, which has no limit.
    expect(await isAccepted(withResources([], [[Name.CPU, "9"]]))).toBe(true);
    expect(await isAccepted(withResources([[Name.EPHEMERAL_STORAGE, "9Ti"]]))).toBe(true);
  });

  test("have the limits of the attributes of their project and domain", async () => {
    const client = registryClient();
    await client.updateProjectDomainAttributes({
      attributes: {
        project: "flytesnacks",
        domain: "development",
        matchingAttributes: {
          target: { case: "taskResourceAttributes", value: { limits: { cpu: "8" } } },
        },
      },
    });
    expect(await isAccepted(withResources([[Name.CPU, "4"]]), client)).toBe(true);
    expect(await refusal(withResources([[Name.CPU, "9"]]), client)).toContain("[9]");
  });

  test("have the limits of the server's configuration", async () => {
    const taskResourceLimits = { cpu: "16", memory: "", gpu: "", ephemeralStorage: "" };
    const client = registryClient(emptyState({ config: { taskResourceLimits } }));
    const request = withResources([
      [Name.CPU, "16"],
      [Name.MEMORY, "64Gi"],
    ]);
    expect(await isAccepted(request, client)).toBe(true);
  });

  test("are refused when a resource comes twice", async () => {
    const twice = withResources([
      [Name.CPU, "1"],
      [Name.CPU, "1"],
    ]);
    expect(await refusal(twice)).toBe(`can't specify CPU limit for task ${idText} multiple times`);
  });

  test("are refused for a part of a GPU, and for a limit that differs", async () => {
    expect(await refusal(withResources([[Name.GPU, "500m"]]))).toBe(
      `gpu for ${idText} must be a whole number, got: 500m instead`,
    );
    expect(await refusal(withResources([[Name.GPU, "1"]], [[Name.GPU, "2"]]))).toBe(
      `For extended resource 'gpu' the default value must equal the limit value for task ${idText}`,
    );
    expect(await refusal(withResources([[Name.GPU, "2"]], [[Name.GPU, "2"]]))).toContain(
      "Requested GPU default [2] is greater than current limit",
    );
  });

  test("that the platform does not limit are read when the task is compiled", async () => {
    expect(await refusal(withResources([[Name.STORAGE, "x"]]))).toBe(
      "task failed compilation with Collected Errors: 1\n" +
        "\tError 0: Code: UnrecognizedValue, Node Id: resources.STORAGE, Description: Unrecognized value [x].\n",
    );
  });
});

describe("the target of a task", () => {
  test("may be missing, as may the runtime", async () => {
    const { id, spec } = taskRequest("t");
    const template = { ...spec.template, metadata: {}, target: { case: undefined } };
    expect(await isAccepted({ id, spec: { template } })).toBe(true);
  });

  test("may be a query", async () => {
    expect(await isAccepted(withTarget({ case: "sql", value: { statement: "" } }))).toBe(true);
  });

  test("that is a pod needs a spec", async () => {
    expect(await refusal(withTarget({ case: "k8sPod", value: {} }))).toBe(
      "invalid TaskSpecification, pod tasks should specify their target as a K8sPod with a defined pod spec",
    );
  });

  test("that is a pod has the limits of the platform for each container", async () => {
    const container = (requests: object) => ({ name: "primary", resources: { requests } });
    expect(await isAccepted(withPod(container({ cpu: "1" })))).toBe(true);
    expect(await refusal(withPod(container({ cpu: 1 }), container({ memory: "3Gi" })))).toContain(
      "Requested MEMORY default [3Gi] is greater than current limit",
    );
    const unread: object = withPod(container({ cpu: "x" }));
    const [code, text] = await failure(registryClient().createTask(unread));
    expect(code).toBe(Code.Internal);
    expect(text).toContain("quantities must match the regular expression");
  });

  test("that is a pod names its containers as Kubernetes demands", async () => {
    expect(await refusal(withPod({ name: "Bad_Name" }))).toBe(
      "task failed compilation with Collected Errors: 1\n" +
        "\tError 0: Code: InvalidValue, Node Id: root, Description: Invalid value [k8s pod spec container name].\n",
    );
  });

  test("that is a container is refused once for each thing that is wrong", async () => {
    const { id, spec } = taskRequest("t");
    const template = {
      ...spec.template,
      interface: { inputs: { variables: { x: variable(SimpleType.INTEGER) } } },
      target: {
        case: "container" as const,
        value: { image: "img", resources: { limits: [{ name: Name.UNKNOWN, value: "y" }] } },
      },
    };
    expect(await refusal({ id, spec: { template } })).toBe(
      "task failed compilation with Collected Errors: 2\n" +
        "\tError 0: Code: UnrecognizedValue, Node Id: resources.UNKNOWN, Description: Unrecognized value [y].\n" +
        "\tError 1: Code: ValueRequired, Node Id: container, Description: Value required [command].\n",
    );
  });
});
