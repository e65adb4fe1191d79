import type {
  Literal,
  LiteralMap,
  LiteralOffloadedMetadata,
} from "../../gen/flyteidl/core/literals_pb.js";
import { member } from "../values/literals/index.js";

/** A place that holds a reference to an offloaded literal. */
export interface OffloadedSlot {
  readonly path: string;
  readonly reference: LiteralOffloadedMetadata;
  /** Puts a literal there instead. */
  replace(literal: Literal): void;
}

/** The references in a map, however deep. */
export function* slotsOfMap({ literals }: LiteralMap, path: string): Generator<OffloadedSlot> {
  for (const [name, literal] of Object.entries(literals)) {
    yield* slotsOf(literal, member(path, name), (other) => {
      literals[name] = other;
    });
  }
}

/** The references in a literal, or the literal itself. */
export function* slotsOf(
  { value }: Literal,
  path: string,
  replace: (literal: Literal) => void,
): Generator<OffloadedSlot> {
  switch (value.case) {
    case "offloadedMetadata":
      yield { path, reference: value.value, replace };
      return;
    case "map":
      yield* slotsOfMap(value.value, path);
      return;
    case "collection": {
      const { literals } = value.value;
      for (const [at, item] of literals.entries()) {
        yield* slotsOf(item, member(path, at), (other) => {
          literals[at] = other;
        });
      }
      return;
    }
    case "scalar": {
      const union = value.value.value.case === "union" ? value.value.value.value : undefined;
      if (union?.value === undefined) return;
      yield* slotsOf(union.value, path, (other) => {
        union.value = other;
      });
    }
  }
}
