import { inProject } from "./project.mjs";
import { runTypeScript } from "./run.mjs";
import { expectOk } from "./steps.mjs";

/** The program behind `npm run conformance`. */
export const conformanceFile = inProject("tools", "conformance", "main.ts");

/**
 * A short run of the conformance suite against the in-memory server in a process of its own, which must
 * answer as the one in the same process.
 * @returns {import("./steps.mjs").Step[]}
 */
export function conformanceSteps() {
  return [
    {
      title: "npm run conformance: over gRPC and REST as in process",
      run: async () => {
        const args = ["--calls", "150", "--min", "100"];
        expectOk(await runTypeScript(conformanceFile, args));
      },
    },
  ];
}
