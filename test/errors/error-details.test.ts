import { create, type JsonValue, toJson } from "@bufbuild/protobuf";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { EventFailureReasonSchema } from "../../gen/flyteidl/admin/event_pb.js";
import { InactiveProjectSchema } from "../../gen/flyteidl/admin/project_pb.js";
import { CreateWorkflowFailureReasonSchema } from "../../gen/flyteidl/admin/workflow_pb.js";
import { ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import { messageFromJson } from "../../src/errors/error-details.js";

const text = fc.string();
const id = fc.record({
  resourceType: fc.constantFrom(
    ResourceType.UNSPECIFIED,
    ResourceType.TASK,
    ResourceType.WORKFLOW,
    ResourceType.LAUNCH_PLAN,
  ),
  project: text,
  domain: text,
  name: text,
  version: text,
});
const details = fc.oneof(
  fc.record({ id: text, project: text, domain: text }).map((value) => ({
    schema: InactiveProjectSchema,
    message: create(InactiveProjectSchema, { id: value.id }),
  })),
  text.map((currentPhase) => ({
    schema: EventFailureReasonSchema,
    message: create(EventFailureReasonSchema, {
      reason: { case: "alreadyInTerminalState", value: { currentPhase } },
    }),
  })),
  text.map((cluster) => ({
    schema: EventFailureReasonSchema,
    message: create(EventFailureReasonSchema, {
      reason: { case: "incompatibleCluster", value: { cluster } },
    }),
  })),
  fc.tuple(id, fc.boolean()).map(([value, isSame]) => ({
    schema: CreateWorkflowFailureReasonSchema,
    message: create(CreateWorkflowFailureReasonSchema, {
      reason: {
        case: isSame ? "existsIdenticalStructure" : "existsDifferentStructure",
        value: { id: value },
      },
    }),
  })),
);

describe("a detail of an error in JSON", () => {
  it.each([true, false])("comes back as it was, with protobuf's names: %s", (useProtoFieldName) => {
    fc.assert(
      fc.property(details, fc.boolean(), ({ schema, message }, enumAsInteger) => {
        const json = toJson(schema, message, { useProtoFieldName, enumAsInteger });
        expect(messageFromJson(schema, json)).toEqual(message);
      }),
    );
  });

  it("is empty where the JSON is something else", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        // JSON that happens to be an object with a text `id` is a message; nothing else is.
        const { id } = messageFromJson(
          InactiveProjectSchema,
          JSON.parse(JSON.stringify(json)) as JsonValue,
        );
        expect(typeof id).toBe("string");
      }),
    );
  });
});
