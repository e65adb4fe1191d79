import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { base64Encode } from "@bufbuild/protobuf/wire";

/** The MD5 of some bytes, as `Content-MD5` carries it. */
export function md5Base64(bytes: Uint8Array): string {
  return base64Encode(md5(bytes));
}

/** The entity tag of some bytes in the storage: their MD5 in hexadecimal, in quotes. */
export function etagOf(bytes: Uint8Array): string {
  return `"${bytesToHex(md5(bytes))}"`;
}
