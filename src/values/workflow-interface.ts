import { create } from "@bufbuild/protobuf";
import { VariableMapSchema } from "../../gen/flyteidl/core/interface_pb.js";
import type { Literal, LiteralMap } from "../../gen/flyteidl/core/literals_pb.js";
import { type LiteralType, SimpleType } from "../../gen/flyteidl/core/types_pb.js";
import { isObject, requireObject } from "../internal/validation/index.js";
import { type LiteralTypeInput, typedInterface } from "./literal-types.js";
import { LiteralError, literalsToValues, member, msgpackDecoder } from "./literals/index.js";

/**
 * The inputs of a workflow, described in TypeScript: `{ inputs: { epochs: bigint; rate?: number } }`.
 * An optional member is an input that the launch plan has a default for.
 */
export interface WorkflowInterface {
  /** The inputs by name. */
  readonly inputs: object;
}

/** The interface of any workflow: the compiler accepts every name and every value. */
export interface AnyInterface extends WorkflowInterface {
  /** The inputs by name. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The inputs and outputs of a launch plan, as `generateTypes` of `/node` writes them. */
export interface LaunchPlanInterface extends WorkflowInterface {
  /** The outputs by name. */
  readonly outputs: object;
}

/**
 * A launch plan with its TypeScript interface, as `generateTypes` of `/node` writes it. A launch takes it as
 * `launchPlan` and checks the inputs; `literalsToOutputs` reads the outputs with it.
 *
 * It has no project and no domain, so that one file serves all domains: they are those of the client's `defaults`,
 * or `{ ...plan, project, domain }`.
 */
export interface TypedLaunchPlan<Interface extends LaunchPlanInterface> {
  /** The name of the launch plan. */
  readonly name: string;
  /** The version that the types were made for; left out where launches are to take the active one. */
  readonly version?: string | undefined;
  /** The type of each output, as `typedInterface` takes it. */
  readonly outputs: Readonly<Record<string, LiteralTypeInput>>;
  /** Never set: carries the interface to the compiler. */
  readonly types?: Interface | undefined;
}

/**
 * Returns the outputs of an execution as values of the types that `generateTypes` wrote for its launch plan.
 *
 * Each literal is checked against the type that the plan had when the types were written, so that a workflow that has
 * changed since is an error here and not a wrong value later. What is inside a struct is the exception: its members are
 * as the literal has them. Outputs that the types do not have are left out.
 *
 * @param literals - of a result of `executions.outputs`, read with `fetchOffloaded` where Flyte offloads literals
 * @throws LiteralError where an output is missing, is of another type, or is offloaded
 */
export function literalsToOutputs<Interface extends LaunchPlanInterface>(
  literals: LiteralMap,
  plan: TypedLaunchPlan<Interface>,
): Interface["outputs"] {
  const { outputs } = requireObject(
    plan,
    "plan",
    "a launch plan with outputs, as generateTypes writes it",
  );
  const { outputs: variables = create(VariableMapSchema) } = typedInterface({ outputs });
  const declared = Object.entries(literals.literals).filter(([name]) =>
    Object.hasOwn(outputs, name),
  );
  for (const [name, { type }] of Object.entries(variables.variables)) {
    const literal = Object.hasOwn(literals.literals, name) ? literals.literals[name] : undefined;
    if (literal === undefined) {
      throw new LiteralError(
        member("outputs", name),
        `expected an output, got none. If ${plan.name} has changed, generate its types again`,
      );
    }
    requireReadable(literal, type, member("outputs", name));
  }
  const values: unknown = literalsToValues(
    { ...literals, literals: Object.fromEntries(declared) },
    { variables, binary: msgpackDecoder, path: "outputs" },
  );
  if (isOutputs(values, plan)) return values;
  throw new LiteralError("outputs", "expected an object");
}

/** Whether values that were read by a plan's types have them. */
function isOutputs<Interface extends LaunchPlanInterface>(
  values: unknown,
  { outputs }: TypedLaunchPlan<Interface>,
): values is Interface["outputs"] {
  return isObject(values) && Object.keys(outputs).every((name) => Object.hasOwn(values, name));
}

/** Refuses what conversion by a type lets through: a reference for any type, and any value for a struct. */
function requireReadable(literal: Literal, type: LiteralType | undefined, path: string): void {
  const { value } = literal;
  switch (value.case) {
    case "offloadedMetadata":
      throw new LiteralError(
        path,
        "the literal is offloaded to an object of its own. Read the outputs with fetchOffloaded: true",
      );
    case "collection": {
      const inner = type?.type.case === "collectionType" ? type.type.value : undefined;
      value.value.literals.forEach((item, at) => {
        requireReadable(item, inner, member(path, at));
      });
      return;
    }
    case "map": {
      const inner = type?.type.case === "mapValueType" ? type.type.value : undefined;
      for (const [key, item] of Object.entries(value.value.literals)) {
        requireReadable(item, inner, member(path, key));
      }
      return;
    }
    case "scalar": {
      const scalar = value.value.value;
      if (scalar.case === "union" && scalar.value.value !== undefined) {
        requireReadable(scalar.value.value, scalar.value.type, path);
      } else if (scalar.case === "binary" && isStruct(type)) {
        requireMap(scalar.value.value, scalar.value.tag, path);
      }
    }
  }
}

function isStruct(type: LiteralType | undefined): boolean {
  return type?.type.case === "simple" && type.type.value === SimpleType.STRUCT;
}

/** A struct in msgpack is a map, which the first byte says. */
function requireMap(bytes: Uint8Array, tag: string, path: string): void {
  const [head = 0] = bytes;
  const isMap = (head >= 0x80 && head < 0x90) || head === 0xde || head === 0xdf;
  if (tag === msgpackDecoder.tag && isMap) return;
  throw new LiteralError(
    path,
    `expected a struct in msgpack, got ${tag === msgpackDecoder.tag ? "another value" : `the encoding ${JSON.stringify(tag)}`}`,
  );
}
