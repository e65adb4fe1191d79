// A program that prints the packages that each entry point loads, in ESM and in CJS.
import { fork } from "node:child_process";
import { once } from "node:events";
import { Session } from "node:inspector";
import { createRequire } from "node:module";

const entryPoints = ["", "/functions", "/node", "/testing"];

/** @param {string} form @param {string} entryPoint */
async function printLoaded(form, entryPoint) {
  const urls = /** @type {string[]} */ ([]);
  const session = new Session();
  session.connect();
  session.on("Debugger.scriptParsed", ({ params }) => {
    urls.push(params.url);
  });
  session.post("Debugger.enable");
  const name = `flyte-admin-client${entryPoint}`;
  if (form === "CJS") createRequire(import.meta.url)(name);
  else await import(name);
  const packages = urls.flatMap(
    (url) => /.*\/node_modules\/((?:@[\w-]+\/)?[\w-]+)/.exec(url)?.[1] ?? [],
  );
  console.log(`${form} ${name}: ${[...new Set(packages)].sort().join(", ")}`);
}

const [, , form, entryPoint] = process.argv;
if (form !== undefined && entryPoint !== undefined) await printLoaded(form, entryPoint);
else {
  for (const form of ["ESM", "CJS"]) {
    // A process for each, since what one has loaded is there for the next.
    for (const entryPoint of entryPoints) {
      await once(fork(new URL(import.meta.url), [form, entryPoint]), "exit");
    }
  }
}
