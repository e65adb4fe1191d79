import { beforeEach, describe, expect, test } from "@jest/globals";

import {
  AdminClient,
  InvalidOptionError,
  phaseOf,
  timestampDate,
  typedInterface,
  valuesToLiterals,
  valueToLiteral,
} from "../../src/index.js";
import { InMemoryFlyteAdmin, seedExecution, seedWorkflow } from "../../src/testing.js";

const defaults = { project: "flytesnacks", domain: "development" };
let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;

beforeEach(async () => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  admin = new AdminClient({ transport: flyte.transport(), defaults });
  await seedWorkflow(flyte, {
    name: "train",
    interface: typedInterface({ inputs: { epochs: "integer" } }),
  });
  flyte.clearCalls();
});

/** Passes a value as a caller without types can. */
const any = (value: unknown): never => value as never;

const id = { name: "t", version: "v1" };
const launch = (spec: unknown) => () =>
  admin.executions.launch({ launchPlan: "train", values: { epochs: 3 }, spec: any(spec) });
const createTask = (template: unknown) => () => admin.tasks.create({ id, spec: any({ template }) });
const update = (value: unknown) => () =>
  admin.attributes.update("taskResourceAttributes", defaults, any(value));

describe("a mistake inside a spec, an event or a value is refused before anything is sent", () => {
  test.each<readonly [string, () => Promise<unknown>, string]>([
    ["a misspelt name", launch({ label: {} }), "label is not a property of spec. Use labels."],
    [
      "labels without their wrapper",
      launch({ labels: { team: "x" } }),
      "team is not a property of spec.labels. Write spec.labels: { values: { team } }.",
    ],
    [
      "a number for a string",
      launch({ labels: { values: { team: 5 } } }),
      "spec.labels.values.team must be a string, got 5.",
    ],
    [
      "a string for a number",
      launch({ maxParallelism: "4" }),
      'spec.maxParallelism must be an integer, got "4".',
    ],
    ["a string for an array", launch({ tags: "x" }), 'spec.tags must be an array, got "x".'],
    [
      "a string for a boolean in a wrapper",
      launch({ interruptible: "yes" }),
      'spec.interruptible must be a boolean, got "yes".',
    ],
    [
      "inputs in the spec",
      launch({ inputs: {} }),
      "inputs is not a property of spec. Pass it in the request, beside spec.",
    ],
    [
      "an unknown name of an enum",
      launch({ metadata: { mode: "SCHEDULE" } }),
      'spec.metadata.mode must be one of MANUAL, SCHEDULED, SYSTEM, RELAUNCH, CHILD_WORKFLOW, RECOVERED, TRIGGER, or its number, got "SCHEDULE". Use SCHEDULED.',
    ],
    ["a misspelt name of a template", createTask({ typ: "x" }), "Use type."],
    [
      "a member of a oneof beside it",
      createTask({ type: "x", container: { image: "i" } }),
      'container is not a property of task.spec.template. Write target: { case: "container", value }.',
    ],
    [
      "an unknown case of a oneof",
      createTask({ target: { case: "containers", value: {} } }),
      'task.spec.template.target.case must be one of container, k8sPod, sql, got "containers". Use container.',
    ],
    [
      "the name of a type where its message belongs",
      createTask({ interface: { inputs: { variables: { a: { type: "integer" } } } } }),
      'task.spec.template.interface.inputs.variables.a.type must be a LiteralType, such as simpleType("integer"), got a string.',
    ],
    [
      "a message of another type",
      () =>
        admin.tasks.create({
          id,
          spec: any({ template: { interface: { inputs: typedInterface({}) } } }),
        }),
      "task.spec.template.interface.inputs must be a VariableMap, such as { variables }, got a message flyteidl.core.TypedInterface.",
    ],
    [
      "an array for an object",
      () => admin.workflows.create({ id, spec: any({ template: [] }) }),
      "workflow.spec.template must be a WorkflowTemplate, such as { id }, got an array.",
    ],
    [
      "a misspelt name of a launch plan's spec",
      () => admin.launchPlans.create({ id, spec: any({ workflow: { name: "train" } }) }),
      "workflow is not a property of launchPlan.spec. Use workflowId.",
    ],
    [
      "a misspelt attribute",
      update({ limit: {} }),
      "limit is not a property of value. Use limits.",
    ],
    [
      "a number for a quantity",
      update({ limits: { cpu: 1 } }),
      "value.limits.cpu must be a string, got 1.",
    ],
    [
      "an unknown phase of an event",
      () =>
        admin.executions.createEvent({
          executionId: "f3a",
          phase: any("RUN"),
          occurredAt: new Date(),
        }),
      "event.phase must be one of UNDEFINED, QUEUED,",
    ],
    [
      "an invalid Date",
      () =>
        admin.executions.createEvent({
          executionId: "f3a",
          phase: "RUNNING",
          occurredAt: new Date("x"),
        }),
      "event.occurredAt is an invalid Date.",
    ],
    [
      "a misspelt literal",
      () =>
        admin.executions.launch({ launchPlan: "train", inputs: any({ epochs: { scaler: 3 } }) }),
      "scaler is not a property of inputs.epochs.",
    ],
    [
      "a misspelt type of a signal",
      () => admin.signals.getOrCreate("f3a/s", any({ simple: 1 })),
      'simple is not a property of type. Write type: { case: "simple", value }.',
    ],
  ])("%s", async (_mistake, run, text) => {
    const error: unknown = await run().then(
      () => "nothing was refused",
      (reason: unknown) => reason,
    );
    expect(String(error)).toContain(text);
    expect(error).toBeInstanceOf(InvalidOptionError);
    expect(flyte.calls).toEqual([]);
  });
});

test("enum values in a spec may be names, 64-bit integers numbers, and times Dates", async () => {
  const scheduledAt = new Date("2026-11-29T03:00:00.250Z");
  const launched = await admin.executions.launch({
    launchPlan: "train",
    values: { epochs: 3 },
    spec: any({ metadata: { mode: "SCHEDULED", scheduledAt } }),
  });
  const { spec } = await admin.executions.get(launched);
  expect(spec?.metadata?.mode).toBe(1);
  expect(timestampDate(spec?.metadata?.scheduledAt)).toEqual(scheduledAt);
});

test("an event takes a phase by name and its time as a Date", async () => {
  const executionId = await seedExecution(flyte, { name: "f3a", phase: "UNDEFINED" });
  const occurredAt = new Date("2026-11-29T03:00:00Z");
  await admin.executions.createEvent({ executionId, phase: "RUNNING", occurredAt });
  const execution = await admin.executions.get(executionId);
  expect(phaseOf(execution)).toBe("RUNNING");
  expect(timestampDate(execution.closure?.startedAt)).toEqual(occurredAt);
});

test("the spec of another execution is launched again", async () => {
  const first = await admin.executions.launch({
    launchPlan: "train",
    values: { epochs: 3 },
    spec: { labels: { values: { team: "a" } } },
  });
  const { spec } = await admin.executions.get(first);
  const again = await admin.executions.launch({
    launchPlan: "train",
    values: { epochs: 4 },
    spec: any(spec),
  });
  const launched = await admin.executions.get(again);
  expect(launched.spec?.labels?.values).toEqual({ team: "a" });
});

test("inputs are checked by a launch plan before a launch", async () => {
  const plan = await admin.launchPlans.getActive("train");
  expect(() => valuesToLiterals({}, plan)).toThrow(
    "inputs.epochs: expected a value, since it has no default",
  );
  expect(() => valuesToLiterals({ epoch: 3 }, plan)).toThrow("the interface has epochs");
  expect(valuesToLiterals({ epochs: 3 }, plan).literals["epochs"]).toEqual(
    valueToLiteral(3, "integer"),
  );
  expect(() => valuesToLiterals({ a: 3 }, any({ a: "integer" }))).toThrow("interface must be");
});
