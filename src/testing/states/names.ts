import type { OptionNames } from "../../internal/validation/index.js";
import { create } from "@bufbuild/protobuf";

import type { SeedableServer } from "./writers.js";
import {
  type Identifier,
  IdentifierSchema,
  type ResourceType,
} from "../../../gen/flyteidl/core/identifier_pb.js";

/** The project and domain that a state is built in. */
export interface SeedScopeInput {
  /** @defaultValue `"flytesnacks"` */
  readonly project?: string | undefined;
  /** @defaultValue `"development"` */
  readonly domain?: string | undefined;
}

/** The names of a {@link SeedScopeInput}. */
export const seedScopeNames: OptionNames<SeedScopeInput> = { project: true, domain: true };

/** The project and domain of ids in slash form that leave them out. */
export const seedDefaults = { project: "flytesnacks", domain: "development" } as const;

/** The scope with its defaults. */
export function scopeOf({
  project = seedDefaults.project,
  domain = seedDefaults.domain,
}: SeedScopeInput): {
  project: string;
  domain: string;
} {
  return { project, domain };
}

/** The identifier of a version that a state registers. */
export function versionId(
  resourceType: ResourceType,
  scope: SeedScopeInput,
  name: string,
  version = "v1",
): Identifier {
  return create(IdentifierSchema, { resourceType, ...scopeOf(scope), name, version });
}

/** When things happen in a state that does not say: this many milliseconds after its start. */
export function timeAt(startedAt: Date, offsetMs: number): { seconds: bigint; nanos: number } {
  const ms = startedAt.getTime() + offsetMs;
  const seconds = Math.floor(ms / 1000);
  return { seconds: BigInt(seconds), nanos: Math.round((ms - seconds * 1000) * 1_000_000) };
}

/** The start of a state that does not say when it started, so that what has ended ends now. */
export function defaultStart({ now }: SeedableServer, runtimeMs: number): Date {
  return new Date(now().getTime() - runtimeMs);
}
