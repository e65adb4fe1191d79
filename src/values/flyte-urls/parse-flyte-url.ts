import { InvalidIdentifierError } from "../../errors/index.js";
import { checkFlyteUrl } from "./check-flyte-url.js";
import type { FlyteArtifact, FlyteUrl } from "./flyte-url.js";

const artifacts: Readonly<Partial<Record<string, FlyteArtifact>>> = {
  i: "inputs",
  o: "outputs",
  d: "deck",
};

/**
 * Reads a `flyte://v1/…` URL, also one that the server gives out and cannot
 * resolve itself.
 *
 * @throws InvalidIdentifierError naming what is wrong and what would be right.
 */
export function parseFlyteUrl(text: string): FlyteUrl {
  const match = /^flyte:\/\/([^/]*)\/(.*)$/s.exec(text);
  if (match === null) throw refuse('must start with "flyte://v1/"');
  if (match[1] !== "v1") throw refuse("must have the version v1");
  const parts = (match[2] ?? "").split("/");
  const [project = "", domain = "", name = "", nodeId = "", ...rest] = parts;
  const attempt = /^\d{1,10}$/.test(rest[0] ?? "") ? rest.shift() : undefined;
  const [letter = "", literalName, ...excess] = rest;
  const artifact = Object.hasOwn(artifacts, letter) ? artifacts[letter] : undefined;
  if (artifact === undefined || excess.length > 0) {
    throw refuse(
      "must read flyte://v1/project/domain/execution/node[/attempt]/i (or o, or d)[/literal], with nothing after it",
    );
  }
  const url: FlyteUrl = {
    nodeExecutionId: { executionId: { project, domain, name }, nodeId },
    artifact,
    ...(attempt === undefined ? {} : { retryAttempt: Number(attempt) }),
    ...(literalName === undefined ? {} : { literalName }),
  };
  checkFlyteUrl(url);
  return url;
}

function refuse(problem: string): Error {
  return new InvalidIdentifierError(`flyte:// URL ${problem}.`, { path: "flyteUrl" });
}
