import { loadPart } from "./load-part.js";
import type { LoadLater } from "./load-later.js";

/** Loads a file of its own, when it is first needed. */
export const loadLater: LoadLater = (call) => loadPart(() => import("./later-part.js"), call);
