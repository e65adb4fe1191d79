import {
  type Domain,
  type Project,
  Project_ProjectState,
} from "../../gen/flyteidl/admin/project_pb.js";
import { callUnary, type Connection, createIdempotently } from "../calls/index.js";
import {
  getDomainsMethod,
  getProjectMethod,
  registerProjectMethod,
  updateProjectMethod,
} from "../../gen/flyteidl/service/methods.js";
import { isFlyteError, toFlyteError } from "../errors/index.js";
import type { CallOptions } from "../internal/index.js";
import { type OptionNames, requireKnownOptions } from "../internal/validation/index.js";
import {
  type EntityQuery,
  entityQueryNames,
  listProjectsRpc,
  listRows,
  requireQuery,
} from "../lists/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import { requireProjectId } from "../values/identifiers/index.js";

/** The projects to list. */
export type ProjectQuery = EntityQuery<"project">;

/** A project to register. */
export interface ProjectInput {
  /** At most 63 characters: lower-case letters, digits and hyphens, none at the ends. */
  readonly id: string;
  /**
   * The display name, at most 64 bytes.
   * @defaultValue the id
   */
  readonly name?: string | undefined;
  /**
   * At most 300 bytes.
   * @defaultValue none
   */
  readonly description?: string | undefined;
  /**
   * At most 16, keys and values as Kubernetes allows them.
   * @defaultValue none
   */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** Changes to a project; fields that are left out stay as they are. */
export interface ProjectUpdateInput {
  /** At most 64 bytes, and not empty: the server cannot clear a name. */
  readonly name?: string | undefined;
  /** At most 300 bytes, and not empty: the server cannot clear a description. */
  readonly description?: string | undefined;
  /** All labels, in place of those that were; `{}` takes them all away. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

const newProjectNames: OptionNames<ProjectInput> = {
  id: true,
  name: true,
  description: true,
  labels: true,
};

const projectChangeNames: OptionNames<ProjectUpdateInput> = {
  name: true,
  description: true,
  labels: true,
};

/**
 * Lists projects. Archived projects are left out when there are no conditions, and are among
 * the rest when there are any.
 *
 * @throws InvalidFilterError or InvalidOptionError before any call
 */
export function listProjects(
  connection: Connection,
  query: ProjectQuery = {},
  options?: ListOptions,
): PagedList<Project> {
  requireQuery(query, entityQueryNames);
  return listRows(connection, listProjectsRpc, { scope: undefined, query }, options);
}

/**
 * Gets one project.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the project does not exist
 */
export async function getProject(
  connection: Connection,
  id: string,
  options?: CallOptions,
): Promise<Project> {
  return callUnary(connection, getProjectMethod, { id: requireProjectId(id) }, options);
}

/**
 * Gets the domains of the server, which all projects share.
 */
export async function listDomains(
  connection: Connection,
  options?: CallOptions,
): Promise<Domain[]> {
  const reply = await callUnary(connection, getDomainsMethod, {}, options);
  return reply.domains;
}

/**
 * Registers a project. When the answer was lost, the project is looked for by its id, and is
 * taken for the new one where it is active and has the name, the description and the labels.
 *
 * @throws InvalidIdentifierError before the call; AlreadyExistsError when the id is taken;
 *   InvalidArgumentError when a name, a description or a label breaks the server's rules
 */
export async function registerProject(
  connection: Connection,
  project: ProjectInput,
  options?: CallOptions,
): Promise<void> {
  requireKnownOptions(project, newProjectNames, "project", "an object with id");
  const id = requireProjectId(project.id);
  const { name = id, description = "", labels } = project;
  const values = { ...labels };
  const wanted = { id, name, description, ...(labels && { labels: { values } }) };
  await createIdempotently<unknown>(
    {
      create: (call) => callUnary(connection, registerProjectMethod, { project: wanted }, call),
      find: async (_, call) => {
        const found = await getProject(connection, id, call).catch((error: unknown) =>
          toFlyteError(error),
        );
        if (isFlyteError(found)) {
          return { kind: found.code === "NOT_FOUND" ? "absent" : "unknown" };
        }
        const isSame =
          found.name === name &&
          found.description === description &&
          found.state === Project_ProjectState.ACTIVE &&
          haveSameTexts(found.labels?.values ?? {}, values);
        // Sent again, it is refused with the server's own words.
        return isSame ? { kind: "found", value: found } : { kind: "absent" };
      },
    },
    options,
  );
}

/**
 * Changes the name, the description or the labels of a project and leaves the rest as it is.
 *
 * The server makes an archived project active again when an update leaves its state out, so the
 * project is read first.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the project does not exist
 */
export async function updateProject(
  connection: Connection,
  id: string,
  changes: ProjectUpdateInput,
  options?: CallOptions,
): Promise<void> {
  const expected = "an object such as { name }";
  const { labels, name, description } = requireKnownOptions(
    changes,
    projectChangeNames,
    "changes",
    expected,
  );
  const { state } = await getProject(connection, id, options);
  await callUnary(
    connection,
    updateProjectMethod,
    {
      id,
      state,
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
      ...(labels && { labels: { values: { ...labels } } }),
    },
    options,
  );
}

/**
 * Archives a project: nothing can be registered or launched in it.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the project does not exist
 */
export async function archiveProject(
  connection: Connection,
  id: string,
  options?: CallOptions,
): Promise<void> {
  await setState(connection, id, Project_ProjectState.ARCHIVED, options);
}

/**
 * Makes an archived project active again.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the project does not exist
 */
export async function unarchiveProject(
  connection: Connection,
  id: string,
  options?: CallOptions,
): Promise<void> {
  await setState(connection, id, Project_ProjectState.ACTIVE, options);
}

async function setState(
  connection: Connection,
  id: string,
  state: Project_ProjectState,
  options?: CallOptions,
): Promise<void> {
  await callUnary(connection, updateProjectMethod, { id: requireProjectId(id), state }, options);
}

function haveSameTexts(
  left: Readonly<Record<string, string>>,
  right: Readonly<Record<string, string>>,
): boolean {
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length && names.every((name) => left[name] === right[name])
  );
}
