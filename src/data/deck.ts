import { timestampDate } from "@bufbuild/protobuf/wkt";

import type { NodeExecution } from "../../gen/flyteidl/admin/node_execution_pb.js";
import { ArtifactType, type PreSignedURLs } from "../../gen/flyteidl/service/dataproxy_pb.js";
import { callUnary, type Connection, requireDefaults } from "../calls/index.js";
import {
  createDownloadLinkMethod,
  getNodeExecutionMethod,
} from "../../gen/flyteidl/service/methods.js";
import { FlyteError, toFlyteError } from "../errors/index.js";
import {
  callOptionNames,
  type OptionNames,
  requireKnownOptions,
  requireOptions,
} from "../internal/validation/index.js";
import { type NodeExecutionIdInput, requireNodeExecutionId } from "../values/identifiers/index.js";
import { isTerminal, phaseOf } from "../values/index.js";
import type { MissingResult, NoneResult, NotTerminalResult } from "./data-results.js";
import {
  expiresIn,
  type Expiry,
  type FetchSignedUrlOptions,
  SignedUrlDownload,
  transferOptionNames,
} from "./signed-urls/index.js";
import { isNodeExecution } from "./read-data.js";
import type { ReadDataOptions } from "./read-data-options.js";

/** Options of asking for a deck. */
export interface DeckOptions extends Omit<ReadDataOptions, "maxBytes" | "fetchOffloaded">, Expiry {}

const deckOptionNames: OptionNames<DeckOptions> = { ...callOptionNames, expiresInSeconds: true };

/** Options of reading a deck. */
export type DeckReadOptions = Omit<FetchSignedUrlOptions, "resign">;

const deckReadNames: OptionNames<DeckReadOptions> = {
  ...transferOptionNames,
  maxBytes: true,
  md5: true,
};

/** The deck of a node, or why there is none: none was written, not written yet, or lost. */
export type DeckResult = Deck | NoneResult | NotTerminalResult | MissingResult;

/** The deck that a node wrote: an HTML page in the storage. */
export class Deck {
  readonly kind = "deck" as const;
  readonly #link: PreSignedURLs;
  readonly #sign: () => Promise<PreSignedURLs>;
  readonly #transfer: Pick<Connection, "fetch" | "closed">;

  /**
   * Used by `readDeck`.
   *
   * @internal
   */
  constructor(
    link: PreSignedURLs,
    sign: () => Promise<PreSignedURLs>,
    transfer: Pick<Connection, "fetch" | "closed">,
  ) {
    this.#link = link;
    this.#sign = sign;
    this.#transfer = transfer;
  }

  /** The link that opens the page. It is a permission of its own: whoever has it can read the page. */
  get url(): string {
    return firstOf(this.#link);
  }

  /** When the link ends. */
  get expiresAt(): Date | undefined {
    const { expiresAt } = this.#link;
    return expiresAt === undefined ? undefined : timestampDate(expiresAt);
  }

  /**
   * The page's text. It was written by the code of a task: show it in a sandbox.
   *
   * @throws SignedUrlError with reason `tooLarge` above `maxBytes`, 64 MiB where none is set
   */
  async html(options: DeckReadOptions = {}): Promise<string> {
    return new TextDecoder().decode(await this.download(options).bytes());
  }

  /** The page as bytes, parts or a stream. The link is signed again once where it has expired. */
  download(options: DeckReadOptions = {}): SignedUrlDownload {
    requireKnownOptions(options, deckReadNames);
    const resign = async (): Promise<string> => firstOf(await this.#sign());
    const { fetch, closed } = this.#transfer;
    return new SignedUrlDownload(this.url, { fetch, ...options, resign }, closed);
  }
}

/**
 * Gets the deck of a node: the HTML page that its task wrote, with a link to it.
 *
 * @param id - its id, or the node itself, which saves a call when it has no deck
 * @returns the deck, or why there is none: none was written, still running, or its object is gone
 * @throws InvalidIdentifierError or InvalidOptionError before any call; NotFoundError when the
 *   node does not exist
 */
export async function readDeck(
  connection: Connection,
  id: NodeExecutionIdInput,
  options: DeckOptions = {},
): Promise<DeckResult> {
  const { expiresInSeconds, ...call } = requireOptions(options, deckOptionNames);
  const row = isNodeExecution(id) ? id : undefined;
  const nodeExecutionId = requireNodeExecutionId(id, requireDefaults(connection));
  const expiry = expiresIn(expiresInSeconds === undefined ? {} : { expiresInSeconds });
  if (row?.closure?.deckUri === "") return withoutDeck(row);
  const sign = async (): Promise<PreSignedURLs> => {
    const source = { case: "nodeExecutionId", value: nodeExecutionId } as const;
    const request = { artifactType: ArtifactType.DECK, source, ...expiry };
    const reply = await callUnary(connection, createDownloadLinkMethod, request, call);
    if (reply.preSignedUrls !== undefined) return reply.preSignedUrls;
    throw new FlyteError("CreateDownloadLink answered without a URL.", {
      code: "INTERNAL",
      rpc: "CreateDownloadLink",
    });
  };
  try {
    return new Deck(await sign(), sign, connection);
  } catch (error) {
    const flyteError = toFlyteError(error, { rpc: "CreateDownloadLink" });
    // A node that does not exist is an INVALID_ARGUMENT here.
    if (flyteError.code !== "NOT_FOUND" && flyteError.code !== "INVALID_ARGUMENT") throw flyteError;
    const current =
      row ?? (await callUnary(connection, getNodeExecutionMethod, { id: nodeExecutionId }, call));
    const uri = current.closure?.deckUri ?? "";
    if (uri === "") return withoutDeck(current);
    if (flyteError.code === "NOT_FOUND") return { kind: "missing", what: "object", uri };
    throw flyteError;
  }
}

function withoutDeck(row: NodeExecution): NoneResult | NotTerminalResult {
  const phase = phaseOf(row);
  return { kind: isTerminal(phase) ? "none" : "notTerminal", phase };
}

function firstOf({ signedUrl }: PreSignedURLs): string {
  return signedUrl[0] ?? "";
}
