import type { DescFile } from "@bufbuild/protobuf";
import { fileDesc } from "@bufbuild/protobuf/codegenv2";
import { base64Encode } from "@bufbuild/protobuf/wire";

import { descriptorBytes } from "./descriptor-bytes.js";

/**
 * What `fileDesc` of protobuf-es gives for a descriptor in base64, for a descriptor in the
 * text of {@link descriptorBytes}. The build lets the generated modules call it: base64
 * compresses badly, and the text is less than half as large in a compressed bundle.
 */
export function fileOfText(text: string, imports?: DescFile[]): DescFile {
  return fileDesc(base64Encode(descriptorBytes(text)), imports);
}
