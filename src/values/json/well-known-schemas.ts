import type { DescMessage } from "@bufbuild/protobuf";
import { DurationSchema, StructSchema, TimestampSchema } from "@bufbuild/protobuf/wkt";

/** Finds the schema of the messages of protobuf's own that FlyteAdmin's messages hold. */
export function wellKnownSchemaOf(typeName: string): DescMessage | undefined {
  return [TimestampSchema, DurationSchema, StructSchema].find(
    (schema) => schema.typeName === typeName,
  );
}
