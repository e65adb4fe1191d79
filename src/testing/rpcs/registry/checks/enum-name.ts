import type { DescEnum } from "@bufbuild/protobuf";

/** The name of an enum's number; none for a number that the IDL does not name. */
export function enumName(desc: DescEnum, value: number): string | undefined {
  return desc.value[value]?.name;
}
