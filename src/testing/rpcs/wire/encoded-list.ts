import type { DescField, DescService, MessageShape } from "@bufbuild/protobuf";

import { ByteWriter } from "./byte-writer.js";

/** A list's answer, encoded. */
export interface EncodedList {
  readonly bytes: Uint8Array;
  /** How many rows it has. */
  readonly rows: number;
  /** The token of the page after it; empty when there is none. */
  readonly token: string;
}

/** The lists of a service that are written from rows as they are stored, without messages in between. */
export type ListEncoders<S extends DescService> = {
  readonly [M in keyof S["method"]]?: (
    request: MessageShape<S["method"][M]["input"]>,
  ) => EncodedList;
};

/** The fields of a list message: its rows, and the token of the page after it. */
export interface ListFields {
  readonly rows: DescField;
  readonly token: DescField;
}

/**
 * Writes a page of a list.
 * @param expectedBytes about how many bytes the rows have
 * @param write writes the fields of one row
 */
export function encodeList<R>(
  fields: ListFields,
  page: { readonly rows: readonly R[]; readonly token: string },
  expectedBytes: number,
  write: (out: ByteWriter, row: R) => void,
): EncodedList {
  const out = new ByteWriter(expectedBytes + 64);
  for (const row of page.rows) {
    out.message(fields.rows.number, () => {
      write(out, row);
    });
  }
  const bytes = out.text(fields.token.number, page.token).finish();
  return { bytes, rows: page.rows.length, token: page.token };
}
