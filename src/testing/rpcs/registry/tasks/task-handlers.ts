import { create, equals, fromBinary, toBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";

import {
  type Task,
  TaskClosureSchema,
  type TaskCreateRequest,
  TaskCreateResponseSchema,
  TaskListSchema,
  TaskSchema,
} from "../../../../../gen/flyteidl/admin/task_pb.js";
import {
  type CompiledTask,
  CompiledTaskSchema,
} from "../../../../../gen/flyteidl/core/compiler_pb.js";
import { type Identifier, ResourceType } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import type { K8sPod, TaskTemplate } from "../../../../../gen/flyteidl/core/tasks_pb.js";
import { listRows, taskEntity } from "../../../lists/index.js";
import { type FlyteState, joinKey, type TaskRow, timestampOf } from "../../../store/index.js";
import { adminError, invalidArgument, missing, missingEntity } from "../../../server-errors.js";
import { goJson, structureDiff } from "../../../go-format/index.js";
import { checkScope, lookedUpText, requireField, requireVersionId } from "../checks/index.js";
import { insertDescription } from "../descriptions.js";
import type { AdminHandlers } from "../handler-types.js";
import { checkNameList, listNames } from "../name-lists.js";
import { compileTask } from "./compile-task.js";
import { checkContainerResources, checkPodResources } from "./task-resources.js";
import { findSomeVersion, findVersion, insertVersion, listedVersions } from "../versions.js";

type TaskRpc = "createTask" | "getTask" | "listTasks" | "listTaskIds";

/** The RPCs of tasks. */
export function taskHandlers(state: FlyteState): Pick<AdminHandlers, TaskRpc> {
  return {
    createTask: (request) => {
      createTask(state, request);
      return create(TaskCreateResponseSchema);
    },
    // An incomplete identifier is not refused: it returns an arbitrary task.
    getTask: ({ id }) => {
      const row = findSomeVersion(state.tasks, id);
      if (row === undefined) throw missingEntity("TASK", lookedUpText(id));
      return taskMessage(row);
    },
    listTasks: (request) => {
      const versions = listedVersions(state.tasks, request);
      const { rows, token } = listRows(state, versions, request, {
        entity: taskEntity,
        rpc: "ListTasks",
      });
      return create(TaskListSchema, { tasks: rows.map(taskMessage), token });
    },
    listTaskIds: (request) => {
      checkNameList(request);
      const rows = state.tasks.group(joinKey(request.project, request.domain));
      return listNames(state, rows, request, taskEntity, { rpc: "ListUniqueTaskIdentifiers" });
    },
  };
}

/** The compiled form that was stored of a task. */
export function compiledTaskOf(row: TaskRow): CompiledTask {
  return fromBinary(TaskClosureSchema, row.closure).compiledTask ?? create(CompiledTaskSchema);
}

function createTask(state: FlyteState, { id: requestId, spec }: TaskCreateRequest): void {
  const id = requireVersionId(requestId, ResourceType.TASK);
  checkScope(state, id.project, id.domain);
  if (spec?.template === undefined) throw missing("spec");
  checkTemplate(state, id, spec.template);
  const compiledTask = compileTask(spec.template, id);
  const existing = findVersion(state.tasks, id);
  if (existing !== undefined) throw taskExists(id, compiledTaskOf(existing), compiledTask);
  const now = state.tick();
  insertVersion(state.tasks, {
    id: state.tasks.nextId,
    createdAt: now,
    updatedAt: now,
    project: id.project,
    domain: id.domain,
    name: id.name,
    version: id.version,
    closure: toBinary(TaskClosureSchema, create(TaskClosureSchema, { compiledTask })),
    type: spec.template.type,
    shortDescription: spec.description?.shortDescription ?? "",
  });
  insertDescription(state, id, spec.description);
}

/**
 * Refuses a task that cannot run; one without a runtime can.
 * @throws INVALID_ARGUMENT for what is wrong first
 */
function checkTemplate(state: FlyteState, id: Identifier, template: TaskTemplate): void {
  requireField(template.type, "type");
  const { metadata, target } = template;
  if (metadata === undefined) throw missing("metadata");
  if (metadata.runtime !== undefined) requireField(metadata.runtime.version, "runtime version");
  if (template.interface === undefined) throw missing("typed interface");
  if (target.case === "container") {
    requireField(target.value.image, "image");
    checkContainerResources(state, id, target.value.resources);
  }
  if (target.case === "k8sPod") checkPod(state, id, target.value);
}

function checkPod(state: FlyteState, id: Identifier, { podSpec }: K8sPod): void {
  if (podSpec === undefined) {
    throw invalidArgument(
      "invalid TaskSpecification, pod tasks should specify their target as a K8sPod with a defined pod spec",
    );
  }
  const { containers } = podSpec;
  if (!Array.isArray(containers)) return;
  for (const container of containers) checkPodResources(state, id, container);
}

function taskExists(id: Identifier, registered: CompiledTask, requested: CompiledTask): Error {
  if (equals(CompiledTaskSchema, registered, requested)) {
    return adminError(Code.AlreadyExists, "task with identical structure already exists");
  }
  const diff = structureDiff(
    goJson(CompiledTaskSchema, registered),
    goJson(CompiledTaskSchema, requested),
  );
  return invalidArgument(
    `${id.name} task with different structure already exists. (Please register a new version of the task):\n${diff}`,
  );
}

function taskMessage(row: TaskRow): Task {
  const { project, domain, name, version } = row;
  const closure = fromBinary(TaskClosureSchema, row.closure);
  closure.createdAt = timestampOf(row.createdAt);
  return create(TaskSchema, {
    id: { resourceType: ResourceType.TASK, project, domain, name, version },
    closure,
    shortDescription: row.shortDescription,
  });
}
