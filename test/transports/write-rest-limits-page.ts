import { writeFileSync } from "node:fs";

import { restLimitsPage } from "./rest-limits-page.js";

writeFileSync(new URL("../../docs/rest-limits.md", import.meta.url), restLimitsPage());
