import { readFileSync, writeFileSync } from "node:fs";

import { readmeWithLimits } from "./readme-limits.js";

const readme = new URL("../../README.md", import.meta.url);
writeFileSync(readme, readmeWithLimits(readFileSync(readme, "utf8")));
