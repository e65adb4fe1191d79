import { conformanceOptions, usage } from "./options.js";
import { runConformance } from "./run.js";

try {
  if (process.argv.includes("--help")) {
    console.log(usage);
    process.exit();
  }
  const options = conformanceOptions(process.argv.slice(2));
  const report = await runConformance(options, (text) => {
    console.log(text);
  });
  if (report.share < options.minShare) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
