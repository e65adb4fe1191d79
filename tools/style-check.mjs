import { setExitCode } from "./lib/steps.mjs";
import { findRuledOut, formatFinding } from "./lib/style-check.mjs";

/** `node tools/style-check.mjs [path…]` lists phrases that the style rules out, in the whole project by default. */
const paths = process.argv.slice(2);
const findings = findRuledOut(paths.length === 0 ? undefined : paths);
for (const finding of findings) console.log(formatFinding(finding));
console.log(`${findings.length} ruled-out phrase(s)`);
setExitCode({ passed: 0, failed: findings.length, skipped: 0 });
