export { consoleUrl, type ConsoleId, type ConsoleUrlOptions } from "./console-url.js";
