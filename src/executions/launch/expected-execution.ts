import {
  create as createMessage,
  type DescMessage,
  type DescMethodUnary,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";

import type {
  Execution,
  ExecutionMetadata_ExecutionMode,
} from "../../../gen/flyteidl/admin/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import { type LiteralMap, LiteralMapSchema } from "../../../gen/flyteidl/core/literals_pb.js";
import { getProjectMethod } from "../../../gen/flyteidl/service/methods.js";
import { sameMessage } from "../../internal/index.js";
import type { LaunchMessage } from "./launch-request.js";

/** An execution that is about to be created, and how to recognize it. */
export interface ExpectedExecution {
  readonly project: string;
  readonly domain: string;
  /** Empty where the server is to make one. */
  readonly name: string;
  /** Whether an execution is one that the call would have made, apart from its inputs. */
  readonly matches: (execution: Execution, lookUp: LookUp) => boolean | Promise<boolean>;
  /** The inputs that the call sends; `undefined` where they are those of another execution. */
  readonly inputs: LiteralMap | undefined;
}

/** Makes a call on the way to a decision. */
export type LookUp = <I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
  request: MessageInitShape<I>,
) => Promise<MessageShape<O>>;

/** Returns the execution that a launch creates. */
export function expectedLaunch(message: LaunchMessage): ExpectedExecution {
  const { project, domain, name, spec } = message;
  return {
    project,
    domain,
    name,
    matches: async ({ spec: stored }, lookUp) =>
      stored?.launchPlan !== undefined &&
      sameMessage(stored.launchPlan, spec.launchPlan) &&
      hasAnnotations(stored.annotations?.values, spec.annotations?.values) &&
      (await hasLabels(stored.labels?.values, spec.labels?.values, project, lookUp)),
    inputs: createMessage(LiteralMapSchema, message.inputs ?? {}),
  };
}

type Texts = Readonly<Record<string, string>>;

/** To labels that are sent the server adds those of the project; where none are sent it stores none. */
async function hasLabels(
  stored: Texts = {},
  sent: Texts = {},
  project: string,
  lookUp: LookUp,
): Promise<boolean> {
  const added = addedTexts(stored, sent);
  if (added === undefined) return false;
  if (added.length === 0) return true;
  if (Object.keys(sent).length === 0) return false;
  const { labels } = await lookUp(getProjectMethod, { id: project });
  return added.every(([name, value]) => labels?.values[name] === value);
}

/** To annotations that are sent the server may add those of the caller's identity. */
function hasAnnotations(stored: Texts = {}, sent: Texts = {}): boolean {
  const added = addedTexts(stored, sent);
  return added?.every(([name]) => identityAnnotation.test(name)) === true;
}

const identityAnnotation = /\/(?:user|app)-(?:email|sub|id)$/;

/** The stored entries beyond those that were sent; `undefined` where one that was sent is not stored. */
function addedTexts(stored: Texts, sent: Texts): readonly [string, string][] | undefined {
  if (!Object.entries(sent).every(([name, value]) => stored[name] === value)) return undefined;
  return Object.entries(stored).filter(([name]) => !Object.hasOwn(sent, name));
}

/** An execution that is to run again, and the name of the new one where it has one. */
export interface Rerun {
  readonly id: WorkflowExecutionIdentifier;
  readonly name?: string;
}

/** Returns the execution that a relaunch or a recovery creates. */
export function expectedRerun(
  { id: source, name = "" }: Rerun,
  mode: ExecutionMetadata_ExecutionMode,
  overwriteCache?: boolean,
): ExpectedExecution {
  return {
    project: source.project,
    domain: source.domain,
    name,
    matches: ({ spec }) => {
      const reference = spec?.metadata?.referenceExecution;
      return (
        spec?.metadata?.mode === mode &&
        reference !== undefined &&
        sameMessage(reference, source) &&
        (overwriteCache ?? spec.overwriteCache) === spec.overwriteCache
      );
    },
    inputs: undefined,
  };
}
