import type { Domain, Project } from "../../gen/flyteidl/admin/project_pb.js";
import type { Connection } from "../calls/index.js";
import type { CallOptions } from "../internal/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import {
  unarchiveProject,
  archiveProject,
  listDomains,
  getProject,
  listProjects,
  type ProjectInput,
  type ProjectUpdateInput,
  type ProjectQuery,
  registerProject,
  updateProject,
} from "../projects/index.js";

/**
 * Projects, and the domains that all of them have.
 *
 * @example
 * ```ts
 * await admin.projects.register({ id: "forecasts", description: "sales forecasts" });
 * await admin.projects.update("forecasts", { name: "Forecasts", labels: { team: "sales" } });
 *
 * for await (const project of admin.projects.list()) console.log(project.id, project.name);
 * const domains = await admin.projects.listDomains();
 * console.log(domains.map((domain) => domain.id));
 *
 * await admin.projects.archive("forecasts");
 * ```
 */
export class Projects {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Lists projects. Archived projects are left out when there are no conditions, and are among
   * the rest when there are any.
   *
   * @throws InvalidFilterError or InvalidOptionError before any call
   */
  list(query?: ProjectQuery, options?: ListOptions): PagedList<Project> {
    return listProjects(this.#connection, query, options);
  }

  /**
   * Gets one project.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the project does not exist
   */
  get(id: string, options?: CallOptions): Promise<Project> {
    return getProject(this.#connection, id, options);
  }

  /**
   * Gets the domains of the server, which all projects share.
   */
  listDomains(options?: CallOptions): Promise<Domain[]> {
    return listDomains(this.#connection, options);
  }

  /**
   * Registers a project. When the answer was lost, the project is looked for by its id, and is
   * taken for the new one where it is active and has the name, the description and the labels.
   *
   * @throws InvalidIdentifierError before the call; AlreadyExistsError when the id is taken;
   *   InvalidArgumentError when a name, a description or a label breaks the server's rules
   */
  register(project: ProjectInput, options?: CallOptions): Promise<void> {
    return registerProject(this.#connection, project, options);
  }

  /**
   * Changes the name, the description or the labels of a project and leaves the rest as it is.
   *
   * The server makes an archived project active again when an update leaves its state out, so the
   * project is read first.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the project does not exist
   */
  update(id: string, changes: ProjectUpdateInput, options?: CallOptions): Promise<void> {
    return updateProject(this.#connection, id, changes, options);
  }

  /**
   * Archives a project: nothing can be registered or launched in it.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the project does not exist
   */
  archive(id: string, options?: CallOptions): Promise<void> {
    return archiveProject(this.#connection, id, options);
  }

  /**
   * Makes an archived project active again.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the project does not exist
   */
  unarchive(id: string, options?: CallOptions): Promise<void> {
    return unarchiveProject(this.#connection, id, options);
  }
}
