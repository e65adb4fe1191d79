import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { connectionOf, type FlyteClient } from "../../calls/index.js";
import {
  downloadBlob,
  type LiteralsResult,
  type OutputsResult,
  type ReadDataOptions,
  readTaskExecutionOutputs,
} from "../../data/index.js";
import type { TransferOptions } from "../../data/signed-urls/index.js";
import type { TaskExecutionIdInput } from "../../values/identifiers/index.js";
import {
  type BlobRef,
  isBlobRef,
  isStructuredDatasetRef,
  literalsToJson,
  literalsToValues,
  type LiteralValue,
} from "../../values/literals/index.js";
import { saveToFile } from "./save-to-file.js";

/** Options of {@link saveOutputs}: those of reading outputs, and those of each download. */
export interface SaveOutputsOptions
  extends
    Omit<ReadDataOptions, "onHeader">,
    Pick<TransferOptions, "idleTimeoutMs" | "maxRetries" | "retryDelayMs" | "fetch"> {
  /** Called when a file is complete. */
  readonly onFile?: ((file: SavedFile) => void) | undefined;
}

/** A file that was saved. */
export interface SavedFile {
  /** The output, such as `model` or `parts[2]`; empty for the file of all literals. */
  readonly output: string;
  /** The path of the file. */
  readonly path: string;
  /** The storage's own address; `undefined` for the file of all literals. */
  readonly uri: string | undefined;
  /** The size of the file, in bytes. */
  readonly bytes: number;
}

/** An output that is a folder or a table of many files, which FlyteAdmin cannot list. */
export interface SkippedOutput {
  /** The name of the output. */
  readonly output: string;
  /** The address in the storage. */
  readonly uri: string;
}

/** The outputs, saved. */
export interface SavedOutputs {
  /** The discriminant of the union. */
  readonly kind: "saved";
  /** `outputs.json` first, then a file for each blob. */
  readonly files: readonly SavedFile[];
  /** The outputs that were not saved, with the reason. */
  readonly skipped: readonly SkippedOutput[];
}

/** The outputs that were saved, or why there are none. */
export type SaveOutputsResult = SavedOutputs | Exclude<OutputsResult, LiteralsResult>;

/**
 * Saves the outputs of an attempt into a folder, which is created: `outputs.json` with all values, and
 * a file for each blob, named by its output. A file that was there is replaced when the new one is
 * complete. Folders and tables are not downloaded; the result lists them with their address.
 *
 * @param attempt - its id, or the attempt itself, which saves a call
 * @returns the files, or why there are no outputs: still running, failed, aborted and so on
 * @throws InvalidIdentifierError before any call; NotFoundError when the attempt does not exist;
 *   SignedUrlError when a blob cannot be read; the errors of Node's file system
 */
export async function saveOutputs(
  client: FlyteClient,
  attempt: TaskExecutionIdInput,
  folder: string,
  options: SaveOutputsOptions = {},
): Promise<SaveOutputsResult> {
  const connection = connectionOf(client);
  const { onFile, idleTimeoutMs, maxRetries, retryDelayMs, fetch, ...read } = options;
  const result = await readTaskExecutionOutputs(connection, attempt, read);
  if (result.kind !== "literals") return result;
  const { signal, headers, contextValues } = read;
  const call = { ...(headers && { headers }), ...(contextValues && { contextValues }) };
  await mkdir(folder, { recursive: true });
  const files: SavedFile[] = [];
  const save = async (
    content: AsyncIterable<Uint8Array>,
    name: string,
    from: Pick<SavedFile, "output" | "uri">,
  ): Promise<void> => {
    const path = join(folder, name);
    const file = { ...from, path, bytes: await saveToFile(content, path) };
    files.push(file);
    onFile?.(file);
  };
  const json = JSON.stringify(literalsToJson(result.literals), null, 2);
  await save(partsOf(`${json}\n`), outputsFile, { output: "", uri: undefined });
  const skipped: SkippedOutput[] = [];
  const names = new Set([outputsFile]);
  for (const { output, blob } of referencesIn(literalsToValues(result.literals), "")) {
    if (blob === undefined || blob.dimensionality === "MULTIPART") {
      skipped.push({ output: output.path, uri: output.uri });
      continue;
    }
    const transfer = { signal, idleTimeoutMs, maxRetries, retryDelayMs, fetch };
    const download = await downloadBlob(connection, blob, { ...transfer, ...call });
    const name = unusedName(fileName(output.path, blob.format), names);
    await save(download, name, { output: output.path, uri: blob.uri });
  }
  return { kind: "saved", files, skipped };
}

const outputsFile = "outputs.json";

interface Reference {
  readonly output: { readonly path: string; readonly uri: string };
  /** `undefined` for a table. */
  readonly blob: BlobRef | undefined;
}

/** The blobs and tables among values, however deep. */
function* referencesIn(value: LiteralValue, path: string): Generator<Reference> {
  if (typeof value !== "object" || value === null) return;
  if (value instanceof Date || value instanceof Uint8Array) return;
  if (isBlobRef(value)) yield { output: { path, uri: value.uri }, blob: value };
  else if (isStructuredDatasetRef(value)) {
    yield { output: { path, uri: value.uri }, blob: undefined };
  } else if (Array.isArray(value)) {
    const items: readonly LiteralValue[] = value;
    for (const [at, item] of items.entries()) yield* referencesIn(item, `${path}[${at}]`);
  } else {
    const members: readonly (readonly [string, LiteralValue])[] = Object.entries(value);
    for (const [name, member] of members) {
      yield* referencesIn(member, path === "" ? name : `${path}.${name}`);
    }
  }
}

/** Outputs and formats are whatever a task names them: a file name must not lead out of the folder. */
function fileName(output: string, format: string): string {
  const safe = encodeURIComponent(output).replace(/^\./, "%2E").slice(0, 180);
  return /^[a-z0-9]{1,16}$/i.test(format) ? `${safe}.${format}` : safe;
}

function unusedName(name: string, used: Set<string>): string {
  let unused = name;
  for (let count = 2; used.has(unused.toLowerCase()); count += 1) unused = `${count}-${name}`;
  used.add(unused.toLowerCase());
  return unused;
}

async function* partsOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode(text));
}
