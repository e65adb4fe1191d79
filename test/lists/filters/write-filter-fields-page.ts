import { writeFileSync } from "node:fs";

import { filterFieldsPage } from "./filter-fields-page.js";

writeFileSync(new URL("../../../docs/filter-fields.md", import.meta.url), filterFieldsPage());
