import { clone, create } from "@bufbuild/protobuf";

import {
  type CompiledTask,
  type CompiledWorkflow,
  type CompiledWorkflowClosure,
  CompiledWorkflowClosureSchema,
  CompiledWorkflowSchema,
} from "../../../../gen/flyteidl/core/compiler_pb.js";
import {
  type WorkflowTemplate,
  WorkflowTemplateSchema,
} from "../../../../gen/flyteidl/core/workflow_pb.js";
import { identifierText } from "../../go-format/index.js";
import { compileTemplate } from "./compile-template.js";
import { CompileErrors, CompileFailure, duplicateId, taskNotFound } from "./errors/index.js";
import { startNodeId } from "./graph/index.js";
import type { LaunchPlanInterface } from "./linked-entities.js";
import { collectRequirements, type Requirements } from "./requirements.js";

/** A workflow with the templates of its sub-workflows. */
export interface WorkflowSource {
  readonly template: WorkflowTemplate;
  readonly subWorkflows: readonly WorkflowTemplate[];
}

/** The tasks and launch plans that {@link requirementsOf} asked for. */
export interface LoadedEntities {
  readonly tasks: readonly CompiledTask[];
  /** By the text of the identifier that a node refers to it with. */
  readonly launchPlans: ReadonlyMap<string, LaunchPlanInterface>;
}

/**
 * The tasks and launch plans that must be loaded to compile a workflow.
 * @throws CompileFailure when sub-workflows have no identifiers of their own
 */
export function requirementsOf({ template, subWorkflows }: WorkflowSource): Requirements {
  // Sub-workflows that are not there are reported when the workflow is compiled.
  return collectRequirements(template, indexById(subWorkflows), new CompileErrors());
}

/**
 * Compiles a workflow as FlyteAdmin does: checks its interface, nodes,
 * bindings, branches, gates and graph, and returns its closure.
 * @throws CompileFailure with the server's list of mistakes
 */
export function compileWorkflow(
  source: WorkflowSource,
  { tasks, launchPlans }: LoadedEntities,
): CompiledWorkflowClosure {
  const errors = new CompileErrors();
  const template = clone(WorkflowTemplateSchema, source.template);
  const templates = indexById(
    source.subWorkflows.map((each) => clone(WorkflowTemplateSchema, each)),
  );
  const tasksById = new Map(tasks.map((task) => [identifierText(task.template?.id), task]));

  const required = collectRequirements(template, templates, errors);
  for (const id of required.tasks) {
    // A reference without a resource type finds a task, and yet does not name it.
    if (!tasksById.has(identifierText(id)))
      errors.collect(taskNotFound(startNodeId, identifierText(id)));
  }
  if (!errors.isEmpty) throw new CompileFailure(String(errors));

  const primary = create(CompiledWorkflowSchema, { template });
  const subWorkflows = new Map<string, CompiledWorkflow>(
    [...templates].map(([id, each]) => [id, create(CompiledWorkflowSchema, { template: each })]),
  );
  const linked = { tasks: tasksById, launchPlans, subWorkflows };
  if (!compileTemplate(primary, template, linked, errors)) throw new CompileFailure(String(errors));
  return create(CompiledWorkflowClosureSchema, {
    primary,
    subWorkflows: [...subWorkflows.values()],
    tasks: [...tasksById.values()],
  });
}

function indexById(templates: readonly WorkflowTemplate[]): ReadonlyMap<string, WorkflowTemplate> {
  const errors = new CompileErrors();
  const byId = new Map<string, WorkflowTemplate>();
  for (const template of templates) {
    // The server gives up on these without a word.
    if (template.id === undefined) throw requirementsFailure(errors);
    const text = identifierText(template.id);
    if (byId.has(text)) errors.collect(duplicateId(text));
    else byId.set(text, template);
  }
  if (!errors.isEmpty) throw requirementsFailure(errors);
  return byId;
}

function requirementsFailure(errors: CompileErrors): CompileFailure {
  return new CompileFailure(`failed to get workflow requirements with err ${String(errors)}`);
}
