import { describe, expect, test } from "@jest/globals";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";

import {
  MatchableResource,
  type MatchingAttributesSchema,
} from "../../../gen/flyteidl/admin/matchable_resource_pb.js";
import { emptyState } from "../../support/server-state.js";
import { failure, registryClient } from "./client.js";

const resourceType = MatchableResource.EXECUTION_QUEUE;
const scope = { project: "flytesnacks", domain: "development" };
const workflowScope = { ...scope, workflow: "wf" };

function queue(...tags: string[]): MessageInitShape<typeof MatchingAttributesSchema> {
  return { target: { case: "executionQueueAttributes", value: { tags } } };
}

async function filledClient() {
  const client = registryClient(emptyState({ projects: ["flytesnacks", "other"] }));
  await client.updateProjectAttributes({
    attributes: { project: "flytesnacks", matchingAttributes: queue("p") },
  });
  await client.updateProjectDomainAttributes({
    attributes: { ...scope, matchingAttributes: queue("pd") },
  });
  await client.updateWorkflowAttributes({
    attributes: { ...workflowScope, matchingAttributes: queue("wf") },
  });
  await client.updateProjectAttributes({
    attributes: { project: "other", matchingAttributes: queue("other") },
  });
  const tags = async () => {
    const { configurations } = await client.listMatchableAttributes({ resourceType });
    return configurations.map(({ attributes }) =>
      attributes?.target.case === "executionQueueAttributes"
        ? attributes.target.value.tags[0]
        : undefined,
    );
  };
  return { client, tags };
}

describe("reading", () => {
  test("all rows of a kind come narrowest first", async () => {
    const { tags } = await filledClient();
    expect(await tags()).toEqual(["wf", "pd", "p", "other"]);
  });

  test("a read falls back to wider scopes, and shows the scope of what it found", async () => {
    const { client } = await filledClient();
    const found = await client.getWorkflowAttributes({ ...scope, workflow: "none", resourceType });
    expect(found.attributes).toMatchObject({
      ...scope,
      workflow: "",
      matchingAttributes: queue("pd"),
    });
    const wider = await client.getProjectDomainAttributes({
      ...scope,
      domain: "staging",
      resourceType,
    });
    expect(wider.attributes).toMatchObject({
      project: "flytesnacks",
      domain: "",
      matchingAttributes: queue("p"),
    });
  });

  test("nothing at any scope is not found, as the server prints the scope", async () => {
    const client = registryClient();
    expect(await failure(client.getProjectDomainAttributes({ ...scope, resourceType }))).toEqual([
      Code.NotFound,
      "Resource [{Project:flytesnacks Domain:development Workflow: LaunchPlan: ResourceType:EXECUTION_QUEUE}] not found",
    ]);
    expect(
      (await failure(client.getProjectAttributes({ project: "flytesnacks", resourceType })))[0],
    ).toBe(Code.NotFound);
  });

  test("the configuration of executions is never missing from a project, and has the server's defaults", async () => {
    const client = registryClient();
    const config = MatchableResource.WORKFLOW_EXECUTION_CONFIG;
    const read = async () => {
      const { attributes } = await client.getProjectAttributes({
        project: "flytesnacks",
        resourceType: config,
      });
      return attributes?.matchingAttributes?.target;
    };
    expect(await read()).toMatchObject({
      case: "workflowExecutionConfig",
      value: { maxParallelism: 25 },
    });
    const matchingAttributes = {
      target: { case: "workflowExecutionConfig", value: { overwriteCache: true } },
    } as const;
    await client.updateProjectAttributes({
      attributes: { project: "flytesnacks", matchingAttributes },
    });
    expect(await read()).toMatchObject({ value: { maxParallelism: 25, overwriteCache: true } });
    const narrow = await client.getProjectDomainAttributes({ ...scope, resourceType: config });
    expect(narrow.attributes?.matchingAttributes?.target).toMatchObject({
      value: { maxParallelism: 0 },
    });
  });

  test("a read without a project is taken for the server's fault", async () => {
    expect(await failure(registryClient().getProjectAttributes({ resourceType }))).toEqual([
      Code.Internal,
      "unexpected error type for: missing and/or invalid parameters: {    EXECUTION_QUEUE}",
    ]);
  });
});

describe("writing", () => {
  test("an update replaces the whole value", async () => {
    const { client } = await filledClient();
    await client.updateWorkflowAttributes({
      attributes: { ...workflowScope, matchingAttributes: queue("new") },
    });
    const { attributes } = await client.getWorkflowAttributes({ ...workflowScope, resourceType });
    expect(attributes?.matchingAttributes).toMatchObject(queue("new"));
  });

  test("plugin overrides of one scope are merged by task type", async () => {
    const client = registryClient();
    const write = async (taskType: string, pluginId: string) => {
      const value = { overrides: [{ taskType, pluginId: [pluginId] }] };
      const matchingAttributes = { target: { case: "pluginOverrides", value } } as const;
      await client.updateProjectDomainAttributes({ attributes: { ...scope, matchingAttributes } });
    };
    await write("spark", "a");
    await write("ray", "b");
    await write("spark", "c");
    const { attributes } = await client.getProjectDomainAttributes({
      ...scope,
      resourceType: MatchableResource.PLUGIN_OVERRIDE,
    });
    expect(attributes?.matchingAttributes?.target).toMatchObject({
      value: {
        overrides: [
          { taskType: "spark", pluginId: ["c"] },
          { taskType: "ray", pluginId: ["b"] },
        ],
      },
    });
  });

  test("attributes must be there and be of a kind", async () => {
    const client = registryClient();
    const update = (attributes: object) =>
      failure(client.updateProjectDomainAttributes({ attributes: { ...scope, ...attributes } }));
    expect(await failure(client.updateProjectDomainAttributes({}))).toEqual([
      Code.InvalidArgument,
      "missing attributes",
    ]);
    expect(await update({})).toEqual([Code.InvalidArgument, "missing matching_attributes"]);
    expect(await update({ matchingAttributes: {} })).toEqual([
      Code.InvalidArgument,
      "Unrecognized matching attributes type for request flytesnacks-development",
    ]);
    expect(await update({ project: "nope" })).toEqual([
      Code.InvalidArgument,
      "failed to validate that project [nope] and domain [development] are registered, err: [project [nope] not found]",
    ]);
  });
});

describe("deleting", () => {
  test("a project's delete takes all narrower rows of the project with it", async () => {
    const { client, tags } = await filledClient();
    await client.deleteProjectAttributes({ project: "flytesnacks", resourceType });
    expect(await tags()).toEqual(["other"]);
  });

  test("a domain's delete takes those of its workflows", async () => {
    const { client, tags } = await filledClient();
    await client.deleteProjectDomainAttributes({ ...scope, resourceType });
    expect(await tags()).toEqual(["p", "other"]);
  });

  test("a delete without a project takes every row of the kind on the server", async () => {
    const { client, tags } = await filledClient();
    await client.deleteProjectAttributes({ resourceType });
    expect(await tags()).toEqual([]);
  });

  test("deleting nothing is fine, but not of an unknown project", async () => {
    const client = registryClient();
    await client.deleteWorkflowAttributes({ ...workflowScope, resourceType });
    expect(
      await failure(client.deleteProjectAttributes({ project: "nope", resourceType })),
    ).toEqual([
      Code.InvalidArgument,
      "failed to validate that project [nope] is registered, err: [project [nope] not found]",
    ]);
  });
});

test("plugin overrides go to a narrower scope's row where the scope has none of its own", async () => {
  const client = registryClient(emptyState({ projects: ["flytesnacks"] }));
  const overrides = (
    ...taskTypes: string[]
  ): MessageInitShape<typeof MatchingAttributesSchema> => ({
    target: {
      case: "pluginOverrides",
      value: { overrides: taskTypes.map((taskType) => ({ taskType, pluginId: ["p"] })) },
    },
  });
  await client.updateWorkflowAttributes({
    attributes: { ...workflowScope, matchingAttributes: overrides("python") },
  });
  await client.updateProjectDomainAttributes({
    attributes: { ...scope, matchingAttributes: overrides("spark") },
  });
  const { configurations } = await client.listMatchableAttributes({
    resourceType: MatchableResource.PLUGIN_OVERRIDE,
  });
  expect(configurations).toHaveLength(1);
  expect(configurations[0]).toMatchObject({
    ...workflowScope,
    attributes: overrides("python", "spark"),
  });
});
