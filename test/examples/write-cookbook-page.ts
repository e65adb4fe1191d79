import { writeFileSync } from "node:fs";

import { cookbookPage } from "./cookbook-page.js";

writeFileSync(new URL("../../docs/cookbook.md", import.meta.url), cookbookPage());
