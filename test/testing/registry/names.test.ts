import { describe, expect, test } from "@jest/globals";
import { Code } from "@connectrpc/connect";

import { NamedEntityState, Sort_Direction } from "../../../gen/flyteidl/admin/common_pb.js";
import { Project_ProjectState } from "../../../gen/flyteidl/admin/project_pb.js";
import { ResourceType } from "../../../gen/flyteidl/core/identifier_pb.js";
import { emptyState } from "../../support/server-state.js";
import { failure, registryClient } from "./client.js";
import { taskId, taskRequest, workflowId, workflowRequest } from "./requests.js";

const scope = { project: "flytesnacks", domain: "development" };
const byName = { key: "name", direction: Sort_Direction.ASCENDING };

async function clientWithTasks(...names: string[]) {
  const client = registryClient();
  for (const name of names) await client.createTask(taskRequest(name));
  const list = async (limit: number, filters = "", token = "") => {
    const page = await client.listNamedEntities({
      ...scope,
      resourceType: ResourceType.TASK,
      limit,
      filters,
      token,
      sortBy: byName,
    });
    return { names: page.entities.map(({ id }) => id?.name), token: page.token };
  };
  return { client, list };
}

describe("pages of named entities stop early", () => {
  test("system names are dropped after the page is cut", async () => {
    const { list } = await clientWithTasks(".flytegen.x", "b", "c", "d");
    expect(await list(1)).toEqual({ names: [], token: "" });
    expect(await list(3)).toEqual({ names: ["b", "c"], token: "" });
  });

  test("a filter that matches everything brings them back, and with them full pages", async () => {
    const { list } = await clientWithTasks(".flytegen.x", "b", "c", "d");
    expect(await list(2, "contains(name,%)")).toEqual({ names: [".flytegen.x", "b"], token: "2" });
    expect(await list(2, "contains(name,%)", "2")).toEqual({ names: ["c", "d"], token: "4" });
  });

  test("a filter hides what is on the page and does not reach further", async () => {
    const { list } = await clientWithTasks("a", "b", "c");
    expect(await list(2, "eq(name,c)")).toEqual({ names: [], token: "" });
    expect(await list(2, "ne(name,a)")).toEqual({ names: ["b"], token: "" });
  });
});

describe("what is kept about a name", () => {
  test("a name without metadata is active, but has no description to compare", async () => {
    const { client, list } = await clientWithTasks("a", "b");
    const id = { ...scope, name: "b" };
    const metadata = { description: "text", state: NamedEntityState.NAMED_ENTITY_ARCHIVED };
    await client.updateNamedEntity({ resourceType: ResourceType.TASK, id, metadata });
    expect((await list(9, "eq(state,0)")).names).toEqual(["a"]);
    expect((await list(9, "eq(named_entity_metadata.state,1)")).names).toEqual(["b"]);
    expect((await list(9, "ne(description,x)")).names).toEqual(["b"]);
    expect((await list(9)).names).toEqual(["a", "b"]);
  });

  test("an empty description does not reset it, and an update without a state makes the name active", async () => {
    const { client } = await clientWithTasks("a");
    const key = { resourceType: ResourceType.TASK, id: { ...scope, name: "a" } };
    const archived = NamedEntityState.NAMED_ENTITY_ARCHIVED;
    await client.updateNamedEntity({ ...key, metadata: { description: "text", state: archived } });
    await client.updateNamedEntity({ ...key, metadata: {} });
    const { metadata } = await client.getNamedEntity(key);
    expect(metadata).toMatchObject({
      description: "text",
      state: NamedEntityState.NAMED_ENTITY_ACTIVE,
    });
  });

  test("descriptions over 300 characters fail in the database", async () => {
    const { client } = await clientWithTasks("a");
    const key = { resourceType: ResourceType.TASK, id: { ...scope, name: "a" } };
    expect(
      await failure(
        client.updateNamedEntity({ ...key, metadata: { description: "é".repeat(301) } }),
      ),
    ).toEqual([
      Code.Unknown,
      "failed database operation with value too long for type character varying(300)",
    ]);
    await client.updateNamedEntity({ ...key, metadata: { description: "é".repeat(300) } });
  });

  test("what lacks such names is refused, and an unknown name is not found", async () => {
    const { client } = await clientWithTasks("a");
    const request = { ...scope, limit: 1, resourceType: ResourceType.DATASET };
    expect(await failure(client.listNamedEntities(request))).toEqual([
      Code.InvalidArgument,
      "Cannot list entity names for resource type: DATASET",
    ]);
    expect(
      await failure(
        client.listNamedEntities({ ...request, resourceType: ResourceType.UNSPECIFIED }),
      ),
    ).toEqual([Code.InvalidArgument, "invalid value for resource_type"]);
    expect(
      await failure(
        client.getNamedEntity({ resourceType: ResourceType.TASK, id: { ...scope, name: "z" } }),
      ),
    ).toEqual([Code.NotFound, "entry not found"]);
  });

  test.each([
    ["state", 'column "state" does not exist'],
    ["description", 'column "description" does not exist'],
    ["resource_type", 'column "resource_type" does not exist'],
  ])("sorting names by %s passes the check and fails in the database", async (key, text) => {
    const { client } = await clientWithTasks("a");
    const request = { ...scope, limit: 1, resourceType: ResourceType.TASK, sortBy: { key } };
    expect(await failure(client.listNamedEntities(request))).toEqual([
      Code.Unknown,
      `failed database operation with ${text}`,
    ]);
  });

  test("names have no id to sort by, and no resource type to filter by", async () => {
    const { client, list } = await clientWithTasks("a");
    const request = { ...scope, limit: 1, resourceType: ResourceType.TASK, sortBy: { key: "id" } };
    expect(await failure(client.listNamedEntities(request))).toEqual([
      Code.InvalidArgument,
      "invalid sort key 'id'",
    ]);
    expect(await failure(list(1, "eq(resource_type,1)"))).toEqual([
      Code.Unknown,
      "failed database operation with column entities.resource_type does not exist",
    ]);
  });
});

describe("lists of ids", () => {
  test("each name is there once, system names and archived ones too", async () => {
    const { client } = await clientWithTasks("a", ".flytegen.x");
    await client.createTask(taskRequest("a", "v2"));
    const { entities } = await client.listTaskIds({
      ...scope,
      limit: 9,
      filters: "nonsense",
      sortBy: byName,
    });
    expect(entities.map(({ name }) => name)).toEqual([".flytegen.x", "a"]);
  });

  test("they sort by project, domain and name only", async () => {
    const { client } = await clientWithTasks("a");
    expect(
      await failure(client.listTaskIds({ ...scope, limit: 1, sortBy: { key: "id" } })),
    ).toEqual([
      Code.Unknown,
      'failed database operation with column "tasks.id" must appear in the GROUP BY clause or be used in an aggregate function',
    ]);
    expect(
      await failure(client.listTaskIds({ ...scope, limit: 1, sortBy: { key: "nope" } })),
    ).toEqual([Code.InvalidArgument, "invalid sort key 'nope'"]);
  });

  test("their texts for a bad token name another RPC", async () => {
    const { client } = await clientWithTasks("a");
    const request = { ...scope, limit: 1, token: "x" };
    expect((await failure(client.listTaskIds(request)))[1]).toBe(
      "invalid pagination token x for ListUniqueTaskIdentifiers",
    );
    expect((await failure(client.listWorkflowIds(request)))[1]).toBe(
      "invalid pagination token x for ListWorkflowIdentifiers",
    );
    expect(
      (
        await failure(
          client.listDescriptionEntities({ id: { ...scope, name: "a" }, limit: 1, token: "x" }),
        )
      )[1],
    ).toBe("invalid pagination token x for ListWorkflows");
  });
});

describe("descriptions", () => {
  async function describedClient() {
    const client = registryClient();
    const { id, spec } = taskRequest("same");
    const description = {
      shortDescription: "task",
      longDescription: { content: { case: "value", value: "long" } },
    } as const;
    await client.createTask({ id: id, spec: { ...spec, description } });
    await client.createTask(taskRequest("plain"));
    const workflow = workflowRequest("same", "same");
    await client.createWorkflow({
      id: workflow.id,
      spec: { ...workflow.spec, description: { shortDescription: "wf" } },
    });
    return client;
  }

  test("a task and a workflow of one name come back together, whatever type was asked for", async () => {
    const client = await describedClient();
    const request = {
      id: { ...scope, name: "same" },
      limit: 9,
      resourceType: ResourceType.LAUNCH_PLAN,
    };
    const { descriptionEntities } = await client.listDescriptionEntities(request);
    expect(descriptionEntities.map(({ shortDescription }) => shortDescription)).toEqual([
      "task",
      "wf",
    ]);
    expect(descriptionEntities[1]).toMatchObject({ longDescription: {}, sourceCode: { link: "" } });
    const found = await client.getDescriptionEntity({ id: { ...workflowId("same") } });
    expect(found.shortDescription).toBe("task");
  });

  test("a version without a description has none", async () => {
    const client = await describedClient();
    expect(await failure(client.getDescriptionEntity({ id: taskId("plain") }))).toEqual([
      Code.NotFound,
      "entry not found",
    ]);
    expect((await client.getTask({ id: taskId("same") })).shortDescription).toBe("task");
  });

  test("filters are read by the columns of what is described and compared with the description's", async () => {
    const client = await describedClient();
    const list = (filters: string, resourceType = ResourceType.TASK) =>
      client.listDescriptionEntities({
        id: { ...scope, name: "same" },
        limit: 9,
        resourceType,
        filters,
      });
    const { descriptionEntities } = await list("eq(short_description,wf)");
    expect(descriptionEntities.map(({ shortDescription }) => shortDescription)).toEqual(["wf"]);
    expect(await failure(list("eq(type,x)"))).toEqual([
      Code.Unknown,
      'failed database operation with column "type" does not exist',
    ]);
    expect(await failure(list("eq(link,x)"))).toEqual([
      Code.InvalidArgument,
      "'t.link' is invalid filter",
    ]);
    expect(await failure(list("eq(name,x)", ResourceType.UNSPECIFIED))).toEqual([
      Code.Internal,
      "unsupported entity ''",
    ]);
    expect(await failure(list("nonsense", ResourceType.UNSPECIFIED))).toEqual([
      Code.InvalidArgument,
      "invalid value for filters",
    ]);
    expect((await list("", ResourceType.UNSPECIFIED)).descriptionEntities).toHaveLength(2);
  });
});

describe("projects", () => {
  test("archived projects are hidden only when there is no filter at all", async () => {
    const client = registryClient(emptyState({ projects: ["b", "a"] }));
    await client.registerProject({
      project: { id: "c", name: "c", state: Project_ProjectState.ARCHIVED },
    });
    await client.registerProject({
      project: { id: "d", name: "d", state: Project_ProjectState.SYSTEM_ARCHIVED },
    });
    const ids = async (filters: string) =>
      (await client.listProjects({ filters })).projects.map(({ id }) => id);
    expect(await ids("")).toEqual(["a", "b", "d"]);
    expect(await ids("ne(identifier,a)")).toEqual(["b", "c", "d"]);
  });

  test("without a limit and without a result the same token comes back", async () => {
    const client = registryClient();
    expect((await client.listProjects({ filters: "eq(identifier,nope)" })).token).toBe("0");
    expect((await client.listProjects({ token: "5" })).token).toBe("5");
    expect((await client.listProjects({})).token).toBe("");
  });

  test("a project without labels has no bytes to compare, and no filter on labels finds it", async () => {
    const client = registryClient();
    const labels = { values: { team: "x" } };
    await client.registerProject({ project: { id: "labelled", name: "L", labels } });
    for (const filters of ["ne(labels,b)", "not_like(labels,b)", "value_not_in(labels,a;b)"]) {
      const { projects } = await client.listProjects({ filters, limit: 9 });
      expect(projects.map(({ id }) => id)).toEqual(["labelled"]);
    }
  });

  test("an update keeps what it leaves empty, clears labels that are there and empty, and makes the project active", async () => {
    const client = registryClient();
    const labels = { values: { team: "x" } };
    await client.registerProject({ project: { id: "p", name: "P", description: "d", labels } });
    await client.updateProject({ id: "p", state: Project_ProjectState.ARCHIVED });
    expect(await client.getProject({ id: "p" })).toMatchObject({
      name: "P",
      description: "d",
      labels,
      state: 1,
    });
    await client.updateProject({ id: "p", labels: {} });
    expect(await client.getProject({ id: "p" })).toMatchObject({
      name: "P",
      labels: { values: {} },
      state: 0,
    });
  });

  test("GET then PUT fails, since the answer has domains", async () => {
    const client = registryClient();
    const project = await client.getProject({ id: "flytesnacks" });
    expect(project.domains.map(({ id }) => id)).toEqual(["development", "staging", "production"]);
    expect((await failure(client.updateProject(project)))[0]).toBe(Code.InvalidArgument);
    await client.updateProject({ ...project, domains: [] });
  });

  test.each([
    ["missing project", {}],
    ["missing project_name", { project: { id: "p" } }],
    ["missing project_id", { project: { name: "p" } }],
    ["project_name cannot exceed 64 characters", { project: { id: "p", name: "n".repeat(65) } }],
    [
      "project_description cannot exceed 300 characters",
      { project: { id: "p", name: "p", description: "d".repeat(301) } },
    ],
    [
      "invalid project id [P_]: [a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')]",
      { project: { id: "P_", name: "p" } },
    ],
    ["invalid project id [a.b]: [must not contain dots]", { project: { id: "a.b", name: "p" } }],
  ])("%s", async (text, request) => {
    expect(await failure(registryClient().registerProject(request))).toEqual([
      Code.InvalidArgument,
      text,
    ]);
  });

  test("a project that is there cannot be registered, and one that is not cannot be updated", async () => {
    const client = registryClient();
    expect(
      await failure(client.registerProject({ project: { id: "flytesnacks", name: "x" } })),
    ).toEqual([
      Code.AlreadyExists,
      'value with matching already exists (duplicate key value violates unique constraint "projects_pkey")',
    ]);
    expect(await failure(client.updateProject({ id: "nope" }))).toEqual([
      Code.NotFound,
      "project [nope] not found",
    ]);
    expect(await failure(client.getProject({}))).toEqual([
      Code.InvalidArgument,
      "missing project_id",
    ]);
  });
});
