import { setUp } from "./lib/set-up.mjs";
import { setExitCode, summary } from "./lib/steps.mjs";

/** Arguments such as `@bufbuild/protobuf@2.18.0` choose other versions than the oldest and the newest in range. */
await setUp();
const { installedVersion, sharedPackages } = await import("./lib/shared-packages.mjs");
const { runVersionsTests } = await import("./lib/versions-test.mjs");
const asked = process.argv.slice(2).map((text) => {
  const at = text.lastIndexOf("@");
  const name = text.slice(0, at);
  if (!sharedPackages.includes(name)) {
    throw new Error(`${text} must be one of ${sharedPackages.join(", ")}, with @ and its version`);
  }
  return [name, text.slice(at + 1)];
});
const installed = sharedPackages.map((name) => [name, installedVersion(name)]);
const counts = await runVersionsTests(
  asked.length === 0 ? undefined : Object.fromEntries([...installed, ...asked]),
);
console.log(`\n${summary(counts)}`);
setExitCode(counts);
