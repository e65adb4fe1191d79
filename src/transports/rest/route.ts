import { getOption, hasOption, type DescMethod } from "@bufbuild/protobuf";

import { http } from "../../../gen/google/api/annotations_pb.js";
import type { HttpRule } from "../../../gen/google/api/http_pb.js";
import { fieldPathIn, type FieldPath } from "./field-path.js";
import { nameByQueryOf } from "./rest-limits.js";

/** How an RPC is called over the gateway. */
export interface Route {
  readonly method: DescMethod;
  /** The ways to call it, preferred first. Lists of versions have one with a name in the path and one without. */
  readonly bindings: readonly [Binding, ...Binding[]];
  /** Whether a long query may go as the body of a POST: not where a POST to the same path is another RPC. */
  readonly allowsForm: boolean;
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

/** Reads the `google.api.http` option of a method. `undefined` when it has none, as `GetOrCreateSignal`. */
export function routeOf(method: DescMethod): Route | undefined {
  const rule = ruleOf(method);
  if (rule === undefined) return undefined;
  const bindings = [rule, ...rule.additionalBindings].flatMap(
    (each) => bindingOf(method, each) ?? [],
  );
  const [first, ...others] = bindings;
  if (first === undefined) return undefined;
  return {
    method,
    bindings: [first, ...others],
    allowsForm: first.verb === "GET" && !meetsPost(method, first),
  };
}

function ruleOf(method: DescMethod): HttpRule | undefined {
  return hasOption(method, http) ? getOption(method, http) : undefined;
}

function bindingOf(method: DescMethod, rule: HttpRule): Binding | undefined {
  const { pattern } = rule;
  const isKnown =
    pattern.case !== undefined &&
    pattern.case !== "custom" &&
    (rule.body === "" || rule.body === "*");
  if (!isKnown) return undefined;
  const override = nameByQueryOf(method);
  const segments = pattern.value.split("/").map((segment): string | PathField | undefined => {
    const name = /^\{([\w.]+)\}$/.exec(segment)?.[1];
    if (name === undefined) return segment;
    const path = fieldPathIn(method.input, name);
    return path && { ...path, hasOverride: name === override };
  });
  const found = segments.filter((segment) => segment !== undefined);
  return found.length === segments.length
    ? { verb: pattern.case.toUpperCase(), segments: found, hasBody: rule.body === "*" }
    : undefined;
}

function meetsPost(method: DescMethod, binding: Binding): boolean {
  return method.parent.methods.some((other) => {
    const rule = other === method ? undefined : ruleOf(other);
    const posts =
      rule === undefined
        ? []
        : [rule, ...rule.additionalBindings].filter((each) => each.pattern.case === "post");
    return posts.some((post) => {
      const segments = bindingOf(other, post)?.segments ?? [];
      return (
        segments.length === binding.segments.length &&
        segments.every((segment, at) => {
          const mine = binding.segments[at];
          return typeof segment !== "string" || typeof mine !== "string" || segment === mine;
        })
      );
    });
  });
}
