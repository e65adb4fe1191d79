import { type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";

import type { Literal, LiteralMap } from "../../../../../gen/flyteidl/core/literals_pb.js";
import { isValidTimestamp } from "../../../store/index.js";
import { invalidArgument } from "../../../server-errors.js";
import { messageText } from "../../../go-format/index.js";

/**
 * Refuses literals without a name or a value, and times that are out of range.
 * @throws INVALID_ARGUMENT
 */
export function checkLiterals(literals: LiteralMap | undefined, field: string): void {
  for (const [name, literal] of Object.entries(literals?.literals ?? {})) {
    if (name === "") throw invalidArgument(`missing key in ${field}`);
    if (literal.value.case === undefined) {
      throw invalidArgument(`missing valid literal in ${field} ${name}`);
    }
    const time = timeOf(literal);
    if (time !== undefined) checkTimestamp(time);
  }
}

function checkTimestamp(time: Timestamp): void {
  if (isValidTimestamp(time)) return;
  const text = `proto: timestamp (${messageText(TimestampSchema, time)})`;
  if (time.seconds < -62_135_596_800n) throw invalidArgument(`${text} before 0001-01-01`);
  if (time.seconds > 253_402_300_799n) throw invalidArgument(`${text} after 9999-12-31`);
  throw invalidArgument(`${text} has out-of-range nanos`);
}

function timeOf({ value }: Literal): Timestamp | undefined {
  const scalar = value.case === "scalar" ? value.value.value : undefined;
  const primitive = scalar?.case === "primitive" ? scalar.value.value : undefined;
  return primitive?.case === "datetime" ? primitive.value : undefined;
}
