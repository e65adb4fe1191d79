import type { DescMethod } from "@bufbuild/protobuf";

import { restRoutes } from "../../../gen/flyteidl/service/rest_routes.js";
import { fieldPathIn, type FieldPath } from "./query.js";
import type { RestBinding } from "./rest-route.js";

/** The route of an RPC over the gateway. */
export interface Route {
  readonly method: DescMethod;
  /** The ways to call it, preferred first. */
  readonly bindings: readonly [Binding, ...Binding[]];
  /** Whether a long query may go as the body of a POST. */
  readonly takesForm: boolean;
}

/** One verb and path. */
export interface Binding {
  readonly verb: string;
  /** The parts between the slashes: fixed texts, and fields of the request. */
  readonly segments: readonly (string | PathField)[];
  /** Whether the whole request goes as the body. Else what the path does not carry goes into the query. */
  readonly hasBody: boolean;
}

/** A part of a path that a field of the request fills. */
export interface PathField extends FieldPath {
  /** Whether a query parameter can carry the value when the path cannot. */
  readonly hasOverride: boolean;
}

/** Finds the route of a method. `undefined` when the gateway has none, as for `GetOrCreateSignal`. */
export function routeOf(method: DescMethod): Route | undefined {
  const row = restRoutes[method.parent.typeName]?.[method.name];
  const [first, ...others] = (row?.bindings ?? []).map((binding) =>
    bindingOf(method, binding, row?.nameByQuery),
  );
  if (first === undefined) return undefined;
  return {
    method,
    bindings: [first, ...others],
    takesForm: first.verb === "GET" && row?.meetsPost !== true,
  };
}

function bindingOf(
  method: DescMethod,
  binding: RestBinding,
  nameByQuery: string | undefined,
): Binding {
  const [verb = "", path = ""] = binding.split(" ");
  const segments = path.split("/").map((segment) => segmentOf(method, segment, nameByQuery));
  return { verb, segments, hasBody: verb !== "GET" };
}

function segmentOf(
  method: DescMethod,
  segment: string,
  nameByQuery: string | undefined,
): string | PathField {
  const name = /^\{(.+)\}$/.exec(segment)?.[1];
  if (name === undefined) return segment;
  const field = fieldPathIn(method.input, name);
  if (field === undefined) throw new Error(`${method.input.typeName} has no field ${name}`);
  return { ...field, hasOverride: name === nameByQuery };
}
