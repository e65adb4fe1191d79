// Runs a bundle that was made for pages in Node: node run-in-node.js BUNDLE BASE_URL
import { pathToFileURL } from "node:url";

const [bundle = "", baseUrl = ""] = process.argv.slice(2);
try {
  await import(pathToFileURL(bundle).href);
  /** @type {unknown} */
  const checkPage = Reflect.get(globalThis, "checkPage");
  if (typeof checkPage !== "function") throw new Error("the bundle did not run");
  console.log(JSON.stringify(await checkPage(baseUrl)));
} catch (error) {
  // Left to itself Node would print the line of the bundle, which is all of it.
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
}
