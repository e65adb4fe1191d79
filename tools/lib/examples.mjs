import { existsSync, readdirSync } from "node:fs";
import { inProject } from "./project.mjs";
import { runTypeScript } from "./run.mjs";
import { expectOk } from "./steps.mjs";

/** The program behind `npm run demo`. */
export const demoFile = inProject("examples", "demo", "main.ts");

/**
 * One step for each file right under examples/, and one for the demo: each must run to its end without
 * arguments, on the in-memory server, and print something.
 * @returns {import("./steps.mjs").Step[]}
 */
export function exampleSteps() {
  const folder = inProject("examples");
  const files = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith(".ts"))
    : [];
  const programs = [
    ...files
      .sort()
      .map((name) => ({ title: `example: ${name}`, file: inProject("examples", name) })),
    { title: "npm run demo", file: demoFile },
  ];
  return programs.map(({ title, file }) => ({
    title,
    run: async () => {
      const ended = await runTypeScript(file, []);
      expectOk(ended);
      if (ended.stdout.trim() === "") throw new Error("it printed nothing");
    },
  }));
}
