import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { inProject } from "./project.mjs";
import { run, runTypeScript } from "./run.mjs";
import { expectOk } from "./steps.mjs";

const requirement = "flytekit>=1.16.31,<1.17";
const oldest = "(3, 10)";
const candidates = ["python3", "python3.13", "python3.12", "python3.11", "python3.10", "python"];

const folder = inProject(".tmp", "flytekit");
const python =
  process.platform === "win32"
    ? inProject(".tmp", "flytekit", "Scripts", "python.exe")
    : inProject(".tmp", "flytekit", "bin", "python");
const marker = inProject(".tmp", "flytekit", "installed.txt");

/**
 * flytekit's FlyteRemote, a client that is not ours, against the in-memory server over a socket.
 * @returns {import("./steps.mjs").Step[]}
 */
export function flytekitSteps() {
  return [
    {
      title: "flytekit: registers, launches, syncs, lists, signals, uploads and terminates",
      run: async () => {
        const missing = await installFlytekit();
        if (missing !== undefined) return { skipped: missing };
        const file = inProject("test", "flytekit", "main.ts");
        const ended = await runTypeScript(file, [python]);
        expectOk(ended);
        if (!/^\d+ steps$/m.test(ended.stdout)) throw new Error(`it ended early:\n${ended.output}`);
        return undefined;
      },
    },
  ];
}

/**
 * Makes a virtual environment with flytekit, once.
 * @returns {Promise<string | undefined>} the reason when it cannot be made
 */
async function installFlytekit() {
  if (existsSync(marker)) return undefined;
  const base = await findPython();
  if (base === undefined) return "no Python 3.10 or newer was found";
  await rm(folder, { recursive: true, force: true });
  await mkdir(inProject(".tmp"), { recursive: true });
  const made = await run(base, ["-m", "venv", folder]);
  if (!made.ok) return `no virtual environment could be made (${made.how})`;
  const args = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement];
  const installed = await run(python, args);
  if (!installed.ok)
    return `flytekit could not be installed from a package index (${installed.how})`;
  await writeFile(marker, `${requirement}\n`);
  return undefined;
}

async function findPython() {
  for (const name of candidates) {
    const check = `import sys; sys.exit(sys.version_info < ${oldest})`;
    const ended = await run(name, ["-c", check]);
    if (ended.ok) return name;
  }
  return undefined;
}
