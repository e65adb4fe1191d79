import { type CompileErrors, duplicateAlias, notBound } from "../errors/index.js";
import { noVariables, type Variables } from "../signature.js";
import type { CompilerNode } from "../workflow-builder.js";

/**
 * The outputs of a node under their aliases, or nothing
 * when an alias is mistaken. A node whose signature is unknown has none.
 */
export function outputVariables(
  { message, signature }: CompilerNode,
  errors: CompileErrors,
): Variables | undefined {
  const isClean = errors.startCheck();
  const aliases = new Map<string, string>();
  for (const { var: output, alias } of message.outputAliases) {
    if (aliases.has(output)) errors.collect(duplicateAlias(message.id, alias));
    else aliases.set(output, alias);
  }
  if (signature === undefined) return isClean() ? noVariables : undefined;
  const outputs = [...signature.outputs].map(
    ([name, type]) => [aliases.get(name) ?? name, type] as const,
  );
  for (const [output, alias] of aliases) {
    if (!signature.outputs.has(output)) errors.collect(notBound(message.id, alias));
  }
  return isClean() ? new Map(outputs) : undefined;
}
