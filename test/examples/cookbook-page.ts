import { readFileSync } from "node:fs";

import { questions } from "../../examples/cookbook/questions.js";

const folder = new URL("../../examples/cookbook/", import.meta.url);

/** Returns docs/cookbook.md, made from the programs themselves. */
export function cookbookPage(): string {
  return [
    "# Cookbook",
    "",
    "Each recipe is a program of `examples/cookbook`, which the tests compile and run. In a clone of the repository,",
    "`npm run cookbook -- NAME` runs one on an in-memory FlyteAdmin, and `npm run cookbook -- --base-url URL NAME` on a",
    "real one. `run` takes a client that was made with a default project and domain:",
    "",
    "```ts",
    'import { AdminClient } from "flyte-admin-client";',
    "",
    "const admin = new AdminClient({",
    '  baseUrl: "https://flyte.example.com",',
    '  defaults: { project: "flytesnacks", domain: "development" },',
    "});",
    "```",
    ...Object.entries(questions).flatMap(([name, question]) => [
      "",
      `## ${question}`,
      "",
      `\`npm run cookbook -- ${name}\``,
      "",
      "```ts",
      readFileSync(new URL(`${name}.ts`, folder), "utf8").trimEnd(),
      "```",
    ]),
    "",
  ].join("\n");
}
